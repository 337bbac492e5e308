package kit

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Requests under way have this long to end after SIGTERM.
const endLimit = time.Second

const (
	statusFailed        = 1
	statusMisconfigured = 2
)

// Run makes this process a unit of the module: it reads CLEAVE_UNIT, serves, and ends on SIGTERM or SIGINT. A configuration that is wrong ends the
// process with status 2 and one sentence; anything else that goes wrong with status 1.
func Run(module Module) {
	guard()
	// From the first moment on: as process 1 of a container a signal without a handler would be ignored.
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)

	configured, err := readConfiguration(os.Getenv("CLEAVE_UNIT"))
	if err == nil && (len(configured.Modules) != 1 || configured.Modules[0] != module.Name) {
		err = fmt.Errorf("modules: this program has %s, and not %s", module.Name, strings.Join(configured.Modules, ", "))
	}
	endWith(err, statusMisconfigured)
	unit, err := newUnit(configured, module)
	endWith(err, statusFailed)
	server, port, err := unit.listen()
	endWith(err, statusFailed)
	go func() {
		endWith(unit.prepare(), statusFailed)
		unit.log.Info("ready with %s on port %d", module.Name, port)
	}()
	<-stop
	unit.end(server)
}

// listen opens both ports; it gives the public server and its port.
func (u *unit) listen() (*http.Server, int, error) {
	public := newServer(u.stall, u.routePublic)
	listener, err := listen(u.configuration.Listen)
	if err != nil {
		return nil, 0, err
	}
	control, err := listen(u.configuration.Control.address)
	if err != nil {
		return nil, 0, err
	}
	go serve(public, listener)
	go serve(newServer(u.stall, u.routeControl), control)
	return public, listener.Addr().(*net.TCPAddr).Port, nil
}

func serve(server *http.Server, listener net.Listener) {
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		endWith(err, statusFailed)
	}
}

// end lets the requests under way end, for a while, and ends the process. No more connections are taken.
func (u *unit) end(server *http.Server) {
	limit, cancel := context.WithTimeout(context.Background(), endLimit)
	defer cancel()
	go u.drain(endLimit)
	_ = server.Shutdown(limit)
	os.Exit(0)
}

func endWith(err error, status int) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(status)
	}
}
