//go:build !linux

package kit

import "runtime"

// residentBytes is what the program holds of the machine's memory, as its own language knows it.
func residentBytes() int64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return int64(memory.Sys - memory.HeapReleased)
}

func isMemoryLimited() bool { return false }
