import socket

import pytest

from qa.cli import main

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "HUIWEN_API_KEY"),
        (["--port", "70000"], "--port"),
        (["--workers", "0"], "--workers"),
        (["--cache", "-1"], "--cache"),
        (["--host", "203.0.113.1", "--no-auth"], "cannot bind"),
    ],
)
def test_a_server_that_cannot_be_started_ends_with_2(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, options: list[str], says: str
) -> None:
    monkeypatch.delenv("HUIWEN_API_KEY", raising=False)
    assert main(["serve", *options]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("huiwen: ")
    assert says in line


def test_a_port_in_use_is_told(capsys: Output) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "--port 0" in capsys.readouterr().err
