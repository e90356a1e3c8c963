"""The JSON operations."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from qa.api import export, feedback, forms, models
from qa.api.models import Day, Name, ValidityName
from qa.api.search import Query as SearchQuery
from qa.api.search import Role, Sort
from qa.api.state import State
from qa.filters import Filters

PROBLEM = {"model": models.ProblemOut, "content": {"application/problem+json": {}}}
ERRORS: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 408, 413, 422, 503, 504), PROBLEM)
router = APIRouter(prefix="/api/v1", responses=ERRORS)
_MISSING: dict[int | str, dict[str, Any]] = {404: PROBLEM}
_JSON = "application/json"
_MOST_EXPORTED = 1000


def _state(request: Request) -> State:
    state: State = request.app.state.huiwen
    return state


Running = Annotated[State, Depends(_state)]
OptionalName = Annotated[Name | None, Query()]
Year = Annotated[int | None, Query(ge=1, le=9999)]
AsOf = Annotated[Day | None, Query()]


@router.get("/ask", response_model=models.AnswerOut, summary="Answer a question")
async def ask(
    state: Running,
    q: Annotated[str, Query(max_length=20_000, examples=[models.QUESTION])],
    document: OptionalName = None,
    year: Year = None,
    section: OptionalName = None,
    unit: OptionalName = None,
    top_k: Annotated[int, Query(ge=1, le=100)] = 10,
    as_of: AsOf = None,
    plain: Annotated[bool, Query(description="Search only: no lists, no parts.")] = False,
) -> Response:
    """Answers with verbatim, cited clauses.

    A question that cannot be used (empty, too short, too long) has status `invalid`; where the
    documents state no answer, the status is `related` or `not_found`. All of these are answers.
    """
    service = await state.service()
    filters = Filters(document, year, section, unit)
    answered = await state.answer(service.asked(q, filters, top_k, as_of, plain))
    return Response(answered.body, media_type=_JSON)


@router.post("/ask", response_model=models.AnswerOut, summary="Answer a question")
async def ask_in_full(state: Running, body: models.AskIn) -> Response:
    """The same, with the question in the body."""
    service = await state.service()
    filters = Filters(**body.filters.model_dump())
    asked = service.asked(body.question, filters, body.top_k, body.as_of, body.plain)
    return Response((await state.answer(asked)).body, media_type=_JSON)


def _search_query(
    q: Annotated[str, Query(max_length=500, description="A theme in words.")] = "",
    document: OptionalName = None,
    year: Year = None,
    section: OptionalName = None,
    unit: OptionalName = None,
    role: Annotated[Role | None, Query(description="The unit leads, or works beside.")] = None,
    kind: Annotated[Name | None, Query(description="Kind of a benefit.")] = None,
    validity: Annotated[ValidityName | None, Query()] = None,
    sort: Annotated[Sort, Query()] = "relevance",
    descending: bool = False,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 20,
) -> SearchQuery:
    return SearchQuery(
        q, document, year, section, unit, role, kind, validity, sort, descending, page, size
    )


Searched = Annotated[SearchQuery, Depends(_search_query)]


@router.get("/search", response_model=models.SearchOut, summary="Find records")
async def search(state: Running, query: Searched, as_of: AsOf = None) -> Any:  # noqa: ANN401
    """Records by words and facets. Each facet counts what its other values would give."""
    service = await state.service()
    return forms.page(await state.turns.run(service.search, query, as_of))


@router.get(
    "/search.{form}",
    summary="The same as a file",
    response_class=Response,
    responses={200: {"content": {t: {} for t in export.MEDIA_TYPES.values()}}},
)
async def search_file(
    state: Running, form: Literal["csv", "xlsx", "md"], query: Searched, as_of: AsOf = None
) -> Response:
    """All records that a search finds, as a table; no cell is run as a formula."""
    service = await state.service()
    whole = replace(query, page=1, size=_MOST_EXPORTED)

    def make() -> bytes:
        return export.export(service.search(whole, as_of).records, form)

    return Response(
        await state.turns.run(make),
        media_type=export.MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="huiwen.{form}"'},
    )


@router.get(
    "/measures/{measure_id}",
    response_model=models.DetailOut,
    responses=_MISSING,
    summary="One record",
)
async def measure(state: Running, measure_id: str, as_of: AsOf = None) -> Any:  # noqa: ANN401
    """A record with its neighbours, validity and benefits; ids are like `leqing-2024:28`."""
    service = await state.service()
    found = await state.turns.run(service.detail, measure_id, as_of)
    return forms.detail(found, service.kinds.get(measure_id, ()))


@router.get("/documents", response_model=models.DocumentsOut, summary="Documents and index")
async def documents(state: Running, as_of: AsOf = None) -> Any:  # noqa: ANN401
    """All documents with number, term, validity and counts."""
    service = await state.current()
    day = as_of or date.today()
    return {
        "documents": [forms.document(document, day) for document in service.documents],
        "index": await state.turns.run(service.health),
    }


@router.get("/benefits", response_model=models.BenefitsOut, responses=_MISSING, summary="Benefits")
async def benefits(
    state: Running,
    kind: OptionalName = None,
    who: OptionalName = None,
    year: Year = None,
    measure_id: OptionalName = None,
) -> Any:  # noqa: ANN401
    """Benefits that measures grant: kind, group, condition, amount, verbatim quote."""
    service = await state.service()
    found = await state.turns.run(service.benefits, kind, who, year, measure_id)
    return {"total": len(found), "benefits": found}


@router.post("/match", response_model=models.MatchOut, responses=_MISSING, summary="Match a firm")
async def match(state: Running, body: models.MatchIn) -> Any:  # noqa: ANN401
    """Measures that fit a profile, with the state of each condition."""
    service = await state.service()
    return await state.turns.run(service.match, body.profile, body.text, body.as_of)


@router.get("/compare", response_model=models.CompareOut, responses=_MISSING, summary="Two years")
async def compare(
    state: Running, section: OptionalName = None, measure: OptionalName = None
) -> Any:  # noqa: ANN401
    """Measures of both years, aligned, with differences of numbers and wording."""
    service = await state.service()
    return await state.turns.run(service.compare, section, measure)


@router.post("/feedback", response_model=models.FeedbackOut, summary="Say what an answer was worth")
async def give_feedback(state: Running, body: models.FeedbackIn) -> Any:  # noqa: ANN401
    """Stores feedback on this machine, telephone and ID numbers masked."""
    await state.turns.run(feedback.store, body.model_dump())
    state.figures.feedback.labels(body.verdict).inc()
    return {"stored": True}
