// Package kit makes a program of one module: a unit, as docs/protocol.md describes it. A module brings its contract and what its operations do;
// the kit brings both ports, faults, traces, readiness and the graceful end.
package kit
