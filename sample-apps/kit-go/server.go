package kit

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	jsonType = "application/json"
	// Longer than callers keep an idle connection.
	keepAlive      = 75 * time.Second
	mostHeaders    = 16 << 10
	headerPatience = 60 * time.Second
	// More than this of a refused body is not waited for.
	mostSkippedBytes = 1 << 20
	longestSkip      = time.Second
)

// An answer is what goes back for a request.
type answer struct {
	status int
	body   []byte
	// close: the connection ends with it; reset: the connection ends instead of it.
	close, reset bool
	// sent is told afterwards.
	sent func()
}

func answerWith(value any) answer {
	body, err := json.Marshal(value)
	if err != nil {
		return refusal(err)
	}
	return answer{status: http.StatusOK, body: body}
}

func refusal(err error) answer {
	call := asCallError(err)
	body, _ := json.Marshal(call.envelope())
	return answer{status: call.status(), body: body}
}

func nothingAt(request *http.Request) answer {
	return refusal(Refuse(NotFound, "there is nothing at %s %.200s", request.Method, request.URL.Path))
}

// newServer serves one port. Nothing is answered while the process is held.
func newServer(stall *stall, route func(*http.Request) answer) *http.Server {
	handler := func(writer http.ResponseWriter, request *http.Request) {
		stall.pass()
		answer := refusal(Refuse(BadInput, "the path cannot be decoded"))
		if utf8.ValidString(request.URL.Path) {
			answer = route(request)
		}
		stall.pass()
		send(writer, request, answer)
	}
	return &http.Server{
		Handler:           http.HandlerFunc(handler),
		ReadHeaderTimeout: headerPatience,
		IdleTimeout:       keepAlive,
		MaxHeaderBytes:    mostHeaders,
		ErrorLog:          log.New(io.Discard, "", 0),
		ConnContext: func(parent context.Context, connection net.Conn) context.Context {
			return context.WithValue(parent, connectionKey{}, connection)
		},
	}
}

// connectionKey is where the context of a request has its connection.
type connectionKey struct{}

func send(writer http.ResponseWriter, request *http.Request, answer answer) {
	if answer.sent != nil {
		defer answer.sent()
	}
	if answer.reset {
		cut(writer)
		return
	}
	if answer.status >= http.StatusBadRequest && !skipBody(request) {
		answer.close = true
	}
	writer.Header().Set("Content-Type", jsonType+"; charset=utf-8")
	if answer.close {
		writer.Header().Set("Connection", "close")
	}
	writer.WriteHeader(answer.status)
	_, _ = writer.Write(answer.body)
}

// skipBody reads past what is left of a refused body, so that the refusal arrives: a connection that is closed with bytes
// unread is reset, and whoever still writes then loses the answer with it (RFC 9112, 9.6). It says whether all was read.
// Of itself net/http reads 256 KiB, and waits for them without a limit.
func skipBody(request *http.Request) bool {
	connection, ok := request.Context().Value(connectionKey{}).(net.Conn)
	if request.Body == http.NoBody {
		return true
	}
	if !ok || request.ContentLength > mostSkippedBytes {
		return false
	}
	_ = connection.SetReadDeadline(time.Now().Add(longestSkip))
	if _, err := io.CopyN(io.Discard, request.Body, mostSkippedBytes); err != io.EOF {
		// The limit stays, since net/http would read on.
		return false
	}
	_ = connection.SetReadDeadline(time.Time{})
	return true
}

// cut ends the connection as a lost one ends: with a reset.
func cut(writer http.ResponseWriter) {
	hijacker, ok := writer.(http.Hijacker)
	if !ok {
		return
	}
	connection, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	if plain, ok := connection.(inEnvelopes); ok {
		connection = plain.Conn
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

// methodOf is how a request is routed: HEAD is GET without a body.
func methodOf(request *http.Request) string {
	if request.Method == http.MethodHead {
		return http.MethodGet
	}
	return request.Method
}

// readBody gives the bytes of a JSON body of at most so many bytes.
func readBody(request *http.Request, most int64) ([]byte, error) {
	mediaType, _, _ := strings.Cut(request.Header.Get("Content-Type"), ";")
	if strings.ToLower(strings.TrimSpace(mediaType)) != jsonType {
		return nil, Refuse(BadInput, "body: a JSON body is required")
	}
	if request.ContentLength > most {
		return nil, Refuse(TooLarge, "body: must be at most %d bytes", most)
	}
	body, err := io.ReadAll(io.LimitReader(request.Body, most+1))
	if err != nil {
		return nil, Refuse(BadInput, "body: it did not come to its end")
	}
	if int64(len(body)) > most {
		return nil, Refuse(TooLarge, "body: must be at most %d bytes", most)
	}
	return body, nil
}

func parseBody(body []byte) (any, error) {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return nil, Refuse(BadInput, "body: not valid JSON")
	}
	return value, nil
}
