module cleave.example/kit

go 1.19
