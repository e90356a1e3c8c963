"""The JSON forms of requests and responses, as the OpenAPI document describes them."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

# No control characters, no lone surrogates: neither can be part of a name in the documents.
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Day = Annotated[date, Field(description="Validity is judged on this day; today by default.")]
ValidityName = Literal["in_force", "expired", "not_yet", "draft", "unknown"]
MEASURE_ID = "leqing-2024:28"
QUESTION = "服务业企业首次小升规有奖励吗"


class Request(BaseModel):
    """Base of request bodies: an unknown field is an error, as it would be ignored otherwise."""

    model_config = ConfigDict(extra="forbid")


class FiltersIn(Request):
    """Restrictions; what is left out restricts nothing."""

    document: Name | None = Field(None, description="Document id.", examples=["leqing-2024"])
    year: int | None = Field(None, ge=1, le=9999, examples=[2024])
    section: Name | None = Field(None, description="Number of a section or part of its title.")
    unit: Name | None = Field(None, description="A unit's name, short or in full.")

    @classmethod
    def none(cls) -> Self:
        """No restriction."""
        return cls.model_validate({})


class AskIn(Request):
    """A question."""

    question: str = Field(max_length=20_000, examples=[QUESTION])
    filters: FiltersIn = Field(default_factory=FiltersIn.none)
    top_k: int = Field(10, ge=1, le=100, description="Most citations.")
    as_of: Day | None = None
    plain: bool = Field(False, description="Search only: no lists, no parts.")


class MatchIn(Request):
    """A firm or person: a profile in fields, or a sentence."""

    profile: dict[str, Any] | None = Field(
        None,
        description="industry, size, qualifications, location, founded, needs",
        examples=[{"industry": ["服务业"], "size": "规上", "needs": ["奖励"]}],
    )
    text: str | None = Field(None, max_length=1000, examples=["我们是去年成立的软件公司，想要补贴"])
    as_of: Day | None = None


class FeedbackIn(Request):
    """What somebody thinks of an answer."""

    verdict: Literal["up", "down"]
    question: str = Field(max_length=500)
    measure_id: Name | None = None
    status: Literal["answered", "related", "not_found", "invalid"] | None = None
    text: str = Field("", max_length=1000)


class FeedbackOut(BaseModel):
    """The receipt of feedback."""

    stored: bool


class CitationOut(BaseModel):
    """A quoted record."""

    measure_id: str = Field(examples=[MEASURE_ID])
    document_id: str
    document_title: str
    document_number: str | None
    document_status: str
    validity: ValidityName
    number: int | None
    title: str
    section: str
    lead_unit: str | None
    units: list[str]
    units_source: Literal["measure", "section", "none"]
    quote: str
    start: int
    end: int
    score: float
    model_config = ConfigDict(extra="allow")


class AnswerOut(BaseModel):
    """An answer; the same form as `huiwen ask --json` prints."""

    qid: str | None = None
    question: str = Field(examples=[QUESTION])
    status: Literal["answered", "related", "not_found", "invalid"]
    reason: str | None
    as_of: date
    citations: list[CitationOut]
    notices: list[str]
    text: str
    model_config = ConfigDict(extra="allow")


class RecordOut(BaseModel):
    """A record: a clause, a section's introduction, a preamble or closing."""

    measure_id: str = Field(examples=[MEASURE_ID])
    document_id: str
    document_title: str
    document_number: str | None
    document_status: str
    year: int | None
    validity: ValidityName
    kind: str
    number: int | None
    title: str
    section: str
    lead_unit: str | None
    units: list[str]
    units_source: str
    text: str
    start: int
    end: int
    benefit_kinds: list[str]
    score: float = 0.0


class FacetValue(BaseModel):
    """A value of a facet and how many records have it."""

    value: str
    count: int


class SearchOut(BaseModel):
    """A page of records."""

    total: int
    page: int
    pages: int
    size: int
    as_of: date
    facets: dict[str, list[FacetValue]]
    records: list[RecordOut]


class Neighbour(BaseModel):
    """The record before or after."""

    measure_id: str
    number: int | None
    title: str
    text: str


class DetailOut(RecordOut):
    """A record with what stands beside it."""

    before: Neighbour | None
    after: Neighbour | None
    benefits: list[dict[str, Any]]


class DocumentOut(BaseModel):
    """A document as the catalog describes it."""

    document_id: str = Field(examples=["leqing-2024"])
    title: str
    number: str | None
    issuer: str | None
    region: str
    year: int | None
    status: str
    validity: ValidityName
    issued: date | None
    term_start: date | None
    term_end: date | None
    term_quote: str | None
    measures: int
    records: int
    characters: int
    sha256: str
    supersedes: str | None
    superseded_by: str | None


class DocumentsOut(BaseModel):
    """All documents, and the index that was made from them."""

    documents: list[DocumentOut]
    index: dict[str, Any]


class BenefitsOut(BaseModel):
    """Benefits that measures grant."""

    total: int
    benefits: list[dict[str, Any]]


class MatchOut(BaseModel):
    """Measures that fit a profile, may fit it, or do not."""

    as_of: date
    profile: dict[str, Any]
    matches: list[dict[str, Any]]
    notices: list[str]
    model_config = ConfigDict(extra="allow")


class CompareOut(BaseModel):
    """Two documents side by side."""

    older: str
    newer: str
    rows: list[dict[str, Any]]
    model_config = ConfigDict(extra="allow")


class StateOut(BaseModel):
    """Whether the server is up, and ready to answer."""

    status: Literal["ok", "ready", "starting", "failed"]
    page: bool | None = None


class ProblemOut(BaseModel):
    """An error, in Chinese (RFC 9457)."""

    type: str = Field(examples=["urn:huiwen:problem:no_measure"])
    title: str = Field(examples=["没有这一条"])
    status: int
    detail: str = Field(examples=["文件中没有编号为“leqing-2024:99”的条款。"])
    errors: list[dict[str, str]] | None = None
