package kit

import (
	"fmt"
	"os"
	"time"
)

// Log writes one line a message to standard output, where the runtime collects them by unit.
type Log struct{ unit string }

// Info tells what goes on.
func (l Log) Info(format string, values ...any) { l.write("info", format, values) }

// Error tells what went wrong.
func (l Log) Error(format string, values ...any) { l.write("error", format, values) }

func (l Log) write(level, format string, values []any) {
	now := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	fmt.Fprintf(os.Stdout, "%s %s %s: %s\n", now, level, l.unit, fmt.Sprintf(format, values...))
}
