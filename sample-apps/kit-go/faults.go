package kit

import (
	"strings"
	"sync"
	"time"
)

// An active fault is one at work: when it takes hold, from now, and what takes it away.
type activeFault struct {
	effectIn time.Duration
	undo     func()
}

// A faultKind takes hold at once or a little later, and leaves nothing behind when it is undone.
type faultKind struct {
	name       string
	parameters *schema
	inject     func(faultTarget, map[string]float64) (activeFault, error)
}

type faultTarget struct {
	module string
	point  *point
	random func() float64
	stall  *stall
	log    Log
}

// So long the answer to the one who injects has to leave before the process is disturbed.
const answerFirst = 10 * time.Millisecond

var faultSchema = mustSchema(`{
	"type": "object",
	"required": ["id", "module", "kind", "limitMs"],
	"properties": {
		"id": { "type": "string", "minLength": 1, "maxLength": 100 },
		"module": { "type": "string" },
		"kind": { "type": "string" },
		"parameters": { "type": "object", "default": {} },
		"limitMs": { "type": "integer", "minimum": 1, "maximum": 600000 }
	}
}`)

type faultEntry struct {
	ID      string  `json:"id"`
	Module  string  `json:"module"`
	Kind    string  `json:"kind"`
	SinceMs float64 `json:"sinceMs"`
	UntilMs float64 `json:"untilMs"`
	active  activeFault
	timer   *time.Timer
}

// A faultManager keeps the faults at work in the unit; each ends by itself at its limit.
type faultManager struct {
	mutex   sync.Mutex
	target  faultTarget
	entries map[string]*faultEntry
	order   []string
}

func newFaultManager(target faultTarget) *faultManager {
	return &faultManager{target: target, entries: map[string]*faultEntry{}}
}

type injected struct {
	ID         string  `json:"id"`
	EffectAtMs float64 `json:"effectAtMs"`
}

func (m *faultManager) inject(body any) (any, error) {
	checked, wrong := faultSchema.check(body)
	if wrong != nil {
		return nil, Refuse(BadInput, "%s", wrong.in("fault", "."))
	}
	var asked struct {
		ID, Module, Kind string
		Parameters       map[string]any
		LimitMs          float64
	}
	if err := decode(checked, &asked); err != nil {
		return nil, err
	}
	if asked.Module != m.target.module {
		return nil, Refuse(BadInput, "module %q is not in this unit; allowed: %s", asked.Module, m.target.module)
	}
	kind := kindNamed(asked.Kind)
	if kind == nil {
		return nil, Refuse(BadInput, "kind %q is not known; allowed: %s", asked.Kind, strings.Join(kindNames(), ", "))
	}
	parameters, wrong := kind.parameters.check(map[string]any(asked.Parameters))
	if wrong != nil {
		return nil, Refuse(BadInput, "%s", wrong.in("parameters", "."))
	}
	return m.start(asked.ID, kind, numbersOf(parameters), durationOf(asked.LimitMs))
}

func (m *faultManager) start(id string, kind *faultKind, parameters map[string]float64, limit time.Duration) (any, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.entries[id] != nil {
		return nil, Refuse(Conflict, "fault %q is at work already", id)
	}
	target := m.target
	target.random = lockedRandom(SeedFor(0, id))
	active, err := kind.inject(target, parameters)
	if err != nil {
		return nil, err
	}
	since := sinceEpochMs(time.Now().Add(active.effectIn))
	m.entries[id] = &faultEntry{
		ID: id, Module: target.module, Kind: kind.name, SinceMs: since, UntilMs: since + ms(limit), active: active,
		timer: time.AfterFunc(limit+active.effectIn, func() { m.undo(id) }),
	}
	m.order = append(m.order, id)
	return injected{id, since}, nil
}

type undone struct {
	ID         string  `json:"id"`
	UndoneAtMs float64 `json:"undoneAtMs"`
}

// undo gives nil where there is no such fault.
func (m *faultManager) undo(id string) *undone {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	entry := m.entries[id]
	if entry == nil {
		return nil
	}
	entry.timer.Stop()
	delete(m.entries, id)
	for index, each := range m.order {
		if each == id {
			m.order = append(m.order[:index:index], m.order[index+1:]...)
			break
		}
	}
	entry.active.undo()
	return &undone{id, sinceEpochMs(time.Now())}
}

func (m *faultManager) list() []*faultEntry {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	entries := make([]*faultEntry, len(m.order))
	for index, id := range m.order {
		entries[index] = m.entries[id]
	}
	return entries
}

func numbersOf(checked any) map[string]float64 {
	numbers := map[string]float64{}
	fields, _ := checked.(map[string]any)
	for name, value := range fields {
		if number, ok := value.(float64); ok {
			numbers[name] = number
		}
	}
	return numbers
}

func lockedRandom(seed uint32) func() float64 {
	var mutex sync.Mutex
	random := NewRandom(seed)
	return func() float64 {
		mutex.Lock()
		defer mutex.Unlock()
		return random.Next()
	}
}
