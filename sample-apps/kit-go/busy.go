package kit

import (
	"sync"
	"time"
)

// A stall holds every answer of the process back while it lasts.
type stall struct{ lock sync.RWMutex }

// pass ends when no stall is on.
func (s *stall) pass() {
	s.lock.RLock()
	s.lock.RUnlock() //nolint:staticcheck // nothing is done under it: only its end is waited for
}

func burnUntil(end time.Time) {
	for time.Now().Before(end) {
	}
}

var hogParameters = mustSchema(`{
	"type": "object",
	"properties": { "share": { "type": "number", "minimum": 0.01, "maximum": 0.95, "default": 0.8 } }
}`)

const hogPeriod = 20 * time.Millisecond

// hog takes a share of one processor, in slices too short to be a stall of their own.
func hog(_ faultTarget, parameters map[string]float64) (activeFault, error) {
	busy := time.Duration(parameters["share"] * float64(hogPeriod))
	return keepBusy(hogPeriod, func() { burnUntil(time.Now().Add(busy)) }), nil
}

var blockParameters = mustSchema(`{
	"type": "object",
	"properties": {
		"blockMs": { "type": "number", "minimum": 1, "maximum": 10000, "default": 200 },
		"everyMs": { "type": "number", "minimum": 1, "maximum": 60000, "default": 400 }
	}
}`)

// block lets nothing of the process be answered for blockMs of every everyMs, with a processor busy meanwhile.
func block(target faultTarget, parameters map[string]float64) (activeFault, error) {
	busy := durationOf(parameters["blockMs"])
	return keepBusy(durationOf(parameters["everyMs"]), func() {
		end := time.Now().Add(busy)
		target.stall.lock.Lock()
		defer target.stall.lock.Unlock()
		burnUntil(end)
	}), nil
}

// keepBusy does a slice of work every so often, until it is undone.
func keepBusy(every time.Duration, slice func()) activeFault {
	over := make(chan struct{})
	go func() {
		due := time.Now().Add(answerFirst)
		for {
			select {
			case <-over:
				return
			// A full slice every time would otherwise never let the undo in.
			case <-time.After(atLeast(time.Until(due), time.Millisecond)):
			}
			slice()
			due = due.Add(every)
			if now := time.Now(); due.Before(now) {
				due = now
			}
		}
	}()
	return activeFault{answerFirst, func() { close(over) }}
}

func atLeast(duration, least time.Duration) time.Duration {
	if duration < least {
		return least
	}
	return duration
}
