"""The server's application: JSON operations, health, figures; the page where there is one."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Route

from index.protocols import Encoder
from qa.api import figures, models
from qa.api.document_routes import router as document_router
from qa.api.guard import Guard, Receive, Scope, Send
from qa.api.problems import MEDIA_TYPE, ApiError, problem, problem_bytes, validation_problem
from qa.api.routes import router
from qa.api.service import Service
from qa.api.settings import Settings, api_key, inherited
from qa.api.state import State
from qa.api.warm import open_warm

_LOG = logging.getLogger("huiwen")
_BY_STATUS = {404: "no_path", 405: "method"}


class Pages(Protocol):
    """Serves what is not JSON."""

    async def run(self, state: State) -> None:
        """Makes itself ready, then stays until it is cancelled."""
        ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request."""
        ...


def create_app(
    settings: Settings | None = None,
    *,
    key: str | None = None,
    pages: Pages | None = None,
    open_service: Callable[[], Service] | None = None,
) -> FastAPI:
    """The application.

    Args:
        settings: Limits; defaults by default.
        key: The key that callers must show, or None.
        pages: Serves every path that is not an operation's.
        open_service: Opens the library; by default the shipped one, warmed up.
    """
    settings = settings or Settings()
    state: State

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(state.open())]
        if pages is not None:
            tasks.append(asyncio.create_task(pages.run(state)))
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        state.close()

    app = FastAPI(
        title="Huiwen 惠问",
        summary="Verbatim, cited answers from policy documents",
        version="1",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # both viewers load their scripts from elsewhere
        redoc_url=None,
    )
    state = State(settings, open_service or _Opener(settings))
    app.state.huiwen = state
    app.include_router(router)
    app.include_router(document_router)
    _health(app, state)
    _handlers(app)
    if pages is not None:
        _rest(app, pages)
    app.add_middleware(Guard, settings=settings, figures=state.figures, key=key)
    return app


class _Opener:
    """Opens the library, again where it has changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._encoder: Encoder | None = None

    def __call__(self) -> Service:
        """The library as it is now, warmed up."""
        assistant = open_warm(self._encoder)
        self._encoder = assistant.library.encoder
        service = Service(assistant, self._settings.cached)
        assert service.kinds is not None  # computed now: a mistake in the rules' file shows at once
        return service


def _health(app: FastAPI, state: State) -> None:
    @app.get("/healthz", response_model=models.StateOut, summary="Is the process alive?")
    async def healthz() -> dict[str, Any]:
        return {"status": "ok"}

    @app.get(
        "/readyz",
        response_model=models.StateOut,
        responses={503: {"model": models.StateOut}},
        summary="Can it answer?",
    )
    async def readyz(response: Response) -> dict[str, Any]:
        response.status_code = 200 if state.ready else 503
        failed = "failed" if state.failure else "starting"
        return {"status": "ready" if state.ready else failed, "page": state.page_ready}

    @app.get("/metrics", response_class=Response, summary="Figures for Prometheus")
    async def metrics() -> Response:
        return Response(state.figures.text(), media_type=figures.MEDIA_TYPE)


def _handlers(app: FastAPI) -> None:
    def respond(form: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
        return Response(problem_bytes(form), form["status"], headers, MEDIA_TYPE)

    @app.exception_handler(ApiError)
    async def api_error(_: Request, error: ApiError) -> Response:
        form = problem(error.name, **error.fields)
        return respond(form, {"Retry-After": "1"} if form["status"] == 503 else None)

    @app.exception_handler(RequestValidationError)
    async def validation(_: Request, error: RequestValidationError) -> Response:
        return respond(validation_problem(error.errors()))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        form = problem(_BY_STATUS.get(error.status_code, "other"))
        headers = dict(error.headers or {})
        if error.status_code == 405:
            # Starlette names the methods of one route; a path may have one for each method.
            methods = {
                method
                for route in [*router.routes, *document_router.routes, *app.routes]
                if isinstance(route, Route) and route.path_regex.match(request.url.path)
                for method in route.methods or ()
            }
            headers["Allow"] = ", ".join(sorted(methods))
        return respond(form | {"status": error.status_code}, headers)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        # Without the query: questions are not logged.
        _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return respond(problem("internal"))


def _rest(app: FastAPI, pages: Pages) -> None:
    """Gives the page what no operation matches; a wrong method is still a wrong method."""

    async def rest(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/api/"):
            raise HTTPException(404)
        await pages(scope, receive, send)

    app.router.default = rest


def from_environment() -> FastAPI:
    """The application of a worker process."""
    settings = inherited()
    _log_to_stderr(settings)
    # The thread that answers hands the interpreter over this often: the loop waits no longer.
    sys.setswitchinterval(0.001)
    pages: Pages | None = None
    if settings.page:
        from importlib import import_module

        # The page stands above the interface; that it is named here is all this package knows.
        pages = import_module("qa.ui.site").Site()
    return create_app(settings, key=api_key(), pages=pages)


def _log_to_stderr(settings: Settings) -> None:
    # Not the root logger: libraries that were never asked would write there too.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO if settings.log else logging.WARNING)
