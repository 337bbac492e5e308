// Package kit answers for one unit, as far as tests ask.
package kit

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

type unit struct {
	Name   string `json:"name"`
	Listen struct {
		Host string `json:"host"`
		Port int    `json:"port"`
	} `json:"listen"`
}

// Serve answers every request with what hello says, until it is asked to end.
func Serve(hello func() string) {
	if os.Getenv("CLEAVE_GUARD") == "1" {
		go func() {
			_, _ = os.NewFile(3, "owner").Read(make([]byte, 1))
			_ = syscall.Kill(-os.Getpid(), syscall.SIGKILL)
		}()
	}
	var given unit
	if err := json.Unmarshal([]byte(os.Getenv("TEST_UNIT")), &given); err != nil {
		fmt.Fprintln(os.Stderr, "TEST_UNIT cannot be read:", err)
		os.Exit(2)
	}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	go func() {
		<-asked
		os.Exit(0)
	}()
	http.HandleFunc("/crash", func(http.ResponseWriter, *http.Request) { os.Exit(1) })
	http.HandleFunc("/starve", func(http.ResponseWriter, *http.Request) {
		fmt.Fprintln(os.Stderr, "fatal error: runtime: out of memory")
		os.Exit(2)
	})
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) { fmt.Fprint(answer, hello()) })
	listener, err := net.Listen("tcp", net.JoinHostPort(given.Listen.Host, fmt.Sprint(given.Listen.Port)))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("up", given.Name)
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
}
