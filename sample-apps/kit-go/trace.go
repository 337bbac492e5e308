package kit

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A span is one call as this side saw it. Times in ms; startMs since the epoch.
type span struct {
	TraceID         string  `json:"traceId"`
	SpanID          string  `json:"spanId"`
	ParentID        string  `json:"parentId"`
	Module          string  `json:"module"`
	Operation       string  `json:"operation"`
	Caller          string  `json:"caller"`
	Kind            string  `json:"kind"`
	StartMs         float64 `json:"startMs"`
	DurationMs      float64 `json:"durationMs"`
	StoreMs         float64 `json:"storeMs"`
	SerializationMs float64 `json:"serializationMs"`
	BytesIn         int     `json:"bytesIn"`
	BytesOut        int     `json:"bytesOut"`
	QueueMs         float64 `json:"queueMs"`
	started         time.Time
}

// Trace context as the W3C has it (Trace Context, 3.2.2): version 00 ends after the flags, a later one may go on behind a hyphen.
var traceparentPattern = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`)

// traceField names the trace in a line of the log; empty where none is recorded.
func (s *span) traceField() string {
	if s == nil {
		return ""
	}
	return " trace=" + s.TraceID
}

// sampledTrace gives the ids of a trace that is being recorded; empty where there is none.
func sampledTrace(traceparent string) (traceID, parentID string) {
	match := traceparentPattern.FindStringSubmatch(strings.Trim(traceparent, " \t"))
	if match == nil || match[1] == "ff" || (match[1] == "00" && match[5] != "") {
		return "", ""
	}
	flags, _ := strconv.ParseUint(match[4], 16, 8)
	if flags&1 == 0 || strings.Trim(match[2], "0") == "" || strings.Trim(match[3], "0") == "" {
		return "", ""
	}
	return match[2], match[3]
}

const mostSpans = 50_000

// A tracer keeps spans until they are fetched; those beyond its bound are counted and dropped.
type tracer struct {
	mutex   sync.Mutex
	spans   []*span
	dropped int
}

func (t *tracer) start(traceID, parentID, module, operation, caller string) *span {
	id := make([]byte, 8)
	_, _ = rand.Read(id)
	now := time.Now()
	return &span{
		TraceID: traceID, SpanID: hex.EncodeToString(id), ParentID: parentID,
		Module: module, Operation: operation, Caller: caller, Kind: "server",
		StartMs: sinceEpochMs(now), started: now,
	}
}

func (t *tracer) finish(s *span) {
	s.DurationMs = ms(time.Since(s.started))
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.spans) < mostSpans {
		t.spans = append(t.spans, s)
	} else {
		t.dropped++
	}
}

type drainedSpans struct {
	Spans   []*span `json:"spans"`
	Dropped int     `json:"dropped"`
}

func (t *tracer) drain() drainedSpans {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	drained := drainedSpans{t.spans, t.dropped}
	if drained.Spans == nil {
		drained.Spans = []*span{}
	}
	t.spans, t.dropped = nil, 0
	return drained
}

// serializing adds the time of some work in JSON; a call that is not recorded has no span.
func (s *span) serializing(work func()) {
	if s == nil {
		work()
		return
	}
	started := time.Now()
	work()
	s.SerializationMs += ms(time.Since(started))
}
