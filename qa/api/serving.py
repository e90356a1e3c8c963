"""Binds a socket, says where, serves until stopped."""

import os
import socket
import sys
import tempfile
import threading
import webbrowser
from contextlib import suppress
from dataclasses import replace

from corpus.errors import UsageError
from qa.api.settings import KEY_VARIABLE, Settings, api_key, is_loopback

_APP = "qa.api.app:from_environment"
_MOST_WORKERS = 64


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    workers: int = 1,
    open_to_all: bool = False,
    browse: bool = False,
) -> int:
    """Serves until stopped.

    Args:
        settings: Limits.
        host: Address to bind.
        port: Port; 0 for any free one.
        workers: Worker processes.
        open_to_all: Whether a server that others can reach may go without a key.
        browse: Whether to open the page in a browser.

    Returns:
        Exit status.

    Raises:
        UsageError: Address, port or number of workers is unusable, or a key is missing.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"--port is {port}; it must be from 0 to 65535")
    if not 1 <= workers <= _MOST_WORKERS:
        raise UsageError(f"--workers is {workers}; it must be from 1 to {_MOST_WORKERS}")
    if settings.cached < 0:
        raise UsageError(f"--cache is {settings.cached}; it must be at least 0")
    if not is_loopback(host) and not api_key() and not open_to_all:
        raise UsageError(
            f"others can reach {host}: set {KEY_VARIABLE}, or give --no-auth to do without a key"
        )
    listener = _bind(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    print(f"huiwen: {address} (stop with Ctrl+C)", file=sys.stderr, flush=True)
    if browse:
        threading.Timer(1.5, webbrowser.open, [address]).start()
    # Whoever can change the library decides what is answered to everybody.
    replace(settings, changes=is_loopback(host) or api_key() is not None).export()
    return _run(listener, workers)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small packets at once only on sockets that say that they are TCP; without, each
    # answer waits 40 ms for the other side's acknowledgement of its headers.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise UsageError(f"cannot bind {host}:{port} ({error.strerror}); try --port 0") from error
    return listener


def _run(listener: socket.socket, workers: int) -> int:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        _APP,
        factory=True,
        workers=workers,
        log_level="warning",
        access_log=False,  # its lines would hold the questions
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    if workers == 1:
        with suppress(KeyboardInterrupt):  # uvicorn raises it again when it has stopped
            uvicorn.Server(config).run([listener])
        return 0
    with tempfile.TemporaryDirectory(prefix="huiwen-figures-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        Multiprocess(config, [listener]).run()
    return 0
