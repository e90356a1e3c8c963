import asyncio
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.errors import MissingFileError
from qa.answer import answer_to_json
from qa.api.app import create_app
from qa.api.service import Service
from qa.api.settings import Settings
from qa.api.warm import warm
from qa.assistant import Assistant
from qa.filters import Filters
from qa.library import Library
from tests.support import D24, DURING_2024, validator

_QUESTION = "服务业企业首次小升规有奖励吗"
_PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    service = Service(Assistant(warm(library)), 64)
    with TestClient(create_app(open_service=lambda: service)) as made:
        yield made


def _get(client: TestClient, path: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(f"/api/v1/{path}", params={k: str(v) for k, v in parameters.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("question", [_QUESTION, "第28条", "今天天气怎么样", "", "我厂升规有奖吗"])
def test_an_answer_is_the_same_as_without_a_server(
    client: TestClient, assistant: Assistant, question: str
) -> None:
    expected = answer_to_json(assistant.ask(question, as_of=DURING_2024))
    first = _get(client, "ask", q=question, as_of=DURING_2024)
    assert first == expected
    assert _get(client, "ask", q=question, as_of=DURING_2024) == expected  # from memory
    body = {"question": question, "as_of": DURING_2024.isoformat()}
    assert client.post("/api/v1/ask", json=body).json() == expected
    validator().validate(first)


def test_filters_hold_for_both_methods(client: TestClient, assistant: Assistant) -> None:
    filters = Filters(D24, 2024, "服务业", "税务局")
    expected = answer_to_json(assistant.ask(_QUESTION, filters=filters, top_k=3, as_of=DURING_2024))
    given = {"document": D24, "year": 2024, "section": "服务业", "unit": "税务局"}
    day = DURING_2024.isoformat()
    assert _get(client, "ask", q=_QUESTION, top_k=3, as_of=day, **given) == expected
    body = {"question": _QUESTION, "filters": given, "top_k": 3, "as_of": day}
    assert client.post("/api/v1/ask", json=body).json() == expected


def test_search_counts_what_its_facets_give(client: TestClient) -> None:
    whole = _get(client, "search", size=200)
    assert whole["total"] == len(whole["records"])
    for facet in ("year", "section", "unit", "kind", "validity"):
        assert whole["facets"][facet]
        for value in whole["facets"][facet][:4]:
            found = _get(client, "search", **{facet: value["value"]})
            assert found["total"] == value["count"], (facet, value)


def test_search_tells_who_leads_from_who_works_beside(client: TestClient) -> None:
    found = _get(client, "search", unit="市财政局", size=200)
    roles = {row["value"]: row["count"] for row in found["facets"]["role"]}
    leading = _get(client, "search", unit="市财政局", role="lead", size=200)
    assert leading["total"] == roles["lead"]
    assert all("市财政局" in (r["lead_unit"] or "").split("、") for r in leading["records"])
    assert roles["lead"] + roles["joint"] == found["total"]


def test_search_pages_and_sorts(client: TestClient) -> None:
    pages = [_get(client, "search", sort="title", page=n, size=30) for n in (1, 2, 3, 4, 5, 6)]
    titles = [r["title"] for page in pages for r in page["records"]]
    assert titles == sorted(titles)
    assert len(titles) == pages[0]["total"]
    down = _get(client, "search", sort="title", descending=True, size=1)
    assert down["records"][0]["title"] == titles[-1]


def test_a_theme_finds_its_clauses(client: TestClient) -> None:
    found = _get(client, "search", q="养老", size=100)
    assert all(
        record["measure_id"] in {r["measure_id"] for r in found["records"]}
        for record in _get(client, "search", size=200)["records"]
        if "养老" in record["text"]
    )
    assert found["total"] < 30


@pytest.mark.parametrize("form", ["csv", "xlsx", "md"])
def test_a_search_is_a_file_too(client: TestClient, form: str) -> None:
    from openpyxl import load_workbook

    answer = client.get(f"/api/v1/search.{form}", params={"unit": "市商务局", "page": 2})
    total = _get(client, "search", unit="市商务局")["total"]
    assert f"huiwen.{form}" in answer.headers["content-disposition"]
    if form == "xlsx":
        assert load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row == total + 1
    elif form == "md":
        assert len(answer.text.splitlines()) == total + 2
    else:
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.text.count("《") >= total


def test_a_record_comes_with_its_neighbours_and_benefits(client: TestClient) -> None:
    detail = _get(client, f"measures/{D24}:28", as_of=DURING_2024)
    assert (detail["number"], detail["validity"]) == (28, "draft")
    assert (detail["before"]["number"], detail["after"]["number"]) == (27, 29)
    assert any(b["amount_text"] == "5万元" for b in detail["benefits"])
    first = _get(client, f"measures/{D24}:preamble")
    assert first["before"] is None


def test_documents_and_benefits_are_listed(client: TestClient) -> None:
    found = _get(client, "documents", as_of=DURING_2024)
    assert [d["validity"] for d in found["documents"]] == ["draft", "expired"]
    assert found["index"]["records"] == sum(d["records"] for d in found["documents"])
    some = _get(client, "benefits", kind="奖励", year=2024)
    assert some["total"] == len(some["benefits"]) > 0
    assert {b["kind"] for b in some["benefits"]} == {"奖励"}


def test_a_firm_is_matched_by_sentence_and_by_profile(client: TestClient) -> None:
    by_text = client.post("/api/v1/match", json={"text": "我们是规上软件企业，想要研发补助"})
    assert by_text.status_code == 200
    found = by_text.json()
    assert found["matches"]
    again = client.post("/api/v1/match", json={"profile": found["profile"]}).json()
    assert again["matches"] == found["matches"]


def test_two_years_are_compared(client: TestClient) -> None:
    rows = _get(client, "compare")["rows"]
    assert {row["state"] for row in rows} >= {"changed", "new", "dropped"}
    [row] = _get(client, "compare", measure=f"{D24}:28")["rows"]
    assert row["newer"]["number"] == 28


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("GET", "/api/v1/ask", None, 422, "q：缺少"),
        ("GET", "/api/v1/ask?q=x&top_k=0", None, 422, "top_k：不得小于1"),
        ("GET", "/api/v1/ask?q=第28条&unit=航天局", None, 422, "航天局"),
        ("GET", "/api/v1/ask?q=补助多少&year=1999", None, 422, "现有：2024、2023"),
        ("GET", "/api/v1/search?sort=x", None, 422, "sort：只能是"),
        ("GET", "/api/v1/search?section=航天", None, 422, "航天"),
        ("GET", "/api/v1/benefits?kind=x", None, 422, "奖励"),
        ("GET", "/api/v1/compare?section=航天", None, 422, "航天"),
        ("GET", "/api/v1/measures/x", None, 404, "“x”"),
        ("GET", "/api/v1/search.exe", None, 422, "form"),
        ("GET", "/api/v1/nothing", None, 404, "openapi.json"),
        ("GET", "/nothing", None, 404, "openapi.json"),
        ("DELETE", "/api/v1/ask", None, 405, "方法"),
        ("POST", "/api/v1/ask", "{", 422, "JSON"),
        ("POST", "/api/v1/ask", '{"question": "第28条", "colour": 1}', 422, "colour：不认识"),
        ("POST", "/api/v1/match", '{"profile": {"industry": ["魔法"]}}', 422, "制造业"),
        ("POST", "/api/v1/match", '{"profile": {"colour": 1}}', 422, "industry"),
    ],
)
def test_errors_are_problems_in_chinese(
    client: TestClient, method: str, path: str, body: str | None, status: int, says: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.request(method, path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == _PROBLEM
    form = answer.json()
    assert form["status"] == status
    assert says in form["detail"]


def test_a_wrong_method_is_told_which_there_are(client: TestClient) -> None:
    assert client.delete("/api/v1/ask").headers["allow"] == "GET, POST"


def test_a_large_body_is_refused_whether_or_not_it_states_its_size(client: TestClient) -> None:
    stated = client.post("/api/v1/ask", content=b"x" * 70_000)
    streamed = client.post("/api/v1/ask", content=(b"x" * 7_000 for _ in range(10)))
    for answer in (stated, streamed):
        assert answer.status_code == 413
        assert "65536" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": "wrong"}, 401),
        ({"X-API-Key": "s3cret"}, 200),
        ({"Authorization": "Bearer s3cret"}, 200),
        ({"Authorization": "Basic dTpzM2NyZXQ="}, 200),
        ({"Authorization": "Basic !!!"}, 401),
        ({"Authorization": "Bearer"}, 401),
    ],
)
def test_a_key_is_asked_for(library: Library, headers: dict[str, str], status: int) -> None:
    app = create_app(key="s3cret", open_service=lambda: Service(Assistant(library)))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code in (200, 503)
        assert client.get("/metrics", headers=headers).status_code == status
        answer = client.get("/api/v1/ask?q=第28条", headers=headers)
        assert answer.status_code == status
        if status == 401:
            assert answer.headers["content-type"] == _PROBLEM
            assert "s3cret" not in answer.text


def test_a_library_that_cannot_be_opened_is_told(caplog: pytest.LogCaptureFixture) -> None:
    from pathlib import Path

    def fail() -> Service:
        raise MissingFileError(Path("x"), "put it there")

    with TestClient(create_app(open_service=fail)) as client:
        assert client.get("/api/v1/ask?q=第28条").status_code == 503
        assert client.get("/readyz").json()["status"] == "failed"
        assert client.get("/healthz").status_code == 200
    assert "put it there" in caplog.text


def test_too_many_callers_are_turned_away(library: Library) -> None:
    app = create_app(Settings(waiting=0), open_service=lambda: Service(Assistant(library)))
    app.state.huiwen._service = Service(Assistant(library))
    with TestClient(app) as client:
        answer = client.get("/api/v1/ask?q=第28条")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"


def test_an_unforeseen_error_shows_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def burst(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(Service, "detail", burst)
    quiet = TestClient(client.app, raise_server_exceptions=False)
    answer = quiet.get(f"/api/v1/measures/{D24}:28?x=13812345678")
    assert (answer.status_code, answer.headers["content-type"]) == (500, _PROBLEM)
    assert "inside" not in answer.text
    assert "13812345678" not in caplog.text


def test_figures_count_requests_and_hold_no_question(client: TestClient) -> None:
    _get(client, "ask", q="绝无仅有的问题第28条")
    client.get("/绝无仅有的地址")
    text = client.get("/metrics").text
    assert 'huiwen_requests_total{route="/api/v1/ask",status="200"}' in text
    assert "huiwen_request_seconds_bucket" in text
    assert "绝无仅有" not in text


def test_answers_at_the_same_time_do_not_mix(client: TestClient, assistant: Assistant) -> None:
    numbers = list(range(1, 31))

    async def ask_all() -> list[dict[str, Any]]:
        calls = [
            asyncio.to_thread(_get, client, "ask", q=f"第{n}条", as_of=DURING_2024) for n in numbers
        ]
        return list(await asyncio.gather(*calls))

    found = asyncio.run(ask_all())
    expected = [answer_to_json(assistant.ask(f"第{n}条", as_of=DURING_2024)) for n in numbers]
    assert found == expected


def test_feedback_is_taken(client: TestClient) -> None:
    good = {"verdict": "up", "question": _QUESTION, "status": "answered"}
    assert client.post("/api/v1/feedback", json=good).json() == {"stored": True}
    assert client.post("/api/v1/feedback", json={**good, "verdict": "so"}).status_code == 422


def test_the_interface_describes_itself(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        if path.startswith("/api/"):
            for operation in operations.values():
                assert operation["summary"], path
                assert {"200", "201"} & set(operation["responses"])
    assert json.dumps(schema, ensure_ascii=False).count("leqing-2024:28") >= 2
