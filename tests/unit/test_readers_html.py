import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.html import HtmlReader


def _read(page: str, encoding: str = "utf-8") -> list[str]:
    return HtmlReader().read(page.encode(encoding)).splitlines()


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8"), ("utf-8", "gb18030")],
)
def test_the_declared_encoding_is_taken_or_the_one_that_fits(declared: str, encoding: str) -> None:
    page = (
        f'<html><head><meta charset="{declared}"></head><body><p>乐清市镕㙍政策</p></body></html>'
    )
    text = "乐清市镕政策" if encoding == "gbk" else "乐清市镕㙍政策"
    assert _read(page if encoding != "gbk" else page.replace("㙍", ""), encoding) == [text]


def test_an_xml_declaration_may_state_the_encoding() -> None:
    page = '<?xml version="1.0" encoding="gb2312"?><html><body><p>乐清市政策</p></body></html>'
    assert _read(page, "gb18030") == ["乐清市政策"]


def test_the_site_around_the_article_is_left_out() -> None:
    page = """<body><header>政府网</header><nav>首页</nav><div class="list"><a>相关链接甲</a></div>
    <div id="Zoom"><h2>标题</h2><script>x()</script><p>正文一。</p>
    <div style="display: none">藏</div><p hidden>也藏</p>尾巴</div><aside>广告</aside>
    <p>责任编辑：某某</p><footer>备案号</footer></body>"""
    assert _read(page) == ["标题", "正文一。", "尾巴"]


def test_without_a_clear_article_the_whole_page_is_taken() -> None:
    page = f"<div class='article-content'>短</div><p>{'长' * 50}</p>"
    assert _read(page) == ["短", "长" * 50]


def test_the_stated_title_stands_first_where_the_article_lacks_it() -> None:
    page = (
        '<html><head><meta name="ArticleTitle" content="关于政策的通知"></head><body>'
        '<h1>关于政策的通知</h1><div class="TRS_Editor"><p>正文。</p></div></body></html>'
    )
    assert _read(page) == ["关于政策的通知", "正文。"]


def test_an_articles_own_header_is_part_of_it() -> None:
    page = "<article><header><h1>标题</h1></header><p>正文。</p></article>"
    assert _read(page) == ["标题", "正文。"]


def test_blocks_and_breaks_are_lines_and_inline_marks_are_none() -> None:
    page = "<div>甲<b>乙</b><span>丙</span><br>丁&nbsp;&nbsp;戊<p>　　己</p>庚<del>删</del></div>"
    assert _read(page) == ["甲乙丙", "丁 戊", "己", "庚"]


def test_a_source_line_broken_between_chinese_characters_is_no_space() -> None:
    assert _read("<p>乐清市\n  人民政府\nGDP\ngrowth</p>") == ["乐清市人民政府 GDP growth"]


def test_lists_carry_their_numbers() -> None:
    page = (
        '<ol start="3"><li>甲</li><li>乙<ul><li>丙</li></ul></li><li value="9">丁</li></ol>'
        '<ol style="list-style-type:none"><li>一、戊</li></ol>'
    )
    assert _read(page) == ["3.甲", "4.乙", "丙", "9.丁", "一、戊"]


def test_tables_are_rows_and_merged_cells_stand_once() -> None:
    page = """<table><caption>表</caption><tr><th rowspan="2">类别</th><th colspan=2>标准</th></tr>
    <tr><td>首次</td><td>5<br>万元</td></tr><tr><td>甲</td><td></td><td>乙</td></tr></table>"""
    assert _read(page)[-3:] == ["类别 | 标准", "| 首次 | 5 万元", "甲 |  | 乙"]


def test_a_table_that_lays_the_page_out_is_no_table() -> None:
    page = f"<table><tr><td>左栏</td><td><p>{'长' * 150}</p><p>{'文' * 150}</p></td></tr></table>"
    assert _read(page) == ["左栏", "长" * 150, "文" * 150]


def test_preformatted_text_keeps_its_lines() -> None:
    assert _read("<pre>甲\n<font>乙</font>\n丙</pre>") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<script>x</script>", "<!-- 注 -->", "<p hidden>藏"]
)
def test_a_page_without_words_is_empty(markup: str) -> None:
    with pytest.raises(UnreadableFileError, match="no text") as caught:
        _read(markup)
    assert caught.value.kind == "empty"


def test_a_null_character_does_not_end_the_page() -> None:
    with pytest.raises(UnreadableFileError, match="binary"):
        _read("<p>甲\x00</p><p>乙</p>")


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<a>"])
def test_deep_nesting_neither_hangs_nor_breaks(tag: str) -> None:
    try:
        assert "乐清市" in HtmlReader().read(f"乐清市{tag * 20_000}深".encode())
    except UnreadableFileError as error:
        assert error.kind in {"corrupt", "empty"}
