"""`python -m eval.load`: how fast a server of this machine answers under load.

Clients keep their connections and ask one question after the other, for a bounded time, and never
beyond 127.0.0.1. The server is started by this command and stopped again.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from urllib.request import urlopen

from corpus.errors import UsageError
from eval.questions import DEVELOPMENT, OWN, load_questions

_HOST = "127.0.0.1"
_LONGEST = 120.0
_PATIENCE = 90.0


@dataclass(slots=True)
class Load:
    """What clients saw.

    Attributes:
        seconds: Time of each request as the client saw it.
        server: Time of each request in the server, as its Server-Timing header says.
        errors: Requests that failed or had another status than 200.
        elapsed: Duration of the whole run.
    """

    seconds: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    errors: int = 0
    elapsed: float = 0.0

    def line(self, name: str) -> str:
        """A row of the table."""
        rate = len(self.seconds) / self.elapsed if self.elapsed else 0.0
        cells = [
            name, str(len(self.seconds)), str(self.errors), f"{rate:.0f}",
            *(f"{_at(self.seconds, p) * 1000:.1f}" for p in (0.5, 0.99)),
            *(f"{_at(self.server, p) * 1000:.1f}" for p in (0.5, 0.99)),
        ]  # fmt: skip
        return "| " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0, help="per run, at most 120")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=7899)
    options = parser.parse_args(arguments)
    if not (1 <= options.clients <= 500 and 0 < options.seconds <= _LONGEST):
        raise UsageError("--clients must be from 1 to 500, --seconds up to 120")
    questions = [q.question for q in (*load_questions(DEVELOPMENT), *load_questions(OWN))]
    print("| Run | Requests | Errors | Requests/s | p50 ms | p99 ms | server p50 ms | p99 ms |")
    print("| :-- | --: | --: | --: | --: | --: | --: | --: |")
    for workers, cache in ((1, 0), (options.workers, 0), (options.workers, 2048)):
        server = _start(options.port, workers, cache)
        try:
            _wait(options.port, workers)
            for clients in (1, options.clients):
                load = asyncio.run(_run(options.port, questions, clients, options.seconds))
                name = f"{workers} workers, {clients} clients, {cache} answers remembered"
                print(load.line(name), flush=True)
        finally:
            server.terminate()
            server.wait(20)
    return 0


def _start(port: int, workers: int, cache: int) -> subprocess.Popen[bytes]:
    words = ("serve", "--port", port, "--workers", workers, "--cache", cache, "--no-page")
    script = "import sys; from qa.cli import main; sys.exit(main())"
    return subprocess.Popen(  # noqa: S603 - this Python, this package
        [sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "HUIWEN_API_KEY": ""},
        stderr=subprocess.DEVNULL,
    )


def _wait(port: int, workers: int) -> None:
    """Waits until every worker has answered that it is ready, as far as one can tell."""
    end, ready = time.monotonic() + _PATIENCE, 0
    while ready < 10 * workers:
        if time.monotonic() > end:
            raise UsageError(f"no server on port {port} after {_PATIENCE:.0f} s")
        try:
            with urlopen(f"http://{_HOST}:{port}/readyz", timeout=5) as answer:
                ready = ready + 1 if json.load(answer)["status"] == "ready" else 0
        except OSError:
            ready = 0
            time.sleep(0.2)


async def _run(port: int, questions: Sequence[str], clients: int, seconds: float) -> Load:
    load = Load()
    start = time.perf_counter()
    tasks = [
        # Each client begins elsewhere, so that they do not ask the same at the same time.
        _client(port, questions, n * len(questions) // clients, start + seconds, load)
        for n in range(clients)
    ]
    await asyncio.gather(*tasks)
    load.elapsed = time.perf_counter() - start
    return load


async def _client(port: int, questions: Sequence[str], first: int, end: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection(_HOST, port)
    place = first
    while time.perf_counter() < end:
        path = f"/api/v1/ask?q={quote(questions[place % len(questions)])}&as_of=2024-06-30"
        place += 1
        begun = time.perf_counter()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {_HOST}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            fields = dict(
                line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
            )
            await reader.readexactly(int(fields["content-length"]))
        except (OSError, asyncio.IncompleteReadError, KeyError):
            load.errors += 1
            writer.close()
            reader, writer = await asyncio.open_connection(_HOST, port)
            continue
        load.seconds.append(time.perf_counter() - begun)
        load.server.append(float(fields["server-timing"].split("dur=")[1]) / 1000)
        load.errors += not head.startswith("HTTP/1.1 200")
    writer.close()


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main())
