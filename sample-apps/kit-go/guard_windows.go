package kit

import "os"

func endGroup() { os.Exit(137) }
