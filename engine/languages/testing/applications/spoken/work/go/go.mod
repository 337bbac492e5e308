module example.test/work

go 1.19

require example.test/kit v0.0.0

replace example.test/kit => ../../../kit-go // beside the applications
