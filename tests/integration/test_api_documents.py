"""Documents that come and go through a running server."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.errors import MissingFileError
from qa.api.app import create_app
from qa.api.service import Service
from qa.api.settings import Settings
from qa.api.warm import warm
from qa.assistant import Assistant
from qa.library import Library, open_library
from tests.support import D24

_TEXT = """\
青溪县人民政府关于支持竹编产业发展的若干措施
青政发〔2024〕7号
一、对新开办的竹编工坊，经认定，给予3万元一次性补助。责任单位：县文化和旅游局、县财政局。
二、对参加国内展会的竹编企业，按展位费的50%给予补助。责任单位：县商务局。
三、本措施自2024年3月1日起施行，有效期至2026年2月28日。
青溪县人民政府
2024年2月20日
"""
_ASK = "新开办竹编工坊有补助吗"
_SAME = {"origin": "http://localhost", "host": "localhost"}
_PATH = "/api/v1/documents"
_PLAIN, _JSON = {"content-type": "text/plain"}, {"content-type": "application/json"}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone."""
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def client(library: Library, home: Path, own: Path) -> Iterator[TestClient]:
    assert library.measures  # its index is built

    def opened() -> Service:
        # The index of the shipped documents is the session's.
        library = open_library(folder=_index(own, home))
        return Service(Assistant(warm(library)), 64)

    app = create_app(Settings(changes=True), open_service=opened)
    with TestClient(app, base_url="http://localhost") as made:
        yield made


def _index(own: Path, home: Path) -> Path:
    place = own / "index"
    if not place.exists() and (home / "index").exists():
        own.mkdir(parents=True, exist_ok=True)
        place.symlink_to(home / "index")
    return place


def _none() -> Service:
    """No library: documents are looked at without one."""
    raise MissingFileError(Path("library"), "none is needed")


def _file(text: str = _TEXT, name: str = "竹编.txt") -> dict[str, Any]:
    return {"file": (name, text.encode(), "text/plain")}


def _listed(client: TestClient) -> list[str]:
    return [row["document_id"] for row in client.get(_PATH).json()["documents"]]


def _cited(client: TestClient, question: str = _ASK) -> list[str]:
    answer = client.get("/api/v1/ask", params={"q": question}).json()
    return [c["document_id"] for c in answer["citations"]] if answer["status"] == "answered" else []


def test_nothing_is_stored_before_it_is_confirmed(client: TestClient, own: Path) -> None:
    told = client.post(f"{_PATH}/check", files=_file()).json()
    assert told["fields"] == {
        "title": "青溪县人民政府关于支持竹编产业发展的若干措施",
        "number": "青政发〔2024〕7号",
        "issuer": "青溪县人民政府",
        "region": "青溪县",
        "year": 2024,
        "status": "正式印发",
        "issued": "2024-02-20",
        "term_start": "2024-03-01",
        "term_end": "2026-02-28",
    }
    assert told["report"]["measures"] == 3
    assert told["proposal"]["number"]["quote"] == "青政发〔2024〕7号"
    assert "一、结构" in told["text"]
    assert told["known"] is None
    assert not (own / "library").exists()
    assert len(_listed(client)) == 2


def test_a_document_is_added_asked_replaced_and_removed(client: TestClient, own: Path) -> None:
    assert _cited(client) == []
    answer = client.post(_PATH, files=_file(), data={"document_id": "zhubian", "number": ""})
    assert answer.status_code == 201, answer.text
    document = answer.json()["document"]
    assert (document["document_id"], document["number"]) == ("zhubian", None)
    assert document["title"].startswith("青溪县")
    assert "zhubian" in _listed(client)
    assert _cited(client)[0] == "zhubian"
    newer = _TEXT.replace("3万元", "4万元").replace("〔2024〕7号", "〔2025〕9号")
    answer = client.put(f"{_PATH}/zhubian", files=_file(newer))
    assert answer.status_code == 201, answer.text
    assert answer.json()["document"]["supersedes"] == "zhubian"
    assert _cited(client)[0] == "zhubian-v2"
    again = client.put(f"{_PATH}/zhubian", files=_file(newer + "附：说明。\n"))
    assert (again.status_code, again.json()["type"]) == (409, "urn:huiwen:problem:superseded")
    removed = client.delete(f"{_PATH}/zhubian-v2").json()
    assert removed == {"removed": "zhubian-v2", "current": "zhubian"}
    assert _cited(client)[0] == "zhubian"
    client.delete(f"{_PATH}/zhubian")
    assert _cited(client) == []
    assert len(_listed(client)) == 2
    assert not list((own / "library" / "files").iterdir())


