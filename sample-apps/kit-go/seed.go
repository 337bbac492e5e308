package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strings"
)

// SeedWriter is told of every row that a module is seeded with; its hash says whether two deployments have the same data.
type SeedWriter struct{ hash hash.Hash }

func newSeedWriter() *SeedWriter { return &SeedWriter{sha256.New()} }

// Insert tells of rows, their values written out in the order of the columns.
func (w *SeedWriter) Insert(table string, columns []string, rows [][]string) {
	w.hash.Write([]byte(table + "(" + strings.Join(columns, ",") + ")"))
	for _, row := range rows {
		w.hash.Write([]byte("\n" + strings.Join(row, "\t")))
	}
}

func (w *SeedWriter) sum() string { return hex.EncodeToString(w.hash.Sum(nil)) }
