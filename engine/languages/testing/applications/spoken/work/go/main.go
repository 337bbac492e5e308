package main

import "example.test/kit"

func main() { kit.Serve(hello) }
