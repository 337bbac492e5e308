"""A process that is one unit."""

import os
import sys
from threading import Thread
from typing import NoReturn

from .configuration import Configuration, ConfigurationError, read_configuration
from .control import control_route
from .ending import listen_for_the_end
from .guard import guard
from .module import Module
from .public import public_route
from .server import Server
from .unit import Unit

# Requests under way have this long to end after SIGTERM, s.
END_LIMIT_S = 1.0
FAILED = 1
MISCONFIGURED = 2


def run(module: Module) -> NoReturn:
    """Makes this process a unit of the module: reads CLEAVE_UNIT, serves, and ends on SIGTERM or SIGINT.

    A configuration that is wrong ends the process with status 2 and one sentence; anything else that goes wrong with status 1.
    """
    await_end = listen_for_the_end()
    guard()
    try:
        configuration = _configuration_for(module)
        unit = Unit(configuration, module)
        public = Server(configuration.listen, public_route(unit))
        control = Server(configuration.control, control_route(unit))
    except ConfigurationError as error:
        _give_up(error, MISCONFIGURED)
    except Exception as error:
        _give_up(error, FAILED)
    for server in (public, control):
        Thread(target=server.serve_forever, daemon=True).start()
    Thread(target=_prepare, args=[unit, public], daemon=True).start()
    await_end()
    public.stop_listening()
    unit.drain(END_LIMIT_S)
    os._exit(0)


def _configuration_for(module: Module) -> Configuration:
    configuration = read_configuration(os.environ.get("CLEAVE_UNIT", ""))
    if configuration.modules != [module.name]:
        asked = ", ".join(configuration.modules)
        raise ConfigurationError(f"modules: this program has {module.name}, and not {asked}")
    return configuration


def _prepare(unit: Unit, public: Server) -> None:
    try:
        unit.prepare()
    except Exception as error:
        _give_up(error, FAILED)
    unit.log.info(f"ready with {unit.module.name} on port {public.server_address[1]}")


def _give_up(error: Exception, status: int) -> NoReturn:
    print(error, file=sys.stderr, flush=True)
    os._exit(status)
