"""Views as HTML, from Jinja2 templates with escaping; the same for the page and for plain HTML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qa.api.problems import wording
from qa.compose import TEMPLATES
from qa.ui.address import TABS, Address, fresh


@dataclass(frozen=True, slots=True)
class Rendered:
    """A view: title of the window, and HTML."""

    title: str
    html: str


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """The page's wording that is not in templates."""
    return tomllib.loads((TEMPLATES / "ui.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    made.globals.update(texts=texts(), names=wording(), fresh=fresh, tabs=TABS)
    return made


def render(address: Address, template: str, context: Mapping[str, Any]) -> Rendered:
    """A view within the frame of header, tabs and footer.

    Args:
        address: What the page shows.
        template: Name of the view's template, without `ui_` and its ending.
        context: What the template needs.
    """
    made = _environment().get_template(f"ui_{template}.html.j2")
    given = {"address": address, **context}
    title = texts()["tabs"][address.tab]
    named = context.get("named") or address.get("q")
    whole = f"{named} · {title}" if named else title
    frame = _environment().get_template("ui_frame.html.j2")
    window = f"{whole[:80]} - {texts()['name']}"
    return Rendered(window, frame.render(body=made.render(given), title=window, **given))


def piece(template: str, context: Mapping[str, Any]) -> str:
    """A piece of a page, without the frame."""
    return _environment().get_template(f"ui_{template}.html.j2").render(**context)


def opening() -> str:
    """What is shown while the library is opened, under any address; it comes again by itself."""
    return _environment().get_template("ui_opening.html.j2").render()


def document(rendered: Rendered, *, starting: bool) -> str:
    """A view as a whole HTML document, for browsers without scripts and while the page starts."""
    template = _environment().get_template("ui_plain.html.j2")
    return template.render(rendered=rendered, starting=starting)
