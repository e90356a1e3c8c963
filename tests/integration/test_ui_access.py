"""Who can use the page and how: phones, keyboards, screen readers, no scripts, hostile input."""

from typing import TYPE_CHECKING

import pytest

from tests.support import D24

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ASK = "物业公司头一回够上规模，有奖金拿吗"
_PHONE = {"width": 375, "height": 812}


def _open(tab: "Page", search: str = "") -> None:
    tab.goto(f"/{search}")
    tab.wait_for_selector(".hw-main")


_HOSTILE = (
    "<script>alert(1)</script>补助",
    "<img src=x onerror=alert(1)>补助",
    '"><svg onload=alert(1)>补助',
    "{{7*7}}${7*7}补助",
    "javascript:alert(1)//补助",
)


@pytest.mark.parametrize("text", _HOSTILE)
@pytest.mark.parametrize("name", ["ask", "search", "match"])
def test_hostile_input_is_shown_as_text(tab: "Page", text: str, name: str) -> None:
    from urllib.parse import urlencode

    field = "text" if name == "match" else "q"
    search = urlencode({"tab": name, field: text, "unit": text if name == "ask" else ""})
    for path in ("", "plain"):
        tab.goto(f"/{path}?{search}")
        tab.wait_for_selector(".hw-main")
        assert tab.locator(".hw-main script, .hw-main img, .hw-main [onload]").count() == 0
        assert "49" not in tab.locator(".hw-main h1").first.inner_text()


@pytest.mark.parametrize("tab", [{"viewport": _PHONE}], indirect=True)
@pytest.mark.parametrize(
    "search",
    [
        "", f"?q={_ASK}", "?tab=search&q=养老", f"?m={D24}:28", "?tab=match",
        "?tab=match&text=规上软件企业想要研发补助", "?tab=compare", "?tab=library",
        "?tab=evaluation",
    ],
)  # fmt: skip
def test_nothing_scrolls_sideways_on_a_phone(tab: "Page", search: str) -> None:
    _open(tab, search)
    for details in tab.locator("details").all():
        details.evaluate("element => { element.open = true }")
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(
    "tab",
    [{"java_script_enabled": False}, {"java_script_enabled": False, "viewport": _PHONE}],
    indirect=True,
)
def test_the_plain_page_works_without_scripts(tab: "Page") -> None:
    tab.goto("/plain")
    tab.get_by_label("您的问题").fill("第28条")
    tab.get_by_role("button", name="提问").click()
    assert tab.locator(f'[data-measure="{D24}:28"]').count() == 1
    assert tab.evaluate("1") == 1


def test_the_keyboard_reaches_everything(tab: "Page") -> None:
    _open(tab)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "hw-skip"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "hw-q"
    tab.keyboard.type("第28条")
    tab.keyboard.press("Enter")
    tab.wait_for_selector('.hw-state[data-status="answered"]')
    tab.wait_for_function("document.activeElement.tagName == 'H1'")


@pytest.mark.parametrize("tab", [{"color_scheme": c} for c in ("light", "dark")], indirect=True)
@pytest.mark.parametrize(
    "search",
    [
        "", f"?q={_ASK}", "?q=我厂第一次上规模，有奖励吗", "?q=补", "?q=x补助&unit=航天局",
        "?tab=search&unit=市商务局", f"?m={D24}:28", "?tab=match&text=规上软件企业想要研发补助",
        "?tab=compare", "?tab=library", "?tab=evaluation",
    ],
)  # fmt: skip
def test_axe_finds_nothing(tab: "Page", search: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    _open(tab, search)
    found = axe.Axe().run(tab, context=".hw").response["violations"]
    told = [(v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]
    assert told == []
