"""Around every request: key, size, time, headers, figures."""

import asyncio
import base64
import binascii
import hmac
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from qa.api.figures import Figures
from qa.api.permission import changes_library, check_permission
from qa.api.problems import MEDIA_TYPE, ApiError, problem, problem_bytes
from qa.api.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_OPEN = frozenset({"/healthz", "/readyz"})
# With no referrer at all, a form of the own page would come from nowhere.
# Gradio's page needs inline scripts; what the policy grants is that nothing leaves this origin.
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (
        b"content-security-policy",
        b"default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        b"style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'; "
        b"form-action 'self'; object-src 'none'",
    ),
)
_LOG = logging.getLogger("huiwen.requests")


class Guard:
    """ASGI middleware.

    Args:
        app: What it guards.
        settings: Limits.
        figures: Counts requests.
        key: The key that callers must show, or None.
    """

    def __init__(
        self, app: App, *, settings: Settings, figures: Figures, key: str | None = None
    ) -> None:
        self._app = app
        self._settings = settings
        self._figures = figures
        self._key = key.encode() if key else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request within the limits."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # nothing here speaks it
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(send, time.perf_counter())
        try:
            self._check_key(scope)
            changes = changes_library(scope["method"], scope["path"])
            if changes:
                headers = dict(scope["headers"])
                check_permission(headers, self._settings, keyed=self._key is not None)
            limited = self._limited(scope, receive, exchange, changes)
            async with asyncio.timeout(self._seconds(scope, changes)):
                await self._app(scope, limited, exchange.send)
            if exchange.refused is not None:
                await exchange.fail(exchange.refused)
        except ApiError as error:
            await exchange.fail(error)
        except TimeoutError:
            await exchange.fail(ApiError("too_slow"))
        finally:
            self._count(scope, exchange)

    def _check_key(self, scope: Scope) -> None:
        if self._key is None or scope["path"] in _OPEN:
            return
        headers = dict(scope["headers"])
        shown = headers.get(b"x-api-key", b"")
        scheme, _, rest = headers.get(b"authorization", b"").partition(b" ")
        if scheme.lower() == b"bearer":
            shown = rest.strip()
        elif scheme.lower() == b"basic":  # what a browser asks its user for
            try:
                shown = base64.b64decode(rest).partition(b":")[2]
            except binascii.Error:
                shown = b""
        if not hmac.compare_digest(shown, self._key):
            raise ApiError("unauthorized")

    def _seconds(self, scope: Scope, changes: bool) -> float | None:
        """Longest time for a request."""
        if changes:
            return self._settings.change_seconds
        # Event streams of the page and of MCP stay open as long as their reader does.
        return self._settings.request_seconds if scope["path"].startswith("/api/") else None

    def _limited(
        self, scope: Scope, receive: Receive, exchange: "_Exchange", changes: bool
    ) -> Receive:
        """The body, as long as it is neither too large nor too slow."""
        limit = self._settings.upload_limit if changes else self._settings.body_limit
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if stated.isdigit() and int(stated) > limit:
            raise ApiError("too_large", limit=limit)
        taken, complete = 0, False

        async def limited() -> Message:
            nonlocal taken, complete
            if complete:  # all that can still come is that the caller hangs up
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self._settings.body_seconds)
            except TimeoutError:
                raise exchange.refuse("body_slow") from None
            taken += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if taken > limit:
                raise exchange.refuse("too_large", limit=limit)
            return message

        return limited

    def _count(self, scope: Scope, exchange: "_Exchange") -> None:
        route = getattr(scope.get("route"), "path", "page")  # never the path: it has no bounds
        seconds = time.perf_counter() - exchange.started
        self._figures.requests.labels(route, str(exchange.status)).inc()
        self._figures.seconds.labels(route).observe(seconds)
        if self._settings.log:
            _LOG.info("%s %s %s %.1f ms", scope["method"], route, exchange.status, seconds * 1000)


class _Exchange:
    """One response: adds headers, knows whether it has begun."""

    def __init__(self, send: Send, started: float) -> None:
        self._send = send
        self.started = started
        self.status = 0
        self.refused: ApiError | None = None

    def refuse(self, name: str, **fields: object) -> ApiError:
        """The body is not taken; whatever the app answers to that is not sent."""
        self.refused = ApiError(name, **fields)
        return self.refused

    async def send(self, message: Message) -> None:
        if self.refused is not None and not self.status:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            elapsed = (time.perf_counter() - self.started) * 1000
            timing = (b"server-timing", f"app;dur={elapsed:.2f}".encode())
            message["headers"] = [*message.get("headers", ()), *_HEADERS, timing]
        await self._send(message)

    async def fail(self, error: ApiError) -> None:
        if self.status:  # too late for another status; the cut connection says that it failed
            raise error
        form = problem(error.name, **error.fields)
        body = problem_bytes(form)
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        if form["status"] == 401:
            headers.append((b"www-authenticate", b'Basic realm="huiwen", charset="UTF-8"'))
        if form["status"] == 503:
            headers.append((b"retry-after", b"1"))
        if form["status"] in (408, 413):  # the rest of the body is not read
            headers.append((b"connection", b"close"))
        self.refused = None
        await self.send(
            {"type": "http.response.start", "status": form["status"], "headers": headers}
        )
        await self._send({"type": "http.response.body", "body": body})
