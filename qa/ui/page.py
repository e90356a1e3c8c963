"""Gradio's page: a shell that shows the views, and the operations as MCP tools."""

import os
from typing import Any

from fastapi import FastAPI

from qa.api.state import State
from qa.compose import TEMPLATES
from qa.ui.render import texts
from qa.ui.site import Renderer

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
_SCRIPTS = ("ui_library.js", "ui.js")
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def build(renderer: Renderer, state: State) -> FastAPI:
    """The page as an application of its own.

    Args:
        renderer: Gives the view of an address.
        state: The running server.
    """
    import gradio as gr
    from gradio.events import api

    from qa.ui.tools import tools

    async def visit(search: str) -> dict[str, str]:
        rendered = await renderer(search)
        return {"title": rendered.title, "html": rendered.html}

    theme = gr.themes.Base(font=list(_FONTS), font_mono=["ui-monospace", "monospace"])
    start = texts()["starting"]
    with gr.Blocks(title=texts()["name"], analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(
            f'<div class="hw hw-wait" role="status">{start}</div>',
            elem_id="hw-view",
            apply_default_css=False,
            js_on_load="\n".join((TEMPLATES / name).read_text("utf-8") for name in _SCRIPTS),
            server_functions=[visit],
        )
        for tool in tools(state):
            api(tool, api_name=tool.__name__, queue=False)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme,
        css=(TEMPLATES / "ui.css").read_text("utf-8"),
        head='<link rel="icon" href="/ui/icon.svg">',
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=True,
        ssr_mode=False,
        show_error=False,
        i18n=_i18n(gr),
    )
    if not blocks.mcp_server:
        # Gradio goes on without a word where its extra is missing.
        raise RuntimeError(getattr(blocks, "mcp_error", "no MCP server"))
    return app


def _i18n(gr: Any) -> Any:  # noqa: ANN401 - Gradio is imported late
    return gr.I18n(**{"zh-CN": dict(texts()["gradio"]), "en": dict(texts()["gradio"])})
