import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.ofd import OfdReader
from tests.files import lines_on_page, ofd, zipped

_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def _page(objects: str, before: str = "") -> dict[str, str]:
    return {
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {_XMLNS}>{before}<ofd:Content><ofd:Layer>"
        f"{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    }


def _read(objects: str, before: str = "", extra: dict[str, str] | None = None) -> list[str]:
    data = ofd([[]], extra={**_page(objects, before), **(extra or {})})
    return OfdReader().read(data).splitlines()


def _text(text: str, x: float, y: float, more: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="4" {code}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def test_text_is_sorted_by_its_place() -> None:
    objects = _text("次行", 20, 40) + _text("市", 28, 30) + _text("乐清", 20, 30, code='DeltaX="4"')
    assert _read(objects) == ["乐清市", "次行"]


def test_repeated_steps_are_counted_out() -> None:
    objects = _text("乐清市人民政府", 20, 30, code='DeltaX="g 5 4 6"') + _text("令", 50, 30)
    assert _read(objects) == ["乐清市人民政府令"]


def test_a_matrix_scales_the_text() -> None:
    small = _text("乐清", 20, 30, 'CTM="2 0 0 2 0 0"', 'DeltaX="4"')
    assert _read(small + _text("市", 36, 34)) == ["乐清市"]


def test_all_pages_are_read_in_order() -> None:
    data = ofd([lines_on_page(["甲"], 4), lines_on_page(["乙"], 4)])
    assert OfdReader().read(data) == "甲\n乙\n"


_TEMPLATE = {
    "Doc_0/Document.xml": f'<ofd:Document {_XMLNS}><ofd:CommonData><ofd:TemplatePage ID="9" '
    'BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="0" '
    'BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
    "Doc_0/Tpls/T.xml": _page(_text("模板", 20, 10))["Doc_0/Pages/Page_0/Content.xml"],
}
_USES_TEMPLATE = '<ofd:Template TemplateID="9"/>'


def test_a_template_is_left_out_beside_text() -> None:
    assert _read(_text("正文", 20, 30), _USES_TEMPLATE, _TEMPLATE) == ["正文"]


def test_a_template_is_read_where_nothing_else_is_text() -> None:
    assert _read("", _USES_TEMPLATE, _TEMPLATE) == ["模板"]


def test_an_ofd_of_pictures_is_a_scan() -> None:
    with pytest.raises(UnreadableFileError, match="scan"):
        _read('<ofd:ImageObject ID="1"/>')


def test_an_encrypted_ofd_is_told_as_such() -> None:
    with pytest.raises(UnreadableFileError, match="encrypted") as caught:
        _read(_text("x", 1, 1), extra={"Encryptions.xml": "<x/>"})
    assert caught.value.kind == "encrypted"


@pytest.mark.parametrize(
    "members",
    [
        {"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"},
        {"OFD.xml": "<OFD/>"},
        {"OFD.xml": "no xml"},
    ],
)
def test_an_ofd_that_leads_nowhere_is_refused(members: dict[str, str]) -> None:
    with pytest.raises(UnreadableFileError):
        OfdReader().read(zipped(members))


def test_absurd_figures_do_no_harm() -> None:
    objects = _text("乐清", 20, 30, code='DeltaX="g 999999999999 1e99 g x 4 -"')
    assert "".join(_read(objects)).replace(" ", "") == "乐清"
