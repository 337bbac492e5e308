package kit

import (
	"io"
	"os"
)

// guard ends this process and its group when the pipe on descriptor 3 ends, where the runtime says that it is one: no unit outlives whoever started it.
func guard() {
	if os.Getenv("CLEAVE_GUARD") != "1" {
		return
	}
	// What this process starts is not guarded on a descriptor that means something else there.
	_ = os.Unsetenv("CLEAVE_GUARD")
	pipe := os.NewFile(3, "guard")
	go func() {
		_, _ = io.Copy(io.Discard, pipe)
		endGroup()
	}()
}
