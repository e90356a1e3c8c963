"""Documents that come and go through the page, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.integration.conftest import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

_TEXT = """\
青溪县人民政府关于支持竹编产业发展的若干措施
青政发〔2024〕7号
一、对新开办的竹编工坊，经认定，给予3万元一次性补助。责任单位：县文化和旅游局、县财政局。
二、对参加国内展会的竹编企业，按展位费的50%给予补助。责任单位：县商务局。
三、本措施自2024年3月1日起施行。
青溪县人民政府
2024年2月20日
"""
_ASK = "新开办竹编工坊有补助吗"


@pytest.fixture(autouse=True)
def emptied(served: Server) -> Iterator[None]:
    yield
    path = f"{served.address}api/v1/documents"
    for row in reversed(httpx.get(path, timeout=30).json()["documents"]):
        if not row["document_id"].startswith("leqing-"):
            assert httpx.delete(f"{path}/{row['document_id']}", timeout=30).status_code == 200


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "竹编<b>.txt"
    path.write_text(_TEXT, "utf-8")
    return path


def _open(tab: "Page", path: str) -> None:
    tab.goto(path)
    tab.wait_for_selector(".hw-main")


def _look(tab: "Page", *files: Path) -> None:
    tab.get_by_label("每份最多").set_input_files(files)
    tab.get_by_role("button", name="查看识别结果").click()
    tab.wait_for_selector(".hw-intake")


@pytest.mark.parametrize("start", ["/", "/plain"])
def test_a_document_is_uploaded_asked_replaced_and_removed(
    tab: "Page", file: Path, start: str
) -> None:
    _open(tab, f"{start}?tab=library")
    _look(tab, file)
    card = tab.locator(".hw-intake")
    assert card.get_by_role("heading").inner_text() == "竹编b.txt"
    assert "识别出 3 条" in card.inner_text()
    assert "第2行“青政发〔2024〕7号”" in card.inner_text()
    assert card.get_by_label("标题").input_value().startswith("青溪县人民政府")
    assert tab.locator("article[data-document]").count() == 2  # not stored yet
    card.get_by_label("文号").fill("青政发〔2024〕8号")
    card.get_by_label("编号（可不填）").fill("zhubian")
    card.get_by_role("button", name="收入文件库").click()
    mine = tab.locator('article[data-document="zhubian"]')
    mine.wait_for()
    assert "青政发〔2024〕8号" in mine.inner_text()

    _open(tab, f"{start}?q={_ASK}")
    tab.wait_for_selector('.hw-state[data-status="answered"]')
    cited = tab.locator("article.hw-card").first
    assert cited.get_attribute("data-measure") == "zhubian:1"
    assert "3万元" in cited.inner_text()

    file.write_text(_TEXT.replace("3万元", "4万元"), "utf-8")
    _open(tab, f"{start}?tab=library")
    mine.get_by_role("link", name="换成新版本").click()
    tab.get_by_role("heading", name="的新版本").wait_for()
    _look(tab, file)
    tab.get_by_role("button", name="换成新版本").click()
    newer = tab.locator('article[data-document="zhubian-v2"]')
    newer.wait_for()
    assert "已被 zhubian-v2 替代" in mine.inner_text()

    newer.get_by_role("link", name="删除").click()
    asked = tab.locator(".hw-removal")
    asked.wait_for()
    assert newer.count() == 1  # a link only asks
    asked.get_by_role("button", name="确认删除").click()
    newer.wait_for(state="detached")
    assert "替代" not in mine.inner_text()


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(
    tab: "Page", file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    other = tmp_path / "竹编二.txt"
    other.write_text(_TEXT.replace("青溪", "白溪"), "utf-8")
    _open(tab, "/?tab=library")
    _look(tab, broken, file, other)
    tab.locator(".hw-intake").nth(1).wait_for()
    assert "坏.pdf：" in tab.locator(".hw-upload .hw-told").inner_text()
    first = tab.locator(".hw-intake").first
    first.get_by_label("有效期至").fill("2020-01-01")
    first.get_by_role("button", name="收入文件库").click()
    first.locator(".hw-told", has_text="早于施行日期").wait_for()
    first.get_by_label("有效期至").fill("")
    first.get_by_role("button", name="收入文件库").click()
    tab.get_by_text("✓ 已收入《青溪县").wait_for()
    tab.locator(".hw-intake").get_by_role("button", name="不收入").click()
    assert tab.locator(".hw-intake").count() == 0
    _open(tab, "/?tab=library")
    assert tab.locator("article[data-document]").count() == 3


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_a_document_can_be_removed(tab: "Page", served: Server) -> None:
    files = {"file": ("竹编.txt", _TEXT.encode())}
    path = f"{served.address}api/v1/documents"
    sent = httpx.post(path, files=files, data={"document_id": "plain"}, timeout=60)
    assert sent.status_code == 201, sent.text
    _open(tab, "/plain?tab=library&remove=plain")
    tab.get_by_role("button", name="确认删除").click()
    tab.wait_for_load_state()
    assert tab.locator("article[data-document]").count() == 2


@pytest.mark.parametrize("tab", [{"viewport": {"width": 375, "height": 812}}], indirect=True)
def test_the_forms_fit_on_a_phone(tab: "Page", file: Path) -> None:
    _open(tab, "/?tab=library")
    _look(tab, file)
    tab.locator(".hw-intake summary").click()
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_unknown_document_is_told(tab: "Page") -> None:
    _open(tab, "/?tab=library&remove=nothing")
    assert "nothing" in tab.locator(".hw-state.is-error").inner_text()
    assert tab.locator(".hw-removal").count() == 0
