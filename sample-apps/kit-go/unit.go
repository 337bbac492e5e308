package kit

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const (
	quiesceLimit = 30 * time.Second
	drainLimit   = 30 * time.Second
)

// A unit is the state of the running program, as both of its ports see it.
type unit struct {
	configuration *configuration
	module        Module
	contract      *contract
	document      []byte
	tracer        *tracer
	point         *point
	stall         *stall
	faults        *faultManager
	log           Log
	startedAt     time.Time

	calls, failures, shed atomic.Int64

	mutex    sync.Mutex
	changed  *sync.Cond
	prepared bool
	draining bool
	// Requests that somebody waits for, and operations at work: one goes on when its caller has gone.
	inFlight, atWork int
	instance         Instance
	seedHash         map[string]string
}

func newUnit(configured *configuration, module Module) (*unit, error) {
	contract, err := readContract(module.Name, module.Contract)
	if err != nil {
		return nil, err
	}
	document, err := contract.document(configured.Application + ": " + configured.Unit)
	if err != nil {
		return nil, err
	}
	made := &unit{
		configuration: configured, module: module, contract: contract, document: document,
		tracer: &tracer{}, point: newPoint(), stall: &stall{}, log: Log{configured.Unit},
		startedAt: time.Now(), seedHash: map[string]string{},
	}
	made.changed = sync.NewCond(&made.mutex)
	made.faults = newFaultManager(faultTarget{
		module: module.Name, point: made.point, stall: made.stall, log: made.log,
	})
	return made, nil
}

// prepare creates the module with its data; the unit is ready afterwards.
func (u *unit) prepare() error {
	writer := newSeedWriter()
	instance, err := u.module.Create(Environment{
		Seed: u.configuration.Seed, Seeded: writer, Instance: u.configuration.Instance,
		DataDirectory: u.configuration.DataDirectory, Log: u.log,
		ProviderReachable: u.providerReachable, tunables: u.configuration.Settings.Tunables,
	})
	if err != nil {
		return err
	}
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.instance, u.prepared = instance, true
	u.seedHash[u.module.Name] = writer.sum()
	return nil
}

func (u *unit) providerReachable() error {
	if u.point.isOut(provider) {
		return Refuse(ProviderUnavailable, "the provider of %s is out of reach", u.module.Name)
	}
	return nil
}

// admit lets a request in, or says why not.
func (u *unit) admit() error {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	if !u.prepared {
		return Refuse(Starting, "the unit is starting")
	}
	if limit := u.configuration.Settings.Resilience.LoadShedding; limit != nil && u.inFlight >= limit.InFlight {
		u.shed.Add(1)
		return Refuse(Shed, "the unit has too much to do")
	}
	u.inFlight++
	u.atWork++
	return nil
}

// leave is told when nobody waits for a request any more, endWork when its operation has ended.
func (u *unit) leave()   { u.less(&u.inFlight) }
func (u *unit) endWork() { u.less(&u.atWork) }

func (u *unit) less(count *int) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	*count--
	u.changed.Broadcast()
}

func (u *unit) isDraining() bool {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	return u.draining
}

type readinessAnswer struct {
	Ready    bool     `json:"ready"`
	Waiting  []string `json:"waiting"`
	Draining bool     `json:"draining"`
}

func (u *unit) readiness() readinessAnswer {
	out := u.point.isOut(readiness)
	u.mutex.Lock()
	defer u.mutex.Unlock()
	if u.prepared && !u.draining && !out {
		return readinessAnswer{true, []string{}, false}
	}
	return readinessAnswer{false, []string{u.module.Name}, u.draining}
}

type identity struct {
	Unit            string            `json:"unit"`
	Instance        int               `json:"instance"`
	Modules         []string          `json:"modules"`
	Pid             int               `json:"pid"`
	StartedAtMs     float64           `json:"startedAtMs"`
	LanguageVersion string            `json:"languageVersion"`
	SeedHash        map[string]string `json:"seedHash"`
}

func (u *unit) identity() identity {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	hashes := map[string]string{}
	for module, hash := range u.seedHash {
		hashes[module] = hash
	}
	return identity{
		u.configuration.Unit, u.configuration.Instance, u.configuration.Modules, os.Getpid(),
		sinceEpochMs(u.startedAt), runtime.Version(), hashes,
	}
}

type metrics struct {
	AtMs float64 `json:"atMs"`
	// There is no loop whose lag could be told.
	LoopLagP99Ms *float64                `json:"loopLagP99Ms"`
	HeapBytes    uint64                  `json:"heapBytes"`
	InFlight     int                     `json:"inFlight"`
	Modules      map[string]moduleCounts `json:"modules"`
	Policies     policyCounts            `json:"policies"`
}

type moduleCounts struct {
	Calls    int64 `json:"calls"`
	Failures int64 `json:"failures"`
}

// Policies of calls to other modules never do anything in a module that calls none.
type policyCounts struct {
	Retries            int               `json:"retries"`
	BreakerOpens       int               `json:"breakerOpens"`
	BreakerState       map[string]string `json:"breakerState"`
	RejectedByBulkhead int               `json:"rejectedByBulkhead"`
	Shed               int64             `json:"shed"`
	Fallbacks          int               `json:"fallbacks"`
}

func (u *unit) metrics() metrics {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	u.mutex.Lock()
	defer u.mutex.Unlock()
	return metrics{
		AtMs: sinceEpochMs(time.Now()), HeapBytes: memory.HeapAlloc, InFlight: u.inFlight,
		Modules:  map[string]moduleCounts{u.module.Name: {u.calls.Load(), u.failures.Load()}},
		Policies: policyCounts{BreakerState: map[string]string{}, Shed: u.shed.Load()},
	}
}

type settled struct {
	Settled bool `json:"settled"`
	Pending int  `json:"pending"`
}

// quiesce waits, at most 30 s, until the module has no unsettled work.
func (u *unit) quiesce() settled {
	for end := time.Now().Add(quiesceLimit); ; time.Sleep(50 * time.Millisecond) {
		pending := u.pending()
		if pending == 0 || !time.Now().Before(end) {
			return settled{pending == 0, pending}
		}
	}
}

func (u *unit) pending() int {
	u.mutex.Lock()
	pending := u.instance.Pending
	u.mutex.Unlock()
	if pending == nil {
		return 0
	}
	return pending()
}

type drained struct {
	Settled  bool `json:"settled"`
	InFlight int  `json:"inFlight"`
}

// drain is the graceful end but for the exit: the unit is ready no more, answers end their connections, and what is under way ends. Waits for
// that, 30 s at most. A request that comes all the same is answered.
func (u *unit) drain(limit time.Duration) drained {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.draining = true
	over := false
	timer := time.AfterFunc(limit, func() {
		u.mutex.Lock()
		defer u.mutex.Unlock()
		over = true
		u.changed.Broadcast()
	})
	defer timer.Stop()
	for !over && (u.inFlight > 0 || u.atWork > 0) {
		u.changed.Wait()
	}
	return drained{u.inFlight == 0 && u.atWork == 0, u.inFlight}
}
