import pytest

from corpus.errors import UnreadableFileError
from corpus.normalise import normalise
from corpus.readers.docx import DocxReader
from corpus.readers.numerals import number_text
from tests.files import docx, paragraph, run, zipped


def _read(body: str, **parts: str) -> list[str]:
    return DocxReader().read(docx(body, parts)).splitlines()


def _numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def _level(index: int, number_format: str, text: str, inside: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{inside}<w:lvlText w:val="{text}"/></w:lvl>'
    )


_USE = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _list(*levels: str, uses: str = _USE) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{uses}'


_THREE = (
    _level(0, "chineseCountingThousand", "%1、"),
    _level(1, "chineseCounting", "（%2）"),
    _level(2, "decimal", "%3."),
)


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = paragraph(
        "奖励",
        content=f"<w:ins>{run('十')}</w:ins><w:del><w:r><w:delText>五</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>{run('万元')}",
    )
    assert _read(body) == ["奖励十移来万元"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("前半", properties="<w:rPr><w:del/></w:rPr>") + paragraph("后半")
    assert _read(body) == ["前半后半"]


def test_a_deleted_paragraph_leaves_nothing_and_has_no_number() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/>'
        "</w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    body = _numbered("甲") + gone + _numbered("乙")
    assert _read(body, numbering=_list(*_THREE)) == ["一、甲", "二、乙"]


def test_content_controls_hyperlinks_and_smart_tags_are_text() -> None:
    inside = f"<w:hyperlink>{run('乙')}</w:hyperlink><w:smartTag>{run('丙')}</w:smartTag>"
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"
        + paragraph("", content=inside + f"<w:sdt><w:sdtContent>{run('丁')}</w:sdtContent></w:sdt>")
    )
    assert _read(body) == ["甲", "乙丙丁"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('红头文件')}</w:txbxContent>"
    choice = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert _read(paragraph("正文", content=f"<w:r>{choice}</w:r>")) == ["正文", "红头文件"]


def test_only_the_result_of_a_field_is_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("第三条")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr="DATE">{run("今日")}</w:fldSimple>'
    )
    assert _read(paragraph("见", content=field + run("。"))) == ["见第三条今日。"]