def test_json_carries_a_document_too(client: TestClient) -> None:
    content = base64.b64encode(_TEXT.encode()).decode()
    body = {"name": "竹编.txt", "content": content, "year": 2025, "term_end": "2027-12-31"}
    document = client.post(_PATH, json=body).json()["document"]
    assert (document["year"], document["term_end"]) == (2025, "2027-12-31")
    assert document["term_start"] == "2024-03-01"
    assert document["term_quote"] is None  # the text's sentence names another day


@pytest.mark.parametrize(
    ("name", "data", "fields", "status", "problem"),
    [
        ("a.txt", b"", {}, 422, "unreadable"),
        ("a.pdf", b"%PDF-1.4 broken", {}, 422, "unreadable"),
        ("a.exe", b"MZ\0\0" * 40, {}, 422, "unreadable"),
        ("../../a.txt", _TEXT.encode(), {"title": " "}, 422, "no_title"),
        ("a.txt", _TEXT.encode(), {"term_end": "2020-01-01"}, 422, "bad_term"),
        ("a.txt", _TEXT.encode(), {"year": "12"}, 422, "bad_parameter"),
        ("a.txt", _TEXT.encode(), {"issued": "yesterday"}, 422, "bad_parameter"),
        ("a.txt", _TEXT.encode(), {"colour": "red"}, 422, "bad_parameter"),
        ("a.txt", _TEXT.encode(), {"document_id": "../x"}, 422, "bad_id"),
        ("a.txt", _TEXT.encode(), {"document_id": D24}, 422, "bad_id"),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_line(
    client: TestClient, own: Path, name: str, data: bytes, fields: dict[str, str], status: int,
    problem: str,
) -> None:  # fmt: skip
    answer = client.post(_PATH, files={"file": (name, data)}, data=fields)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:huiwen:problem:{problem}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"].splitlines()) == 1
    assert "huiwen " not in answer.json()["detail"]  # no advice for the command line
    assert not (own / "library" / "catalog.json").exists()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "problem"),
    [
        ("POST", "", {"content": b"x", "headers": _PLAIN}, 422, "bad_upload"),
        ("POST", "", {"data": {"title": "x"}, "files": {"other": b"x"}}, 422, "bad_upload"),
        ("POST", "", {"json": {"name": "a.txt", "content": "???"}}, 422, "bad_upload"),
        ("POST", "", {"json": [1]}, 422, "bad_upload"),
        ("POST", "", {"content": b"{", "headers": _JSON}, 422, "not_json"),
        ("PUT", f"/{D24}", {"files": _file()}, 409, "shipped"),
        ("PUT", "/none", {"files": _file()}, 404, "no_document"),
        ("DELETE", "/none", {}, 404, "no_document"),
        ("DELETE", f"/{D24}", {}, 409, "shipped"),
        ("PATCH", f"/{D24}", {}, 405, "method"),
    ],
)
def test_requests_that_mean_nothing_are_refused(
    client: TestClient, method: str, path: str, body: dict[str, Any], status: int, problem: str
) -> None:
    answer = client.request(method, f"{_PATH}{path}", **body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:huiwen:problem:{problem}")


def test_the_same_file_is_not_taken_twice(client: TestClient) -> None:
    assert client.post(_PATH, files=_file(), data={"document_id": "one"}).status_code == 201
    answer = client.post(_PATH, files=_file(name="other.txt"))
    assert answer.status_code == 409
    assert "one" in answer.json()["detail"]
    assert client.post(f"{_PATH}/check", files=_file()).json()["known"] == "one"
    nearly = client.post(f"{_PATH}/check", files=_file(_TEXT + "抄送：县委办。\n")).json()
    assert [row["document_id"] for row in nearly["near"]] == ["one"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example", "origin": "http://evil.example"},
        {"host": "[::1", "origin": "http://[::1"},
    ],
)
def test_other_sites_change_nothing(client: TestClient, own: Path, headers: dict[str, str]) -> None:
    for method, path in (("POST", ""), ("POST", "/check"), ("PUT", "/x"), ("DELETE", "/x")):
        answer = client.request(method, f"{_PATH}{path}", headers=headers, files=_file())
        assert answer.status_code == 403, answer.text
        assert answer.json()["type"].endswith("other_site")
    assert not (own / "library").exists()


