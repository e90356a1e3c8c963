"""What the library holds, for people and for other programs."""

from collections.abc import Sequence
from typing import Any

from corpus.errors import UsageError
from corpus.library.held import entry_to_json, held_to_json
from corpus.library.shelf import Shelf
from corpus.reader import load_corpus, load_shelf
from corpus.records import Document

_LABELS = {
    "document_id": "编号",
    "title": "标题",
    "number": "文号",
    "issuer": "发文机关",
    "region": "适用地区",
    "year": "政策年度",
    "status": "文件状态",
    "issued": "成文日期",
    "term_start": "施行日期",
    "term_end": "有效期至",
    "term_quote": "期限原文",
    "supersedes": "替代了",
    "superseded_by": "已被替代",
    "measures": "条款数",
    "records": "记录数",
    "name": "原文件",
    "kind": "格式",
    "added": "加入时间",
    "sha256": "SHA-256",
    "source": "来源",
}


def rows(document_id: str | None = None) -> list[dict[str, Any]]:
    """Documents as JSON-ready dicts, those shipped first.

    Args:
        document_id: Only this one.

    Raises:
        UsageError: There is no such document.
    """
    shelf = Shelf()
    held = shelf.held()
    found = [
        {**entry_to_json(document.entry), **_sizes(document), "source": "shipped"}
        for document in load_corpus(with_shelf=False)
    ]
    found += [
        {**held_to_json(one), **_sizes(document), "source": "added"}
        for one, document in zip(held, load_shelf(shelf, held), strict=True)
    ]
    if document_id is None:
        return found
    chosen = [row for row in found if row["document_id"] == document_id]
    if not chosen:
        raise UsageError(f"no document {document_id!r}; see `huiwen corpus list`")
    return chosen


def list_line(row: dict[str, Any]) -> str:
    """A document in one line."""
    parts = [
        row["document_id"],
        f"《{row['title']}》",
        row.get("number"),
        row.get("region") or "地区未知",
        f"{row['year']}年" if row.get("year") else "年度未知",
        row["status"],
        f"{row['measures']}条",
        f"已被{row['superseded_by']}替代" if row.get("superseded_by") else None,
        None if row["records"] else "没有可引用的条款，请用 huiwen corpus check 检查",
    ]
    return "  ".join(part for part in parts if part)


def show_text(row: dict[str, Any]) -> str:
    """All that is known of a document, a line each."""
    return "\n".join(f"{label}：{row.get(key) or '未知'}" for key, label in _shown(row))


def _shown(row: dict[str, Any]) -> Sequence[tuple[str, str]]:
    """Versions and what only a user's document has are left out where there is nothing."""
    optional = {"supersedes", "superseded_by", "name", "kind", "added", "term_quote"}
    return [(k, label) for k, label in _LABELS.items() if k in row or k not in optional]


def _sizes(document: Document) -> dict[str, int]:
    clauses = sum(measure.kind == "measure" for measure in document.measures)
    return {"measures": clauses, "records": len(document.measures)}
