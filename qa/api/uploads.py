"""Documents that callers send: streamed to a file of their own, which goes when they are served."""

import base64
import binascii
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from qa.api.changes import Given
from qa.api.document_models import DocumentFields
from qa.api.problems import ApiError

_FILE = "file"
_MOST_FIELDS = 20
_LONGEST_NAME = 80
_LONGEST_FIELD = 8 * 1024
# Nothing that a file system, a terminal or a page could take for something else.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]'
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that was sent.

    Attributes:
        path: The file, under its own name, in a folder that goes when the caller is served.
        given: Fields that came with it.
    """

    path: Path
    given: Given


@asynccontextmanager
async def received(request: Request, json_limit: int) -> AsyncIterator[Upload]:
    """A document from a request's body, a form or JSON.

    Args:
        request: The request; its body was not read yet.
        json_limit: Most bytes of a JSON body.

    Raises:
        ApiError: The body is neither, or brings no file.
        RequestValidationError: A field is of a wrong form.
    """
    with tempfile.TemporaryDirectory(prefix="huiwen-") as folder:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            yield await _from_json(request, Path(folder), json_limit)
        elif kind == "multipart/form-data":
            yield await _from_form(request, Path(folder))
        else:
            raise ApiError("bad_upload")


def safe_name(name: str) -> str:
    """A file name without folders and characters that mean something; its ending is kept."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    path = PurePosixPath(_UNSAFE.sub("", plain).strip().lstrip("."))
    suffix = path.suffix[:10]
    return f"{path.stem.strip()[:_LONGEST_NAME] or 'document'}{suffix}"


async def _from_form(request: Request, folder: Path) -> Upload:
    try:
        # Files are written to disk as they come; only the other fields are held in memory.
        form = await request.form(
            max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD
        )
    except (HTTPException, MultiPartException):
        raise ApiError("bad_upload") from None
    try:
        return await _from_parts(form, folder)
    finally:
        await form.close()


async def _from_parts(form: FormData, folder: Path) -> Upload:
    file = form.get(_FILE)
    if not isinstance(file, UploadFile) or not file.filename:
        raise ApiError("bad_upload")
    given = _given({k: v for k, v in form.items() if k != _FILE})
    path = folder / safe_name(file.filename)
    await run_in_threadpool(_copy, file.file, path)
    return Upload(path, given)


async def _from_json(request: Request, folder: Path, limit: int) -> Upload:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise ApiError("too_large", limit=limit)
        parts.append(part)
    try:
        sent = json.loads(b"".join(parts))
    except (ValueError, RecursionError):
        raise ApiError("not_json") from None
    if not isinstance(sent, dict):
        raise ApiError("bad_upload")
    name, content = sent.pop("name", None), sent.pop("content", None)
    if not isinstance(name, str) or not isinstance(content, str):
        raise ApiError("bad_upload")
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise ApiError("bad_upload") from None
    given = _given(sent)
    path = folder / safe_name(name)
    await run_in_threadpool(path.write_bytes, data)
    return Upload(path, given)


def _copy(stream: BinaryIO, path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(stream, target, 1 << 20)


def _given(sent: Mapping[str, Any]) -> Given:
    """Fields as they are meant; an empty one is one that is not known."""
    blank = {k: None if isinstance(v, str) and not v.strip() else v for k, v in sent.items()}
    if blank.get("document_id", "") is None:
        del blank["document_id"]  # the page's form always has the field
    try:
        fields = DocumentFields.model_validate(blank)
    except ValidationError as error:
        found = [{**row, "loc": ("body", *row["loc"])} for row in error.errors()]
        raise RequestValidationError(found) from None
    return Given({name: getattr(fields, name) for name in fields.model_fields_set})
