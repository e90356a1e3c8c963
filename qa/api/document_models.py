"""The JSON forms of requests that change the library, and of what they are told."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from qa.api.models import DocumentOut, Name, Request

# One line: no control characters.
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]


class DocumentFields(Request):
    """What is known of a document; what is left out is as its text says, null is not known."""

    title: Line | None = Field(None)
    number: Line | None = Field(None, examples=["乐政发〔2024〕1号"])
    issuer: Line | None = Field(None)
    region: Line | None = Field(None, examples=["乐清市"])
    year: int | None = Field(None, ge=1900, le=2099)
    status: Literal["征求意见稿", "正式印发", "未载明"] | None = None
    issued: date | None = None
    term_start: date | None = None
    term_end: date | None = None
    document_id: Name | None = Field(None, description="Id of the caller's choice.")


class DocumentIn(DocumentFields):
    """A document within JSON."""

    name: str = Field(description="File name; its ending tells kinds of text apart.")
    content: str = Field(description="The file in Base64.")


class DocumentForm(DocumentFields):
    """A document as a form."""

    file: bytes


class ProposedOut(BaseModel):
    """A value that a text suggests, and the wording behind it."""

    value: str | int | bool | list[str] | None
    quote: str | None
    line: int | None
    confidence: Literal["stated", "guessed"] | None


class NearOut(BaseModel):
    """A document that is nearly the same."""

    document_id: str
    share: float


class CheckOut(BaseModel):
    """How a document would be taken in; nothing was stored."""

    name: str
    kind: str
    known: str | None = Field(description="Id of the document that is this very file.")
    near: list[NearOut]
    fields: dict[str, Any]
    proposal: dict[str, ProposedOut]
    report: dict[str, Any]
    text: str = Field(description="The report in words.")
    warnings: list[str]


class AddedOut(BaseModel):
    """A document that was taken in."""

    document: DocumentOut
    near: list[NearOut]


class RemovedOut(BaseModel):
    """A document that was deleted; the version before it is current again."""

    removed: str
    current: str | None
