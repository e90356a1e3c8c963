"""Errors as application/problem+json (RFC 9457), in Chinese; the wording is in api.toml."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from corpus.errors import HuiwenError
from qa.compose import TEMPLATES

MEDIA_TYPE = "application/problem+json"
_WORDING = TEMPLATES / "api.toml"


class ApiError(HuiwenError):
    """A request that cannot be served.

    Attributes:
        name: Name of the problem in the wording file.
        fields: What its wording mentions.
    """

    def __init__(self, name: str, **fields: object) -> None:
        super().__init__(name)
        self.name = name
        self.fields = fields


@lru_cache(maxsize=1)
def wording() -> Mapping[str, Any]:
    """The wording file."""
    return tomllib.loads(_WORDING.read_text("utf-8"))


def problem(name: str, **fields: object) -> dict[str, Any]:
    """A problem's JSON form."""
    entry = wording()["problems"][name]
    return {
        "type": f"urn:huiwen:problem:{name}",
        "title": entry["title"],
        "status": entry["status"],
        "detail": entry["detail"].format(**fields),
    }


def problem_bytes(form: Mapping[str, Any]) -> bytes:
    """A problem as it goes over the wire."""
    return json.dumps(form, ensure_ascii=False).encode()


def validation_problem(errors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The problem for parameters that pydantic refuses."""
    if any(error["type"] == "json_invalid" for error in errors):
        return problem("not_json")
    texts = wording()["validation"]
    found = []
    for error in errors:
        # The first part says query, path or body; callers know where they put it.
        name = ".".join(str(part) for part in error["loc"][1:]) or texts["body"]
        text = texts.get(error["type"], texts["other"])
        found.append({"field": name, "problem": text.format_map(_Context(error.get("ctx", {})))})
    listed = "；".join(f"{row['field']}：{row['problem']}" for row in found)
    return problem("bad_parameter", listed=listed) | {"errors": found}


class _Context(dict[str, Any]):
    """Fields of a message; one that pydantic does not give stays empty."""

    def __missing__(self, key: str) -> str:
        return ""
