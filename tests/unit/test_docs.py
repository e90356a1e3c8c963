"""The English and the Chinese README say the same things in the same order."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

_ENGLISH, _CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
pytestmark = pytest.mark.skipif(not _ENGLISH.exists(), reason="README.md is not written yet")


def _blocks(path: Path) -> list[list[str]]:
    """Command lines of each fenced block, without comments and spacing."""
    fenced = re.findall(r"(?ms)^```(?:bash|sh|console|shell)\n(.*?)^```", path.read_text("utf-8"))
    return [
        [line.split("  #")[0].strip() for line in block.splitlines() if not line.startswith("#")]
        for block in fenced
    ]


def _levels(path: Path) -> list[str]:
    outside = re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8"))
    return re.findall(r"(?m)^(#+) ", outside)


def test_both_have_the_same_headings_in_the_same_order() -> None:
    assert _levels(_ENGLISH) == _levels(_CHINESE)
    assert _levels(_ENGLISH).count("##") >= 3


def test_both_show_the_same_commands() -> None:
    assert _blocks(_ENGLISH) == _blocks(_CHINESE)
    assert any("make" in line for block in _blocks(_ENGLISH) for line in block)


def test_each_links_to_the_other() -> None:
    assert _CHINESE.name in _ENGLISH.read_text("utf-8")
    assert _ENGLISH.name in _CHINESE.read_text("utf-8")


@pytest.mark.parametrize("readme", [_ENGLISH, _CHINESE], ids=["english", "chinese"])
def test_every_file_that_is_linked_exists(readme: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", readme.read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
