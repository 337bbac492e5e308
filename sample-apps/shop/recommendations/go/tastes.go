package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"cleave.example/kit"
)

// Length of the vector that stands for a product's taste.
const dimensions = 16

// Number of products where the configuration does not say.
const defaultProducts = 1200

type taste [dimensions]float32

type tastes struct {
	ids     []string
	indexes map[string]int
	vectors []taste
}

// seedTastes draws a taste for every product: the same seed gives the same ones in every language.
func seedTastes(seed kit.Seed, writer *kit.SeedWriter) tastes {
	count, has := seed.Sizes["products"]
	if !has {
		count = defaultProducts
	}
	random := kit.NewRandom(kit.SeedFor(seed.Value, "recommendations"))
	seeded := tastes{indexes: map[string]int{}}
	rows := make([][]string, count)
	for position := range rows {
		id := fmt.Sprintf("p-%d", position+1)
		var vector taste
		var written [dimensions]string
		for axis := range vector {
			// To the nearest, and halves up.
			drawn := math.Floor(random.Next()*2000 - 1000 + 0.5)
			vector[axis] = float32(drawn)
			written[axis] = strconv.Itoa(int(drawn))
		}
		seeded.indexes[id] = position
		seeded.ids = append(seeded.ids, id)
		seeded.vectors = append(seeded.vectors, vector)
		rows[position] = []string{id, strconv.Itoa(position), strings.Join(written[:], " ")}
	}
	writer.Insert("recommendations_tastes", []string{"product_id", "position", "vector"}, rows)
	return seeded
}
