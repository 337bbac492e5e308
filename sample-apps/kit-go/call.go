package kit

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Call is what travels with a request.
type Call struct {
	// Caller is the module that asks, or "client".
	Caller string
	// Key is the identity of the work, the same in every repetition; empty where there is none.
	Key string
	// Deadline is when the answer is worthless; zero: never.
	Deadline time.Time
	span     *span
	gone     <-chan struct{}
	leave    func()
}

// A caller's patience in whole milliseconds, and an idempotency key with or without the quotes of a structured header (RFC 9651).
var (
	patiencePattern = regexp.MustCompile(`^[0-9]{1,9}$`)
	keyPattern      = regexp.MustCompile(`^(?:"([A-Za-z0-9_-]{1,64})"|([A-Za-z0-9_-]{1,64}))$`)
)

// newCall reads the headers of a request; what they say wrongly is refused before anything is done under it. `leave` is told once when the request is in flight no more.
func newCall(request *http.Request, tracer *tracer, module, operation string, leave func()) (*Call, error) {
	var once sync.Once
	call := &Call{Caller: "client", gone: request.Context().Done(), leave: func() { once.Do(leave) }}
	if caller, has := header(request, "X-Caller"); has {
		call.Caller = caller
	}
	if key, has := header(request, "Idempotency-Key"); has {
		match := keyPattern.FindStringSubmatch(key)
		if match == nil {
			return call, Refuse(BadInput, "Idempotency-Key: must be 1 to 64 letters, digits, hyphens or underscores")
		}
		call.Key = match[1] + match[2]
	}
	if patience, has := header(request, "X-Deadline-Ms"); has {
		if !patiencePattern.MatchString(patience) {
			return call, Refuse(BadInput, "x-deadline-ms: must be whole milliseconds in 1 to 9 decimal digits")
		}
		left, _ := strconv.Atoi(patience)
		if left == 0 {
			return call, Refuse(Deadline, "the caller has no time left")
		}
		call.Deadline = time.Now().Add(time.Duration(left) * time.Millisecond)
	}
	traceparent, _ := header(request, "Traceparent")
	if traceID, parentID := sampledTrace(traceparent); traceID != "" {
		call.span = tracer.start(traceID, parentID, module, operation, call.Caller)
	}
	return call, nil
}

// Several headers of one name are one, as RFC 9110 (5.3) has it.
func header(request *http.Request, name string) (value string, has bool) {
	values, has := request.Header[name]
	return strings.Join(values, ", "), has
}

func (c *Call) assertInTime(what string) error {
	if !c.Deadline.IsZero() && !time.Now().Before(c.Deadline) {
		return Refuse(Deadline, "%s ran out of time", what)
	}
	return nil
}

// wait ends when `done` does. A caller who goes meanwhile is waited for no more, so that its request is in flight no more.
func wait[T any](c *Call, done <-chan T) {
	select {
	case <-done:
	case <-c.gone:
		c.leave()
		<-done
	}
}
