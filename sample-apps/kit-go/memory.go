package kit

import (
	"bytes"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// Used when neither the system nor the fault says how much the process may have, bytes.
const defaultLimitBytes = 512 << 20

var leakParameters = mustSchema(`{
	"type": "object",
	"properties": {
		"bytesPerSecond": { "type": "number", "minimum": 1024, "maximum": 4294967296, "default": 16777216 },
		"limitBytes": { "type": "number", "minimum": 67108864, "maximum": 68719476736 }
	}
}`)

// leak lets resident memory grow until the limit ends the process.
func leak(_ faultTarget, parameters map[string]float64) (activeFault, error) {
	const perSecond = 10
	return fillMemory(int(parameters["bytesPerSecond"]/perSecond)+1, time.Second/perSecond, parameters["limitBytes"]), nil
}

var outOfMemoryParameters = mustSchema(`{
	"type": "object",
	"properties": { "limitBytes": { "type": "number", "minimum": 67108864, "maximum": 68719476736 } }
}`)

// takeAllMemory takes what the process may have, as fast as it can.
func takeAllMemory(_ faultTarget, parameters map[string]float64) (activeFault, error) {
	return fillMemory(16<<20, time.Millisecond, parameters["limitBytes"]), nil
}

// fillMemory takes `step` bytes every so often and touches all of them, until the limit of the process's control group ends it. Where there is no such
// limit the process ends itself the same way at `limitBytes` of resident memory, to spare the machine.
func fillMemory(step int, every time.Duration, limitBytes float64) activeFault {
	if limitBytes == 0 && !isMemoryLimited() {
		limitBytes = defaultLimitBytes
	}
	over := make(chan struct{})
	var ended sync.WaitGroup
	ended.Add(1)
	go func() {
		defer ended.Done()
		var kept [][]byte
		for next := time.After(answerFirst); ; next = time.After(every) {
			select {
			case <-over:
				return
			case <-next:
			}
			kept = append(kept, bytes.Repeat([]byte{0x5a}, step))
			if limitBytes > 0 && float64(residentBytes()) > limitBytes {
				endLikeTheKernel()
			}
		}
	}()
	return activeFault{answerFirst, func() {
		close(over)
		ended.Wait()
		debug.FreeOSMemory()
	}}
}

func endLikeTheKernel() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
}
