"""The evaluation report as HTML, with its plots inside."""

import base64
import re
from pathlib import Path

from markupsafe import Markup

FOLDER = Path("out/eval")
_MOST = 2_000_000
_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}


def report(folder: Path = FOLDER) -> Markup | None:
    """The report of `huiwen eval`, or None where none was made."""
    file = folder / "report.md"
    if not file.is_file() or file.stat().st_size > _MOST:
        return None
    from markdown_it import MarkdownIt

    # HTML in the report stays text: it quotes questions.
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    html = reader.render(file.read_text("utf-8"))
    html = re.sub(r'<img src="([^"]*)"', lambda m: f'<img src="{_inlined(folder, m[1])}"', html)
    html = re.sub(r"<(/?)h([1-4])>", lambda m: f"<{m[1]}h{int(m[2]) + 1}>", html)
    html = html.replace("<table>", '<div class="hw-scroll" tabindex="0"><table>')
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704 - rendered above


def _inlined(folder: Path, name: str) -> str:
    """A plot beside the report, as a data URI; nothing from anywhere else."""
    file = (folder / name).resolve()
    kind = _TYPES.get(file.suffix)
    if kind is None or not file.is_relative_to(folder.resolve()) or not file.is_file():
        return ""
    if file.stat().st_size > _MOST:
        return ""
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
