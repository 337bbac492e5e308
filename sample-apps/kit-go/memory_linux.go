package kit

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// residentBytes is what the process has of the machine's memory.
func residentBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// isMemoryLimited tells whether the control group of the process has less than the machine.
func isMemoryLimited() bool {
	var machine syscall.Sysinfo_t
	if syscall.Sysinfo(&machine) != nil {
		return false
	}
	total := uint64(machine.Totalram) * uint64(machine.Unit)
	for _, file := range limitFiles() {
		text, err := os.ReadFile(file)
		limit, wrong := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
		if err == nil && wrong == nil && limit > 0 && limit < total {
			return true
		}
	}
	return false
}

// limitFiles are where the limits of both versions of control groups stand, seen from inside a container and from outside.
func limitFiles() []string {
	files := []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}
	text, _ := os.ReadFile("/proc/self/cgroup")
	for _, line := range strings.Split(string(text), "\n") {
		parts := strings.SplitN(line, ":", 3)
		if len(parts) < 3 {
			continue
		}
		switch {
		case parts[0] == "0":
			files = append(files, filepath.Join("/sys/fs/cgroup", parts[2], "memory.max"))
		case parts[1] == "memory":
			files = append(files, filepath.Join("/sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"))
		}
	}
	return files
}
