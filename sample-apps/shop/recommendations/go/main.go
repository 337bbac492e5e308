// Program recommendations is the module of that name as a unit of its own.
package main

import (
	_ "embed"

	"cleave.example/kit"
)

//go:embed contract.json
var contract []byte

const defaultWork = 5

func main() {
	kit.Run(kit.Module{Name: "recommendations", Contract: contract, Create: create})
}

func create(environment kit.Environment) (kit.Instance, error) {
	tastes := seedTastes(environment.Seed, environment.Seeded)
	work := int(environment.Tunable("recommendation-work", defaultWork))
	return kit.Instance{Operations: map[string]kit.Operation{
		"recommend": kit.Handle(func(_ *kit.Call, asked question) (recommended, error) {
			return recommended{recommend(tastes, asked.ProductIDs, asked.Limit, work)}, nil
		}),
	}}, nil
}

type question struct {
	ProductIDs []string `json:"productIds"`
	Limit      int      `json:"limit"`
}

type recommended struct {
	ProductIDs []string `json:"productIds"`
}
