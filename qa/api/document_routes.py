"""The operations that change the user's library; `qa.api.guard` says who may call them."""

from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, Request

from corpus.library.change import Added
from qa.api import changes, document_forms, forms
from qa.api import document_models as models
from qa.api.routes import ERRORS, PROBLEM, Running
from qa.api.uploads import received

_REFUSED: dict[int | str, dict[str, Any]] = dict.fromkeys((403, 409, 507), PROBLEM)
_MISSING: dict[int | str, dict[str, Any]] = {404: PROBLEM}
router = APIRouter(prefix="/api/v1", responses={**ERRORS, **_REFUSED})


def _body(form: type[models.DocumentForm], sent: type[models.DocumentIn]) -> dict[str, Any]:
    """The body's description: it is read by hand, so that files go to disk as they come."""
    described = form.model_json_schema()
    described["properties"]["file"] = {"type": "string", "format": "binary"}
    content = {
        "multipart/form-data": {"schema": described},
        "application/json": {"schema": sent.model_json_schema()},
    }
    return {"requestBody": {"required": True, "content": content}}


_BODY = _body(models.DocumentForm, models.DocumentIn)


@router.post(
    "/documents/check",
    response_model=models.CheckOut,
    openapi_extra=_BODY,
    summary="See how a document would be taken in",
)
async def check(state: Running, request: Request) -> Any:  # noqa: ANN401
    """Reads a document and reports on it; nothing is stored."""
    async with received(request, state.settings.json_limit) as upload:
        return document_forms.checked(await state.read(partial(changes.check_file, upload.path)))


@router.post(
    "/documents",
    status_code=201,
    response_model=models.AddedOut,
    openapi_extra=_BODY,
    summary="Add a document",
)
async def add(state: Running, request: Request) -> Any:  # noqa: ANN401
    """Takes a document into the library of this machine's user.

    Fields that are given go before what the text says.
    """
    async with received(request, state.settings.json_limit) as upload:
        job = partial(changes.add_file, upload.path, upload.given)
        return _added(await state.change(job))


@router.put(
    "/documents/{document_id}",
    status_code=201,
    response_model=models.AddedOut,
    responses=_MISSING,
    openapi_extra=_BODY,
    summary="Put a new version in place of a document",
)
async def replace(state: Running, request: Request, document_id: str) -> Any:  # noqa: ANN401
    """The document before stays citable by its id."""
    async with received(request, state.settings.json_limit) as upload:
        job = partial(changes.replace_document, document_id, upload.path, upload.given)
        return _added(await state.change(job))


@router.delete(
    "/documents/{document_id}",
    response_model=models.RemovedOut,
    responses=_MISSING,
    summary="Delete a document for good",
)
async def remove(state: Running, document_id: str) -> Any:  # noqa: ANN401
    """Deletes a document; the version before it, if it was the last one, is current again."""
    held = await state.change(partial(changes.remove_document, document_id))
    before, after = held.entry.supersedes, held.entry.superseded_by
    return {"removed": document_id, "current": before if after is None else None}


def _added(added: Added) -> dict[str, Any]:
    document = forms.document(added.document, date.today())
    document["supersedes"] = added.held.entry.supersedes  # it was parsed before it was linked
    return {"document": document, "near": document_forms.near(added.near)}
