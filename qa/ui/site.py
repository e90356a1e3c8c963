"""Serves the page: plain HTML from the first second, Gradio's page once it is made."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from qa.api.guard import App, Receive, Scope, Send
from qa.api.problems import ApiError, problem
from qa.api.state import State
from qa.compose import TEMPLATES
from qa.ui.address import Address
from qa.ui.intake import INTAKE
from qa.ui.render import Rendered, document, opening, render
from qa.ui.views import asked, view

_LOG = logging.getLogger("huiwen")
_ASSETS = {
    "/ui/ui.css": "text/css",
    "/ui/ui.js": "text/javascript",
    "/ui/ui_library.js": "text/javascript",
    "/ui/icon.svg": "image/svg+xml",
}
Renderer = Callable[[str], Awaitable[Rendered]]
# Somebody who has just started the server sees a page at once; it comes again by itself.
_MOMENT = 0.7
_NO_CACHE = {"Cache-Control": "no-store"}


class Site:
    """The page as an ASGI application.

    Importing Gradio takes seconds. Until it is there, and for browsers without scripts (`/plain`),
    the same views are served as plain HTML.
    """

    def __init__(self) -> None:
        self._state: State | None = None
        self._page: App | None = None

    async def run(self, state: State) -> None:
        """Makes Gradio's page, then stays until it is cancelled."""
        self._state = state
        await state.service()  # questions first: both would want the processor
        async with AsyncExitStack() as stack:
            try:
                from qa.ui import page

                made = await asyncio.to_thread(page.build, self.render, state)
                await stack.enter_async_context(made.router.lifespan_context(made))
            except Exception:
                # The plain page goes on without it.
                _LOG.exception("Gradio's page cannot be made")
                return
            self._page = made
            state.page_ready = True
            # Aligning two years takes a second, once.
            with suppress(ApiError):
                await state.turns.run((await state.service()).compare)
            await asyncio.Event().wait()

    async def render(self, search: str) -> Rendered:
        """The view of an address."""
        address = Address.parse(search)
        try:
            assert self._state is not None
            listing = address.tab == "library"
            service = await (self._state.current() if listing else self._state.service())
            wanted = asked(address)
            if wanted is not None:
                await self._state.answer(wanted)  # counted, and remembered for the view
            can_change = self._state.settings.changes
            return await self._state.turns.run(view, service, address, can_change=can_change)
        except ApiError as error:
            return render(address, "problem", {"problem": problem(error.name, **error.fields)})
        except Exception:
            _LOG.exception("the view of tab %s failed", address.tab)  # without the question
            return render(address, "problem", {"problem": problem("internal")})

    async def _opened(self) -> bool:
        """Whether the library is open, or cannot be opened; waits a moment for it."""
        if self._state is None:
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(self._state.opened.wait(), _MOMENT)
        return self._state.opened.is_set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request."""
        path = scope["path"]
        if path in _ASSETS:
            response: Response = FileResponse(
                TEMPLATES / path.rsplit("/", 1)[1], media_type=_ASSETS[path]
            )
        elif path in INTAKE and self._state is not None:
            response = await INTAKE[path](self._state, Request(scope, receive))
        elif path == "/plain" or (self._page is None and path == "/"):
            response = await self._plain(Request(scope, receive), starting=path == "/")
        elif self._page is None:
            response = RedirectResponse("/")
        else:
            inner = {k: v for k, v in scope.items() if k not in ("app", "router", "route")}
            await self._page(inner, receive, send)
            return
        await response(scope, receive, send)

    async def _plain(self, request: Request, *, starting: bool) -> Response:
        if not await self._opened():
            return HTMLResponse(opening(), headers=_NO_CACHE)
        rendered = await self.render(request.url.query)
        return HTMLResponse(document(rendered, starting=starting), headers=_NO_CACHE)
