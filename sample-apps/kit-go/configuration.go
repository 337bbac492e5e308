package kit

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
)

//go:embed configuration.json
var configurationText string

var configurationSchema = mustSchema(configurationText)

// A configuration is what a unit is told at its start, as JSON in the environment variable CLEAVE_UNIT.
type configuration struct {
	Application   string
	Unit          string
	Instance      int
	Modules       []string
	Units         map[string]any
	Listen        address
	Control       controlAddress
	DataDirectory string
	Seed          Seed
	Settings      settings
}

type address struct {
	Host string
	Port int
}

type controlAddress struct {
	address
	Token string
}

// Seed is where a module's data come from: the same value and sizes give the same data everywhere.
type Seed struct {
	Value int64
	Sizes map[string]int
}

type settings struct {
	Resilience struct {
		LoadShedding *struct{ InFlight int }
	}
	Tunables map[string]float64
}

// readConfiguration gives one sentence that names the field where something is wrong.
func readConfiguration(text string) (*configuration, error) {
	if text == "" {
		return nil, errors.New("CLEAVE_UNIT is not set; it must hold the configuration of the unit as JSON")
	}
	var raw any
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, errors.New("CLEAVE_UNIT is not valid JSON")
	}
	checked, wrong := configurationSchema.check(raw)
	if wrong != nil {
		if wrong.path == "" {
			wrong = wrong.under("the configuration")
		}
		return nil, errors.New(wrong.in("CLEAVE_UNIT", ": "))
	}
	read := &configuration{}
	if err := decode(checked, read); err != nil {
		return nil, fmt.Errorf("CLEAVE_UNIT: %w", err)
	}
	return read, nil
}

// decode puts what a schema let through into a struct.
func decode(checked any, into any) error {
	text, err := json.Marshal(checked)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
