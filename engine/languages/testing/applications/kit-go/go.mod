module example.test/kit

go 1.19