def test_a_table_of_contents_is_left_out() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        paragraph("", content=begin + run("一、总则 1"))
        + paragraph("", content=run("二、附则 2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + paragraph("目录", properties='<w:pStyle w:val="T1"/>')
        + paragraph("一、总则")
    )
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    assert _read(body, styles=styles) == ["一、总则"]


def test_hidden_text_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
    assert _read(paragraph("文", content=hidden + shown)) == ["文显"]


def test_breaks_tabs_hyphens_and_symbols() -> None:
    content = (
        "<w:r><w:br/><w:t>次行</w:t><w:tab/><w:t>后</w:t><w:softHyphen/><w:t>\u00ad软</w:t>"
        '<w:noBreakHyphen/><w:br w:type="page"/><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="Wingdings" w:char="F011"/><w:sym w:font="x" w:char="2103"/></w:r>'
    )
    assert _read(paragraph("首行", content=content)) == ["首行", "次行 后软-☑℃"]


def test_list_levels_count_and_restart() -> None:
    levels = [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (0, "戊"), (1, "己"), (2, "庚")]
    body = "".join(_numbered(text, level) for level, text in levels)
    expected = ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己", "1.庚"]
    assert _read(body, numbering=_list(*_THREE)) == expected


def test_measures_numbered_through_the_document_do_not_restart() -> None:
    through = _level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    levels = [(0, "甲"), (1, "乙"), (0, "丙"), (1, "丁")]
    body = "".join(_numbered(text, level) for level, text in levels)
    numbering = _list(_THREE[0], through)
    assert _read(body, numbering=numbering) == ["一、甲", "1.乙", "二、丙", "2.丁"]


def test_a_list_may_start_anew_and_elsewhere() -> None:
    uses = (
        _USE + '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = _numbered("甲") + _numbered("乙") + _numbered("丙", 0, 2) + _numbered("丁", 0, 2)
    expected = ["一、甲", "二、乙", "五、丙", "六、丁"]
    assert _read(body, numbering=_list(*_THREE, uses=uses)) == expected


def test_two_uses_of_a_list_count_together() -> None:
    uses = _USE + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    body = _numbered("甲") + _numbered("乙", 0, 2)
    assert _read(body, numbering=_list(*_THREE, uses=uses)) == ["一、甲", "二、乙"]


def test_articles_are_numbered_with_a_space_behind() -> None:
    numbering = _list(_level(0, "chineseCountingThousand", "第%1条"))
    body = "".join(_numbered("总则") for _ in range(12))
    assert _read(body, numbering=numbering)[::11] == ["第一条 总则", "第十二条 总则"]


def test_a_style_gives_its_paragraphs_numbers_also_through_another() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:basedOn w:val="L"/></w:style>'
    )
    body = "".join(
        paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')
        for style, text in (("H1", "甲"), ("H2", "乙"), ("H1", "丙"), ("L", "丁"))
    )
    expected = ["一、甲", "（一）乙", "二、丙", "丁"]
    assert _read(body, numbering=_list(*_THREE), styles=styles) == expected


def test_a_style_may_leave_its_level_to_the_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    numbering = _list(_THREE[0], _level(1, "decimal", "%2)", '<w:pStyle w:val="H2"/>'))
    body = paragraph("甲", properties='<w:pStyle w:val="H2"/>')
    assert _read(body, numbering=numbering, styles=styles) == ["1)甲"]


def test_a_paragraph_may_switch_its_styles_number_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("甲") + _numbered("乙", 0, 0) + paragraph("丙")
    assert _read(body, numbering=_list(*_THREE), styles=styles) == ["一、甲", "乙", "二、丙"]


def test_legal_numbers_are_figures_and_bullets_are_none() -> None:
    numbering = _list(
        _level(0, "chineseCounting", "%1、"),
        _level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        _level(2, "bullet", "\uf0b7"),
    )
    body = _numbered("甲") + _numbered("乙", 1) + _numbered("丙", 2)
    assert _read(body, numbering=numbering) == ["一、甲", "1.1 乙", "丙"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12003, "chineseCountingThousand", "一万二千零三"),
        (20000, "chineseCountingThousand", "二万"),
        (101, "chineseCounting", "一〇一"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (4, "upperRoman", "IV"),
        (3, "lowerLetter", "c"),
        (28, "lowerLetter", "bb"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "noSuchFormat", "5"),
        (5, "none", ""),
    ],
)
def test_numbers_are_written_as_word_does(value: int, number_format: str, text: str) -> None:
    assert number_text(value, number_format) == text


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_tables_are_rows_and_merged_cells_stand_once() -> None:
    body = (
        "<w:tbl><w:tr>"
        + _cell("类别", '<w:vMerge w:val="restart"/>')
        + _cell("标准", '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr>"
        + _cell("", "<w:vMerge/>")
        + _cell("首次")
        + _cell("5万元")
        + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>"
        + _cell("删")
        + _cell("去")
        + "</w:tr><w:sdt><w:sdtContent><w:tr>"
        + _cell("a")
        + f"<w:tc>{paragraph('b')}{paragraph('c')}</w:tc>"
        + "</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert _read(body) == ["类别 | 标准", "| 首次 | 5万元", "a | b c"]


def test_a_table_of_one_cell_is_a_frame() -> None:
    body = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    assert _read(body) == ["甲", "乙"]


def test_notes_follow_the_body_under_their_marks() -> None:
    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = paragraph(
        "甲", content=mark("footnote", 7) + run("乙") + mark("footnote", 3)
    ) + paragraph("丙", content=mark("endnote", 3))
    notes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'
        for i, text in ((3, "后注"), (7, "先注"), (9, "无人引用"))
    )
    endnotes = f'<w:endnote w:id="3">{paragraph("尾")}</w:endnote>'
    expected = ["甲[注1]乙[注2]", "丙[尾注1]", "[注1]先注", "[注2]后注", "[尾注1]尾"]
    assert _read(body, footnotes=notes, endnotes=endnotes) == expected


def test_headers_footers_and_comments_are_left_out() -> None:
    parts = {
        "header": paragraph("页眉"),
        "footer": paragraph("页脚"),
        "comments": paragraph("批注"),
    }
    body = paragraph("正文", content='<w:r><w:commentReference w:id="1"/></w:r>')
    assert _read(body, **parts) == ["正文"]


def test_radicals_become_the_characters_that_they_look_like() -> None:
    assert _read(paragraph("⼈⺠⻅⾯⻚ＡＢ２０２３㎡")) == ["人民见面页ＡＢ２０２３㎡"]


def test_the_strict_dialect_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    assert DocxReader().read(zipped({"word/document.xml": document})) == "甲\n"


def test_a_docx_of_pictures_is_a_scan() -> None:
    members: dict[str, str | bytes] = {
        "word/document.xml": "<document><body><p/></body></document>",
        "word/media/image1.png": b"x",
    }
    with pytest.raises(UnreadableFileError, match="scan") as caught:
        DocxReader().read(zipped(members))
    assert caught.value.kind == "scanned"


def test_a_docx_with_macros_is_refused() -> None:
    types = '<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'
    with pytest.raises(UnreadableFileError, match="macros"):
        DocxReader().read(zipped({"[Content_Types].xml": types, "word/document.xml": "<d/>"}))


def test_short_paragraphs_stay_apart_when_normalised() -> None:
    units = [f"{'市' * (i % 11 + 2)}单位{'负责' * (i % 3)}" for i in range(40)]
    notice = ["各单位要高度重视。", "认真抓好落实工作。", "及时报告。"]
    for paragraphs in (units, notice):
        text = DocxReader().read(docx("".join(map(paragraph, paragraphs))))
        assert normalise(text).text.split("\n") == paragraphs


def test_what_python_docx_writes_is_read() -> None:
    import io

    from docx import Document

    document = Document()
    document.add_heading("标题", level=1)
    document.add_paragraph("正文。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "甲", "乙"
    document.add_paragraph("列表", style="List Number")
    document.add_paragraph("列表", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    expected = ["标题", "正文。", "甲 | 乙", "1.列表", "2.列表"]
    assert DocxReader().read(buffer.getvalue()).splitlines() == expected
