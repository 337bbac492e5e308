package kit

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const mostBodyBytes = 256 << 10

// routePublic serves the unit's public port: the contract, health and the document.
func (u *unit) routePublic(request *http.Request) answer {
	path := request.URL.Path
	switch methodOf(request) + " " + path {
	case "GET /health/live":
		return answer{status: http.StatusOK, body: []byte(`{"live":true}`)}
	case "GET /health/ready":
		readiness := u.readiness()
		told := answerWith(readiness)
		if !readiness.Ready {
			told.status = http.StatusServiceUnavailable
		}
		return told
	case "GET /openapi.json":
		return answer{status: http.StatusOK, body: u.document}
	}
	operation := strings.TrimPrefix(path, "/"+u.module.Name+"/")
	if _, has := u.contract.inputs[operation]; has && operation != path && request.Method == http.MethodPost {
		return u.answerOperation(request, operation)
	}
	return nothingAt(request)
}

func (u *unit) answerOperation(request *http.Request, operation string) answer {
	if err := u.admit(); err != nil {
		return refusal(err)
	}
	call, err := newCall(request, u.tracer, u.module.Name, operation, u.leave)
	var told answer
	if err != nil {
		told = refusal(err)
	} else {
		told = u.work(request, operation, call)
	}
	u.endWork()
	told.close = told.close || u.isDraining()
	told.sent = call.leave
	return told
}

func (u *unit) work(request *http.Request, operation string, call *Call) (told answer) {
	if call.span != nil {
		defer u.tracer.finish(call.span)
	}
	input, err := readInput(request, call.span)
	if err != nil {
		told = refusal(err)
		told.close = asCallError(err).Code == TooLarge
		return told
	}
	output, err := u.serve(operation, input, call)
	if errors.Is(err, errReset) {
		return answer{reset: true}
	}
	if err != nil {
		return refusal(err)
	}
	call.span.serializing(func() { told = answerWith(output) })
	if call.span != nil {
		call.span.BytesOut = len(told.body)
	}
	return told
}

func readInput(request *http.Request, span *span) (input any, err error) {
	body, err := readBody(request, mostBodyBytes)
	if err != nil {
		return nil, err
	}
	if span != nil {
		span.BytesIn = len(body)
	}
	span.serializing(func() { input, err = parseBody(body) })
	return input, err
}

// serve is the module's side of a call: count, fault point, time left, input checked, work.
func (u *unit) serve(operation string, input any, call *Call) (any, error) {
	u.calls.Add(1)
	output, err := u.serveCounted(operation, input, call)
	if err == nil {
		return output, nil
	}
	told := asCallError(err)
	if errors.Is(err, errReset) || told.status() >= http.StatusInternalServerError {
		u.failures.Add(1)
		message, _ := json.Marshal(err.Error())
		u.log.Error("failed call=%s.%s code=%s%s message=%s", u.module.Name, operation, told.Code, call.span.traceField(), message)
	}
	return nil, err
}

func (u *unit) serveCounted(operation string, input any, call *Call) (output any, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	what := u.module.Name + "." + operation
	hadGate, err := u.point.pass(call)
	if err != nil {
		return nil, err
	}
	if hadGate {
		if err := call.assertInTime(what); err != nil {
			return nil, err
		}
	}
	checked, wrong := u.contract.inputs[operation].check(input)
	if wrong != nil {
		return nil, Refuse(BadInput, "%s", wrong.in(what, ": "))
	}
	work, has := u.instance.Operations[operation]
	if !has {
		return nil, Refuse(NotFound, "%s has no operation %q", u.module.Name, operation)
	}
	return work(call, checked)
}