@pytest.mark.parametrize("headers", [{}, _SAME, {**_SAME, "sec-fetch-site": "same-origin"}])
def test_the_own_page_and_programs_may(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(f"{_PATH}/check", files=_file(), headers=headers).status_code == 200


def test_changes_are_off_unless_the_server_allows_them(own: Path) -> None:
    app = create_app(open_service=_none)
    with TestClient(app, base_url="http://localhost") as client:
        answer = client.post(_PATH, files=_file())
        assert (answer.status_code, answer.json()["title"]) == (403, "不能修改文件库")
    assert not own.exists()


@pytest.mark.usefixtures("own")
def test_a_key_is_asked_for_before_anything_is_read() -> None:
    app = create_app(Settings(changes=True), key="secret", open_service=_none)
    with TestClient(app, base_url="http://policy.example") as client:
        assert client.post(_PATH, files=_file()).status_code == 401
        shown = {"x-api-key": "secret"}
        answer = client.post(f"{_PATH}/check", files=_file(), headers=shown)
        assert answer.status_code == 200  # by any name: whoever has the key may
        strange = {**shown, "origin": "http://evil.example"}
        assert client.post(_PATH, files=_file(), headers=strange).status_code == 403


@pytest.mark.usefixtures("own")
def test_large_bodies_are_refused() -> None:
    settings = Settings(changes=True, upload_limit=50_000, json_limit=2_000)
    app = create_app(settings, open_service=_none)
    with TestClient(app, base_url="http://localhost") as client:
        large = client.post(f"{_PATH}/check", files=_file(_TEXT * 200))
        assert large.status_code == 413
        content = base64.b64encode(_TEXT.encode() * 4).decode()
        large = client.post(f"{_PATH}/check", json={"name": "a.txt", "content": content})
        assert large.status_code == 413
        assert client.post(f"{_PATH}/check", files=_file()).status_code == 200


def test_a_change_from_elsewhere_is_noticed(client: TestClient, own: Path) -> None:
    from corpus.library.intake import propose_fields, read_source
    from index.encoders import load_encoder
    from index.ingest import changing

    file = own.parent / "竹编.txt"
    file.write_text(_TEXT, "utf-8")
    assert _cited(client) == []
    source = read_source(file)
    with changing(load_encoder()) as ingest:
        ingest.add(source, propose_fields(source), "elsewhere")
    seen = _until(client, "elsewhere", there=True)
    with changing(load_encoder()) as ingest:
        ingest.remove("elsewhere")
    seen += _until(client, "elsewhere", there=False)
    assert set(seen) == {200}


def _until(client: TestClient, document_id: str, *, there: bool) -> list[int]:
    """Asks until a document is cited, or is not; the statuses of the answers."""
    statuses = []
    for _ in range(400):
        answer = client.get("/api/v1/ask", params={"q": _ASK})
        statuses.append(answer.status_code)
        if (document_id in answer.text) == there:
            return statuses
        time.sleep(0.05)
    raise AssertionError("the change was never noticed")


def test_a_library_that_breaks_while_it_is_served_leaves_the_old_one(
    client: TestClient, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.post(_PATH, files=_file(), data={"document_id": "kept"}).status_code == 201
    catalog = own / "library" / "catalog.json"
    whole = catalog.read_bytes()
    catalog.write_text("{", "utf-8")
    assert _cited(client)[0] == "kept"
    for _ in range(200):
        if "cannot be opened" in caplog.text:
            break
        time.sleep(0.05)
    assert _cited(client)[0] == "kept"
    answer = client.post(_PATH, files=_file(_TEXT + "附：说明。\n"))
    assert (answer.status_code, answer.json()["title"]) == (500, "文件库已损坏")
    catalog.write_bytes(whole)
    assert "kept" in _listed(client)
