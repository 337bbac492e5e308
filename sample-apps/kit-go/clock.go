package kit

import "time"

func ms(duration time.Duration) float64 { return float64(duration) / float64(time.Millisecond) }

func durationOf(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

func sinceEpochMs(moment time.Time) float64 { return float64(moment.UnixMicro()) / 1000 }
