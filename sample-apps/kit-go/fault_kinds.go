package kit

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// Every fault that the module can be given from inside. It is a function, since a variable would refer to itself by way of what faults take hold of.
func faultKinds() []faultKind {
	none := mustSchema(`{ "type": "object", "properties": {} }`)
	return []faultKind{
		{"crash", none, crash},
		{"hang", none, func(target faultTarget, _ map[string]float64) (activeFault, error) {
			return holdCalls(target, nil), nil
		}},
		{"slow", slowParameters, slow},
		{"errors", errorsParameters, failShare},
		{"event-loop-block", blockParameters, block},
		{"cpu-hog", hogParameters, hog},
		{"memory-leak", leakParameters, leak},
		{"out-of-memory", outOfMemoryParameters, takeAllMemory},
		{"black-hole", none, func(target faultTarget, _ map[string]float64) (activeFault, error) {
			return holdCalls(target, Refuse(ConnectionReset, "the call to %s was never answered", target.module)), nil
		}},
		{"connection-reset", none, resetConnections},
		{"provider-outage", none, func(target faultTarget, _ map[string]float64) (activeFault, error) {
			return activeFault{undo: target.point.addOutage(provider)}, nil
		}},
		{"store-connections", none, keepsNothing},
		{"store-outage", none, keepsNothing},
		{"unready", none, func(target faultTarget, _ map[string]float64) (activeFault, error) {
			return activeFault{undo: target.point.addOutage(readiness)}, nil
		}},
	}
}

func kindNamed(name string) *faultKind {
	for _, kind := range faultKinds() {
		if kind.name == name {
			return &kind
		}
	}
	return nil
}

func kindNames() []string {
	var names []string
	for _, kind := range faultKinds() {
		names = append(names, kind.name)
	}
	return names
}

// crash ends the process outside any request, as what nobody caught would; who supervises it starts it again.
func crash(target faultTarget, _ map[string]float64) (activeFault, error) {
	timer := time.AfterFunc(answerFirst, func() {
		target.log.Error("injected: module %s crashed", target.module)
		os.Exit(1)
	})
	return activeFault{answerFirst, func() { timer.Stop() }}, nil
}

// holdCalls lets no call come back until it is undone; then they go on, or end with an error.
func holdCalls(target faultTarget, end error) activeFault {
	over := make(chan struct{})
	remove := target.point.addGate(func(call *Call) error {
		wait(call, over)
		return end
	})
	return activeFault{undo: func() {
		remove()
		close(over)
	}}
}

var slowParameters = mustSchema(`{
	"type": "object",
	"required": ["delayMs"],
	"properties": {
		"delayMs": { "type": "number", "minimum": 0, "maximum": 60000 },
		"jitter": { "type": "number", "minimum": 0, "maximum": 1, "default": 0 }
	}
}`)

// slow lets every call wait first: delayMs, spread evenly over the share jitter to both sides.
func slow(target faultTarget, parameters map[string]float64) (activeFault, error) {
	return activeFault{undo: target.point.addGate(func(call *Call) error {
		spread := 1 + parameters["jitter"]*(2*target.random()-1)
		wait(call, time.After(durationOf(parameters["delayMs"]*spread)))
		return nil
	})}, nil
}

var errorsParameters = mustSchema(`{
	"type": "object",
	"required": ["share"],
	"properties": { "share": { "type": "number", "minimum": 0, "maximum": 1 } }
}`)

// failShare fails a share of the calls before they do anything.
func failShare(target faultTarget, parameters map[string]float64) (activeFault, error) {
	return activeFault{undo: target.point.addGate(func(*Call) error {
		if target.random() < parameters["share"] {
			return Refuse(Injected, "injected: module %s failed", target.module)
		}
		return nil
	})}, nil
}

// errReset says to the HTTP side that the connection is to be cut instead of answered.
var errReset = errors.New("the connection is reset")

func resetConnections(target faultTarget, _ map[string]float64) (activeFault, error) {
	return activeFault{undo: target.point.addGate(func(*Call) error {
		return fmt.Errorf("%w: %s", errReset, target.module)
	})}, nil
}

func keepsNothing(target faultTarget, _ map[string]float64) (activeFault, error) {
	return activeFault{}, Refuse(BadInput, "module %s keeps nothing in a store", target.module)
}
