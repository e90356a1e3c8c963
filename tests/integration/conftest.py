"""A server of the page with every outside socket refused, and a browser to look at it."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from qa.library import Library
from tests.support import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page


# A connection to anywhere else fails and is told on stderr.
_OFFLINE = """
import socket, sys
def only_here(name):
    real = getattr(socket.socket, name)
    def call(self, address, *rest):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            print("OUTSIDE", address, file=sys.stderr, flush=True)
            raise OSError("refused")
        return real(self, address, *rest)
    setattr(socket.socket, name, call)
for name in ("connect", "connect_ex"):
    only_here(name)
resolve = socket.getaddrinfo
def getaddrinfo(host, *rest, **more):
    if host not in ("127.0.0.1", "::1", "localhost", None):
        print("OUTSIDE", host, file=sys.stderr, flush=True)
        raise socket.gaierror("refused")
    return resolve(host, *rest, **more)
socket.getaddrinfo = getaddrinfo
from qa.cli import main
sys.exit(main())
"""


@dataclass
class Server:
    address: str
    lines: list[str]
    seconds_to_answer: float
    seconds_to_page: float


def _chromium() -> str | None:
    named = os.environ.get("HUIWEN_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return named or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        except sync_api.Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Chromium: {str(error).splitlines()[0]}")
        yield made
        made.close()


@pytest.fixture(scope="package")
def served(library: Library) -> Iterator[Server]:
    """A server with an index that is there already, as on every start but the first."""
    assert library.measures
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _OFFLINE, "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "HUIWEN_API_KEY": ""},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    lines: list[str] = []
    stream = process.stderr
    found = None
    while found is None:
        line = stream.readline()
        assert line, "the server ended: " + "".join(lines)
        lines.append(line)
        found = re.search(r"http://\S+", line)
    reading = threading.Thread(target=lambda: lines.extend(stream), daemon=True)
    reading.start()
    address = found.group()
    try:
        answered = _wait(f"{address}?q=第28条", "支持培育服务业重点企业", begun)
        paged = _wait(f"{address}readyz", '"page":true', begun)
        yield Server(address, lines, answered, paged)
    finally:
        process.terminate()
        process.wait(20)
        reading.join(5)
        stream.close()


def _wait(address: str, text: str, begun: float) -> float:
    import httpx

    while time.perf_counter() - begun < 90:
        try:
            if text in httpx.get(address, timeout=20).text:
                return time.perf_counter() - begun
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{address} did not show {text}")


@pytest.fixture
def tab(chromium: "Browser", served: Server, request: pytest.FixtureRequest) -> Iterator["Page"]:
    options = getattr(request, "param", {})
    context = chromium.new_context(base_url=served.address, locale="zh-CN", **options)
    made = context.new_page()
    left: list[str] = []
    failed: list[str] = []
    made.on("request", lambda r: left.append(r.url) if _leaves(r.url, served.address) else None)
    made.on("pageerror", lambda error: failed.append(str(error)))

    def dismiss(dialog: "Dialog") -> None:
        failed.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    made.on("dialog", dismiss)
    yield made
    context.close()
    assert left == []
    assert failed == []


def _leaves(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
