package main

// hello is what the module does.
func hello() string {
	return "work in Go"
}
