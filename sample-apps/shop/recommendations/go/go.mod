module cleave.example/shop/recommendations

go 1.19

require cleave.example/kit v0.0.0

replace cleave.example/kit => ../../../kit-go
