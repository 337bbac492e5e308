package kit

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
)

const mostControlBytes = 64 << 10

// routeControl serves the control port: who the unit is, how it does, its faults, traces and books, where others answer, and its end. Every request
// needs the token; browsers are refused.
func (u *unit) routeControl(request *http.Request) answer {
	if _, has := request.Header["Origin"]; has {
		return refused(http.StatusForbidden, "requests from a web page are refused")
	}
	expected := []byte("Bearer " + u.configuration.Control.Token)
	if subtle.ConstantTimeCompare(expected, []byte(request.Header.Get("Authorization"))) != 1 {
		return refused(http.StatusUnauthorized, "Authorization: the control token is required")
	}
	value, err := u.control(request)
	if err != nil {
		return refusal(err)
	}
	if value == nil {
		return nothingAt(request)
	}
	return answerWith(value)
}

// control gives nil where there is nothing at the path.
func (u *unit) control(request *http.Request) (any, error) {
	path := request.URL.Path
	switch methodOf(request) + " " + path {
	case "GET /identity":
		return u.identity(), nil
	case "GET /metrics":
		return u.metrics(), nil
	case "GET /traces":
		return u.tracer.drain(), nil
	case "GET /faults":
		return map[string]any{"faults": u.faults.list()}, nil
	case "POST /faults":
		return withBody(request, u.faults.inject)
	case "PUT /addresses":
		return withBody(request, u.replaceAddresses)
	case "POST /quiesce":
		return u.quiesce(), nil
	case "POST /drain":
		return u.drain(drainLimit), nil
	}
	if id := strings.TrimPrefix(path, "/faults/"); id != path && request.Method == http.MethodDelete {
		if undone := u.faults.undo(id); undone != nil {
			return undone, nil
		}
		return nil, Refuse(NotFound, "there is no fault %q", id)
	}
	if module := strings.TrimPrefix(path, "/audit/"); module != path && methodOf(request) == http.MethodGet {
		return u.audit(module)
	}
	return nil, nil
}

func (u *unit) audit(module string) (any, error) {
	if module != u.module.Name {
		return nil, Refuse(NotFound, "module %q is not in this unit", module)
	}
	u.mutex.Lock()
	audit := u.instance.Audit
	u.mutex.Unlock()
	if audit == nil {
		return struct{}{}, nil
	}
	return audit()
}

var addressesSchema = mustSchema(`{
	"type": "object",
	"required": ["units"],
	"additionalProperties": false,
	"properties": {
		"units": {
			"type": "object",
			"additionalProperties": {
				"type": "array",
				"minItems": 1,
				"maxItems": 100,
				"items": { "type": "string", "pattern": "^https?://[^/?#@\\s]+/?$" }
			}
		}
	}
}`)

// replaceAddresses takes where the instances of other units answer. The kit has no client for them yet, so that no call is under way to any.
func (u *unit) replaceAddresses(body any) (any, error) {
	checked, wrong := addressesSchema.check(body)
	if wrong != nil {
		return nil, Refuse(BadInput, "%s", wrong.in("body", "."))
	}
	units, _ := checked.(map[string]any)["units"].(map[string]any)
	for _, unit := range sortedNames(units) {
		if _, known := u.configuration.Units[unit]; !known {
			return nil, Refuse(BadInput, "units: there is no unit %q; there are %s", unit,
				strings.Join(sortedNames(u.configuration.Units), ", "))
		}
		seen := map[any]bool{}
		addresses, _ := units[unit].([]any)
		for _, address := range addresses {
			if seen[address] {
				return nil, Refuse(BadInput, "units.%s: must not have an address twice", unit)
			}
			seen[address] = true
		}
	}
	return map[string]bool{"settled": true}, nil
}

func withBody(request *http.Request, work func(any) (any, error)) (any, error) {
	body, err := readBody(request, mostControlBytes)
	if err != nil {
		return nil, err
	}
	value, err := parseBody(body)
	if err != nil {
		return nil, err
	}
	return work(value)
}

func refused(status int, message string) answer {
	body, _ := json.Marshal(envelope{envelopeError{"refused", message, false}})
	return answer{status: status, body: body}
}
