package main

// recommend gives the products whose taste is nearest to the given ones: the largest dot product with their mean. `work` is how often all products
// are scored, at least once: the tunable amount of processor time of a request.
func recommend(from tastes, productIDs []string, limit, work int) []string {
	wanted := from.meanOf(productIDs)
	scores := make([]float32, len(from.vectors))
	for pass := 0; pass == 0 || pass < work; pass++ {
		scoreAll(from.vectors, &wanted, scores)
	}
	without := make(map[string]bool, len(productIDs))
	for _, id := range productIDs {
		without[id] = true
	}
	return best(scores, limit, without, from.ids)
}

// meanOf adds up, since a length says nothing of a direction. Products that nobody knows are passed over; of none at all it is the first one's.
func (t tastes) meanOf(productIDs []string) taste {
	var mean taste
	known := 0
	for _, id := range productIDs {
		if index, has := t.indexes[id]; has {
			known++
			mean.add(&t.vectors[index])
		}
	}
	if known == 0 {
		mean.add(&t.vectors[0])
	}
	return mean
}

func (t *taste) add(other *taste) {
	for axis := range t {
		t[axis] += other[axis]
	}
}

func scoreAll(vectors []taste, wanted *taste, scores []float32) {
	for row := range vectors {
		score := 0.0
		for axis, value := range &vectors[row] {
			score += float64(value) * float64(wanted[axis])
		}
		scores[row] = float32(score)
	}
}

type candidate struct {
	id    string
	score float32
}

// best keeps the order of the products where scores are the same.
func best(scores []float32, limit int, without map[string]bool, ids []string) []string {
	top := make([]candidate, 0, limit+1)
	for row, id := range ids {
		score := scores[row]
		if (len(top) >= limit && score <= top[len(top)-1].score) || without[id] {
			continue
		}
		place := len(top)
		for place > 0 && top[place-1].score < score {
			place--
		}
		top = append(top, candidate{})
		copy(top[place+1:], top[place:])
		top[place] = candidate{id, score}
		if len(top) > limit {
			top = top[:limit]
		}
	}
	found := make([]string, len(top))
	for index, one := range top {
		found[index] = one.id
	}
	return found
}
