"""Requests of the page's forms that change the library."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from qa.api import changes, document_forms
from qa.api.problems import ApiError
from qa.api.state import State
from qa.api.uploads import received
from qa.ui.address import fresh
from qa.ui.render import piece


async def check(state: State, request: Request) -> Response:
    """What was understood of a file, as a form to confirm or correct it; nothing is stored."""
    _only_post(request)
    async with received(request, state.settings.json_limit) as upload:
        found = await state.read(partial(changes.check_file, upload.path))
    context = {
        **document_forms.checked(found),
        "order": document_forms.FIELDS,
        "replaces": request.query_params.get("replace"),
    }
    return HTMLResponse(piece("intake", context))


async def remove(state: State, request: Request) -> Response:
    """Deletes a document, for browsers without scripts."""
    _only_post(request)
    async with request.form(max_files=0, max_fields=2) as form:
        document_id = str(form.get("document", ""))
    await state.change(partial(changes.remove_document, document_id))
    return RedirectResponse(f"/plain{fresh(tab='library')}", 303)


def _only_post(request: Request) -> None:
    if request.method != "POST":
        raise ApiError("method")


INTAKE: Mapping[str, Callable[[State, Request], Awaitable[Response]]] = {
    "/ui/documents/check": check,
    "/ui/documents/remove": remove,
}
