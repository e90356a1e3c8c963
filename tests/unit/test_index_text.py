import pytest

from index.sound import syllable_pairs
from index.text import character_ngrams, fold, sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("樂清補貼", "乐清补贴"),
        ("1,000,000元", "1000000元"),
        ("１，０００元", "1000元"),
        ("1,00元", "1,00元"),
        ("LNG", "lng"),
    ],
)
def test_spellings_of_one_meaning_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_chinese_is_cut_into_single_and_paired_characters() -> None:
    assert character_ngrams("海外仓") == ["海", "外", "仓", "海外", "外仓"]


def test_letters_and_numbers_stay_whole_and_join_nothing() -> None:
    assert character_ngrams("补5%，LNG项目1.5亿") == [
        *("补", "5%", "lng", "项", "目", "项目", "1.5", "亿"),
    ]


def test_sizes_of_grams_can_be_chosen() -> None:
    assert character_ngrams("海外仓库", sizes=(3,)) == ["海外仓", "外仓库"]
    assert character_ngrams("，。 ") == []


def test_sentences_end_at_full_stops_and_line_breaks() -> None:
    text = "第一句话在这里。 第二句；\n短。第三句话还没有完"
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        *("第一句话在这里。", "第二句；", "短。", "第三句话还没有完"),
    ]
    assert sentences(text) == ["第一句话在这里。", "第三句话还没有完"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("专经特新", "专精特新"), ("在线付费", "在线赋费"), ("補貼", "补贴")]
)
def test_homophones_sound_the_same(typed: str, meant: str) -> None:
    assert syllable_pairs(typed) == syllable_pairs(meant) != []


def test_other_sounds_differ_and_runs_are_not_joined() -> None:
    assert syllable_pairs("海外") != syllable_pairs("海内")
    assert syllable_pairs("海，外") == []
    assert len(syllable_pairs("海外仓abc扶持")) == 3
