import re
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from index.synonyms import SHIPPED_SYNONYMS, Synonyms


def _synonyms(folder: Path, text: str) -> Synonyms:
    path = folder / "synonyms.txt"
    path.write_text(text, "utf-8")
    return Synonyms.read(path)


def test_equivalents_stand_for_each_other_but_not_for_themselves(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "补贴, 补助, 奖补\n")
    assert synonyms.expand("有补助吗") == "补贴 奖补"
    assert synonyms.expand("奖补") == "补贴 补助"


def test_a_mapping_has_one_direction(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "红包, 拿钱 => 奖励, 补助\n")
    assert synonyms.expand("有没有红包") == "奖励 补助"
    assert synonyms.expand("奖励") == ""


def test_comments_and_blank_lines_say_nothing(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "# 红包 => 奖励\n\n老外, 外国人 # 人\n")
    assert synonyms.expand("红包 人") == ""
    assert synonyms.expand("老外") == "外国人"


def test_the_longest_expression_wins(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "老师 => 教师\n老师傅 => 技能人才\n")
    assert synonyms.expand("老师傅") == "技能人才"
    assert synonyms.expand("老师") == "教师"


def test_a_query_is_folded_and_expanded_in_order_of_occurrence(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "ai => 人工智能\n补贴 => 补助\n")
    assert synonyms.expand("補貼ＡＩ") == "补助 人工智能"


def test_rules_for_one_expression_add_up(tmp_path: Path) -> None:
    synonyms = _synonyms(tmp_path, "厂房 => 工业用地\n厂房, 车间\n")
    assert synonyms.expand("厂房") == "工业用地 车间"


@pytest.mark.parametrize("line", ["a =>", "=> b", ",", "a => ,"])
def test_a_rule_with_an_empty_side_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(CorpusError, match=re.escape("synonyms.txt, line 2")):
        _synonyms(tmp_path, f"a, b\n{line}\n")


def test_a_missing_file_holds_no_rule(tmp_path: Path) -> None:
    assert Synonyms.read(tmp_path / "none.txt").expand("补贴") == ""


def test_the_shipped_file_is_well_formed_and_of_use() -> None:
    synonyms = Synonyms.read(SHIPPED_SYNONYMS)
    assert "最高" in synonyms.expand("封顶多少").split()
    assert synonyms.expand("") == ""
