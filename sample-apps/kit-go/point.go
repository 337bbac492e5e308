package kit

import "sync"

// A gate stands at the boundary of the module: it lets a call in, delays it or fails it.
type gate func(*Call) error

type outage string

const (
	provider  outage = "provider"
	readiness outage = "readiness"
)

// A point is where faults take hold of the module.
type point struct {
	mutex   sync.Mutex
	gates   []*gate
	outages map[outage]int
}

func newPoint() *point { return &point{outages: map[outage]int{}} }

// pass is asked for every call; it tells whether there was any gate.
func (p *point) pass(call *Call) (bool, error) {
	p.mutex.Lock()
	gates := append([]*gate(nil), p.gates...)
	p.mutex.Unlock()
	for _, each := range gates {
		if err := (*each)(call); err != nil {
			return true, err
		}
	}
	return len(gates) > 0, nil
}

// addGate gives what takes the gate away again.
func (p *point) addGate(added gate) func() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.gates = append(p.gates, &added)
	return func() {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		for index, each := range p.gates {
			if each == &added {
				p.gates = append(p.gates[:index:index], p.gates[index+1:]...)
				return
			}
		}
	}
}

// addOutage gives what ends the outage again.
func (p *point) addOutage(of outage) func() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.outages[of]++
	return func() {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.outages[of]--
	}
}

func (p *point) isOut(of outage) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.outages[of] > 0
}
