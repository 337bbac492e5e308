package kit

import "unicode/utf16"

// Random is a stream of numbers in [0, 1): SplitMix32, so that the same seed gives the same stream in every language.
type Random struct{ state uint32 }

// NewRandom begins the stream of a seed.
func NewRandom(seed uint32) *Random { return &Random{seed} }

// Next gives the next number of the stream.
func (r *Random) Next() float64 {
	r.state += 0x9e3779b9
	mixed := r.state ^ r.state>>16
	mixed *= 0x21f0aaad
	mixed ^= mixed >> 15
	mixed *= 0x735a2d97
	mixed ^= mixed >> 15
	return float64(mixed) / (1 << 32)
}

// SeedFor gives every name a seed of its own (FNV-1a), so that one more stream does not shift the others.
func SeedFor(seed int64, name string) uint32 {
	hash := 0x811c9dc5 ^ uint32(seed)
	for _, unit := range utf16.Encode([]rune(name)) {
		hash = (hash ^ uint32(unit)) * 0x01000193
	}
	return hash
}
