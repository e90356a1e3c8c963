"""OFD (GB/T 33190), the national page format: a zip of XML that places each character."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.guard import MAX_PAGES, corrupt, encrypted, guard, no_text, scanned, too_large
from corpus.readers.layout import text_of_pages
from corpus.readers.package import Element, Package, attribute, child, children, local
from corpus.readers.placed import Glyph

_ROOT = "OFD.xml"
_FIGURE = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE]-?\d{1,2})?$")
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COUNT = re.compile(r"\d{1,9}$")
_MAX_FIGURES = 16
# What a Latin letter takes of its height; only the last one of a run has no step to tell.
_LATIN_WIDTH = 0.5


class OfdReader:
    """OFD with text; what a page's template draws is left out unless nothing else is text."""

    suffixes: tuple[str, ...] = (".ofd",)

    def read(self, data: bytes) -> str:
        """Decodes an OFD file.

        Raises:
            UnreadableFileError: It is damaged, encrypted, scanned or too large, or has no text.
        """
        with guard("OFD"):
            package = Package(data, "OFD")
            if any(posixpath.basename(n).lower() == "encryptions.xml" for n in package.names):
                raise encrypted("OFD")
            pages = [page for root in _documents(package) for page in _pages(package, root)]
            templates: list[list[Glyph]] = []
            if not any(page.glyphs for page in pages):
                templates = [page.template for page in pages]
            text = text_of_pages(templates or [page.glyphs for page in pages])
        if not text:
            raise scanned("OFD") if any(page.has_picture for page in pages) else no_text("OFD")
        return text


@dataclass(frozen=True, slots=True)
class _Page:
    glyphs: list[Glyph]
    template: list[Glyph]
    has_picture: bool


def _documents(package: Package) -> list[str]:
    if not package.has(_ROOT):
        raise corrupt("OFD", f"no member {_ROOT}")
    bodies = children(package.xml(_ROOT), "DocBody")
    roots = [_path("", child(body, "DocRoot")) for body in bodies]
    return [root for root in roots if root]


def _path(folder: str, location: Element | None) -> str:
    """A path stated in the package; one from the root begins with a slash."""
    stated = ((location.text or "") if location is not None else "").strip()
    return _resolved(folder, stated) if stated else ""


def _resolved(folder: str, stated: str) -> str:
    stated = stated.replace("\\", "/")
    if stated.startswith("/"):
        return posixpath.normpath(stated.lstrip("/"))
    return posixpath.normpath(posixpath.join(folder, stated))


def _pages(package: Package, root: str) -> Iterator[_Page]:
    document = package.xml(root)
    folder = posixpath.dirname(root)
    templates: dict[str, list[Glyph]] = {}
    for template in children(child(document, "CommonData"), "TemplatePage"):
        path = _resolved(folder, attribute(template, "BaseLoc") or "")
        if package.has(path):
            templates[attribute(template, "ID") or ""] = list(_glyphs(package.xml(path)))
    stated = list(children(child(document, "Pages"), "Page"))
    if len(stated) > MAX_PAGES:
        raise too_large(f"the OFD file has {len(stated)} pages, the limit is {MAX_PAGES}")
    for page in stated:
        content = package.xml(_resolved(folder, attribute(page, "BaseLoc") or ""))
        ids = [attribute(used, "TemplateID") or "" for used in children(content, "Template")]
        yield _Page(
            list(_glyphs(content)),
            [placed for name in ids for placed in templates.get(name, [])],
            any(local(element) == "ImageObject" for element in content.iter()),
        )


def _glyphs(page: Element) -> Iterator[Glyph]:
    for element in page.iter():
        if local(element) == "TextObject" and attribute(element, "Visible") != "false":
            yield from _of_object(element)


def _of_object(element: Element) -> Iterator[Glyph]:
    boundary = _figures(attribute(element, "Boundary"))
    offset_x, offset_y = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    stated = _figures(attribute(element, "CTM"))
    a, b, c, d, e, f = stated if len(stated) == 6 else _IDENTITY
    size = next(iter(_figures(attribute(element, "Size"))), 0.0) or 1.0
    height = size * (c * c + d * d) ** 0.5 or size
    stretch = (a * a + b * b) ** 0.5 or 1.0
    x = y = 0.0
    for code in children(element, "TextCode"):
        # A text code without a place stands where the one before it stands.
        x = next(iter(_figures(attribute(code, "X"))), x)
        y = next(iter(_figures(attribute(code, "Y"))), y)
        text = code.text or ""
        across = _steps(attribute(code, "DeltaX"), len(text))
        down = _steps(attribute(code, "DeltaY"), len(text))
        here_x, here_y = x, y
        for index, char in enumerate(text):
            width = size * (1.0 if char > "\u2e7f" else _LATIN_WIDTH)
            step = across[index] if index < len(across) else width
            left = offset_x + a * here_x + c * here_y + e
            baseline = offset_y + b * here_x + d * here_y + f
            advance = min(width, step) if step > 0 else width
            yield Glyph(char, left, left + advance * stretch, baseline, height)
            # With steps down and none across the text runs downwards.
            if index < len(across) or not down:
                here_x += step
            if index < len(down):
                here_y += down[index]


def _steps(stated: str | None, limit: int) -> list[float]:
    """The list of a DeltaX: figures, and `g count step` for repeats; no more than are of use."""
    steps: list[float] = []
    words = (stated or "").split()
    position = 0
    while position < len(words) and len(steps) < limit:
        if words[position] == "g" and position + 2 < len(words):
            count = int(words[position + 1]) if _COUNT.match(words[position + 1]) else 0
            steps += _figures(words[position + 2]) * min(count, limit)
            position += 3
        else:
            steps += _figures(words[position])
            position += 1
    return steps


def _figures(stated: str | None) -> list[float]:
    return [float(word) for word in (stated or "").split()[:_MAX_FIGURES] if _FIGURE.match(word)]
