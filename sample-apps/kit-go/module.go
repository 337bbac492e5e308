package kit

// Module is what a program makes a unit of.
type Module struct {
	Name string
	// Contract is the module's OpenAPI document, as `cleave contract show` prints it.
	Contract []byte
	// Create makes ready what the operations work on. The unit is ready once it returns.
	Create func(Environment) (Instance, error)
}

// Environment is what a module is given to work with.
type Environment struct {
	Seed Seed
	// Seeded is told of every row that the seed makes.
	Seeded *SeedWriter
	// Instance tells the running copies of a unit apart, from 0.
	Instance int
	// DataDirectory is the unit's own, and outlives its process.
	DataDirectory string
	Log           Log
	// ProviderReachable fails while the module's provider outside the application is out of reach.
	ProviderReachable func() error
	tunables          map[string]float64
}

// Tunable gives the variant's value of a tunable amount of work, or the fallback.
func (e Environment) Tunable(name string, fallback float64) float64 {
	if value, has := e.tunables[name]; has {
		return value
	}
	return fallback
}

// Instance is a module at work.
type Instance struct {
	// Operations by name, every one of the contract's.
	Operations map[string]Operation
	// Audit gives the books that the module keeps, for checking after a load; nil where it keeps none.
	Audit func() (any, error)
	// Pending counts the pieces of work that are not settled; nil where there never are any.
	Pending func() int
}

// Operation answers one call. Its input is as the contract says, with the defaults filled in.
type Operation func(call *Call, input any) (any, error)

// Handle makes an operation of a function with types of its own. Lists in its answer must not be nil.
func Handle[Input, Output any](answer func(*Call, Input) (Output, error)) Operation {
	return func(call *Call, checked any) (any, error) {
		var input Input
		if err := decode(checked, &input); err != nil {
			return nil, err
		}
		return answer(call, input)
	}
}
