package kit

import (
	"errors"
	"fmt"
	"net/http"
)

// Code says why a call failed. One whose status is in the 400s is final; one in the 500s leaves open whether the work was done.
type Code string

// The codes that a unit answers with.
const (
	BadInput            Code = "bad-input"
	NotFound            Code = "not-found"
	Conflict            Code = "conflict"
	TooLarge            Code = "too-large"
	KeyReused           Code = "key-reused"
	Internal            Code = "internal"
	Injected            Code = "injected"
	ConnectionReset     Code = "connection-reset"
	Unavailable         Code = "unavailable"
	Starting            Code = "starting"
	Shed                Code = "shed"
	StoreUnavailable    Code = "store-unavailable"
	ProviderUnavailable Code = "provider-unavailable"
	Deadline            Code = "deadline"
)

var statuses = map[Code]int{
	BadInput:            http.StatusBadRequest,
	NotFound:            http.StatusNotFound,
	Conflict:            http.StatusConflict,
	TooLarge:            http.StatusRequestEntityTooLarge,
	KeyReused:           http.StatusUnprocessableEntity,
	Internal:            http.StatusInternalServerError,
	Injected:            http.StatusInternalServerError,
	ConnectionReset:     http.StatusBadGateway,
	Unavailable:         http.StatusServiceUnavailable,
	Starting:            http.StatusServiceUnavailable,
	Shed:                http.StatusServiceUnavailable,
	StoreUnavailable:    http.StatusServiceUnavailable,
	ProviderUnavailable: http.StatusServiceUnavailable,
	Deadline:            http.StatusGatewayTimeout,
}

// The same call may do better later.
var retryable = map[Code]bool{
	Injected: true, ConnectionReset: true, Unavailable: true, Starting: true, Shed: true,
	StoreUnavailable: true, ProviderUnavailable: true, Deadline: true,
}

// CallError is the one error that crosses the boundary of a module.
type CallError struct {
	Code    Code
	Message string
}

func (e *CallError) Error() string { return e.Message }

// Refuse makes the error with which a call ends.
func Refuse(code Code, format string, values ...any) error {
	return &CallError{code, fmt.Sprintf(format, values...)}
}

// Any other error is the module's own failure.
func asCallError(err error) *CallError {
	var call *CallError
	if errors.As(err, &call) {
		return call
	}
	return &CallError{Internal, err.Error()}
}

func (e *CallError) status() int { return statuses[e.Code] }

type envelope struct {
	Error envelopeError `json:"error"`
}

type envelopeError struct {
	Code      Code   `json:"code"`
	Message   string `json:"message"`
	Retryable bool   `json:"retryable"`
}

func (e *CallError) envelope() envelope {
	return envelope{envelopeError{e.Code, e.Message, retryable[e.Code]}}
}
