"""Fixtures: the shipped documents, an index in a folder of this session, all answers."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from corpus.reader import load_corpus
from corpus.records import Document, Measure
from eval.questions import DEVELOPMENT, OWN, load_questions
from index.encoders import SHIPPED_MODEL
from index.static import StaticEncoder
from qa.answer import answer_to_json
from qa.assistant import Assistant
from qa.library import Library, open_library
from tests.support import DURING_2024

# The same examples every time, so that a run's outcome hangs on the code alone.
settings.register_profile(
    "huiwen",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("huiwen")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's data folder of this session; the developer's own is never touched."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUIWEN_HOME", str(folder))
        patch.delenv("HUIWEN_MODEL", raising=False)
        yield folder


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    return load_corpus()


@pytest.fixture(scope="session")
def measures(documents: tuple[Document, ...]) -> dict[str, Measure]:
    return {m.measure_id: m for document in documents for m in document.measures}


@pytest.fixture(scope="session")
def encoder() -> StaticEncoder:
    return StaticEncoder(SHIPPED_MODEL)


@pytest.fixture(scope="session")
def built_library(home: Path) -> Library:
    """The library as the first run ever sees it: it builds the index."""
    return open_library(folder=home / "index")


@pytest.fixture(scope="session")
def library(built_library: Library, home: Path) -> Library:
    """The library as every later run sees it: it reads the index."""
    assert built_library.notice is not None
    return open_library(folder=home / "index")


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.fixture(scope="session")
def answers(assistant: Assistant) -> list[dict[str, Any]]:
    """JSON answers to every development question and every one of our own."""
    return [
        answer_to_json(assistant.ask(q.question, as_of=DURING_2024).with_qid(q.qid))
        for q in (*load_questions(DEVELOPMENT), *load_questions(OWN))
    ]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a network connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
