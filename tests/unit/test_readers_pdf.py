import pytest

from corpus.errors import UnreadableFileError
from corpus.normalise import normalise
from corpus.readers.pdf import PdfReader
from tests.files import Placed, pdf

_SIZE = 12.0


def _read(*pages: list[Placed]) -> list[str]:
    return PdfReader().read(pdf(pages)).splitlines()


def _column(lines: list[str], x: float = 72, y: float = 100, step: float = 20) -> list[Placed]:
    return [(x, y + step * i, _SIZE, line) for i, line in enumerate(lines)]


def test_characters_are_sorted_by_their_place_not_by_when_they_were_drawn() -> None:
    page = [(72, 120, _SIZE, "次行"), (96, 100, _SIZE, "市"), (72, 100, _SIZE, "乐清")]
    assert _read([(x, y, size, text) for x, y, size, text in page]) == ["乐清市", "次行"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{i}行的文字正好写满了一栏" for i in "一二三四五六七八"]
    right = [f"右栏第{i}行的文字正好写满了一栏" for i in "一二三四五六七八"]
    title = [(200.0, 70.0, 16.0, "横跨两栏的标题在这里写")]
    # The columns' lines do not stand at the same heights.
    page = title + _column(left, 72) + _column(right, 310, 107)
    assert _read(page) == ["横跨两栏的标题在这里写", *left, *right]


def test_a_table_of_short_cells_is_no_pair_of_columns() -> None:
    page = _column(list("甲乙丙丁戊己庚辛"), 72) + _column(["一二", *"三四五六七八九"], 400)
    assert _read(page)[0] == "甲 一二"


def test_radicals_become_the_characters_that_they_look_like() -> None:
    # ⼀⼈⺠⻅⽂: what fonts of Word's PDF export map their glyphs to
    assert _read(_column(["⼀、⼈⺠意⻅", "公⽂"])) == ["一、人民意见", "公文"]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (72.0, 40.0, 9.0, "乐清市人民政府公报"),
            *_column([f"第{i}页的正文一行", f"第{i}页的正文又一行", f"{i}字头", f"{i}字尾"]),
            (290.0, 800.0, 9.0, f"{i}"),
        ]
        for i in range(1, 6)
    ]
    assert _read(*pages) == [
        line
        for i in range(1, 6)
        for line in (f"第{i}页的正文一行", f"第{i}页的正文又一行", f"{i}字头", f"{i}字尾")
    ]


def test_a_running_head_as_close_as_a_line_is_left_out_if_it_is_the_same_on_all_pages() -> None:
    pages = [_column(["政策汇编", f"第{i}页", f"{i}尾"]) for i in range(1, 5)]
    assert _read(*pages) == [line for i in range(1, 5) for line in (f"第{i}页", f"{i}尾")]


def test_the_head_of_a_table_that_runs_over_pages_is_kept() -> None:
    pages = [
        [*_column(["类别", f"甲{i}", f"丙{i}"]), *_column(["标准", f"乙{i}", f"丁{i}"], 300)]
        for i in range(1, 5)
    ]
    assert _read(*pages).count("类别 标准") == 4


def test_a_page_number_between_dashes_goes_even_from_a_single_page() -> None:
    assert _read([*_column(["正文"]), (290, 800, _SIZE, "— 18 —")]) == ["正文"]


def test_indented_paragraphs_are_joined_also_over_a_page() -> None:
    full = "为贯彻落实党中央国务院决策部署结合我市实际制定本办法现予以印发"
    first = [(96, 100, _SIZE, full[:28]), *_column([full[:30], full[:30]], y=120)]
    second = [
        *_column([full[:6] + "。"], y=100),
        (96, 120, _SIZE, full[:28]),
        *_column([full[:30], "末尾。"], y=140),
    ]
    assert _read(first, second) == [
        full[:28] + full[:30] + full[:30] + full[:6] + "。",
        full[:28] + full[:30] + "末尾。",
    ]


def test_rows_without_indents_are_joined_by_normalise() -> None:
    page = _column(["一、总则", "甲" * 30, "乙" * 30, "丙丁。", "二、附则"])
    text = PdfReader().read(pdf([page]))
    assert normalise(text).text.split("\n") == [
        "一、总则",
        "甲" * 30 + "乙" * 30 + "丙丁。",
        "二、附则",
    ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(rotation: int) -> None:
    # The text is drawn upright and the page turned: only at 0 are rows seen as rows.
    page = _column(["甲乙", "丙丁"])
    text = PdfReader().read(pdf([page], rotation=rotation))
    assert sorted(text.replace("\n", "").replace(" ", "")) == sorted("甲乙丙丁")
    if rotation == 180:
        assert text.split() == ["丁丙", "乙甲"]


def test_a_pdf_of_pictures_is_a_scan() -> None:
    with pytest.raises(UnreadableFileError, match=r"scan.*OCR") as caught:
        PdfReader().read(pdf([[], []], picture=True))
    assert caught.value.kind == "scanned"


def test_a_pdf_without_anything_has_no_text() -> None:
    with pytest.raises(UnreadableFileError, match="no text") as caught:
        PdfReader().read(pdf([[]]))
    assert caught.value.kind == "empty"


def test_single_pages_that_are_pictures_are_warned_of() -> None:
    page = _column(["这一页上有足够多的文字所以不是扫描件"])
    _, warnings = PdfReader().read_with_warnings(pdf([page, []], picture=True))
    assert warnings == ("1 of 2 pages are pictures without text: 2",)


def test_a_leading_table_of_contents_line_is_left_out() -> None:
    assert _read(_column(["一、总则…………………………3", "正文"])) == ["正文"]


def test_bold_by_printing_twice_is_read_once() -> None:
    page: list[Placed] = [(72, 100, _SIZE, "乐"), (72.4, 100, _SIZE, "乐"), (84, 100, _SIZE, "清")]
    assert _read(page) == ["乐清"]


def test_latin_words_keep_their_spaces_and_stretched_lines_get_none() -> None:
    words: list[Placed] = [(72, 100, _SIZE, "AI"), (90, 100, _SIZE, "GPU")]
    stretched: list[Placed] = [
        (72 + 14.0 * i, 130, _SIZE, c) for i, c in enumerate("乐清市人民政府")
    ]
    assert _read(words + stretched) == ["AI GPU", "乐清市人民政府"]


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.pdf.MAX_PAGES", 2)
    with pytest.raises(UnreadableFileError, match="3 pages, the limit is 2") as caught:
        PdfReader().read(pdf([[], [], []]))
    assert caught.value.kind == "too_large"
