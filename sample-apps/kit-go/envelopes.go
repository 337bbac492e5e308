package kit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"strings"
)

// listen gives a listener whose connections refuse in the envelope, too, what net/http refuses by itself: what is no HTTP, headers that are too long and the like.
func listen(at address) (net.Listener, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(at.Host, fmt.Sprint(at.Port)))
	return envelopeListener{listener}, err
}

type envelopeListener struct{ net.Listener }

func (l envelopeListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return inEnvelopes{connection}, nil
}

type inEnvelopes struct{ net.Conn }

// CloseWrite is what net/http ends a connection with after a refusal, so that it arrives (server.go, closeWriteAndWait).
func (c inEnvelopes) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// How the answers of net/http itself go on after their first line (server.go, errorHeaders).
var plainHead = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

func (c inEnvelopes) Write(bytesOut []byte) (int, error) {
	status, message, isPlain := bytes.Cut(bytesOut, plainHead)
	if !isPlain || bytes.Contains(status, []byte("\r\n")) {
		return c.Conn.Write(bytesOut)
	}
	code := BadInput
	if strings.Contains(string(status), " 431 ") {
		code = TooLarge
	}
	body, _ := json.Marshal((&CallError{code, string(message)}).envelope())
	_, err := fmt.Fprintf(c.Conn, "%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
		status, jsonType, len(body), body)
	return len(bytesOut), err
}
