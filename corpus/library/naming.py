"""Document ids: short, unique, of plain ASCII, easily typed, fit for file names."""

import re
from collections.abc import Container

from corpus.errors import UsageError

# No colon: `<document>:<number>` is a measure. No capitals: some file systems know no case.
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_LONGEST = 40
_VERSION = re.compile(r"-v(\d+)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PLACE_LEVEL = re.compile(r"(?<=..)(?:省|市|县|区)$")
# Characters of a title that become syllables where no region gives a name.
_SYLLABLES = 4


def checked_id(document_id: str, taken: Container[str]) -> str:
    """An id that a user chose.

    Raises:
        UsageError: It is malformed or taken.
    """
    if not _ID.fullmatch(document_id):
        raise UsageError(
            f"id {document_id!r}: use 1 to 64 of a-z, 0-9, '.', '_' and '-', "
            "with a letter or digit at both ends"
        )
    if document_id in taken:
        raise UsageError(f"id {document_id!r} is taken; choose another with --id")
    return document_id


def proposed_id(
    stem: str, title: str, region: str, year: int | None, sha256: str, taken: Container[str]
) -> str:
    """An id from what is known of a document; the same every time for the same library.

    Args:
        stem: File name without its ending; taken where it is of ASCII letters.
        title: 标题.
        region: Place, or empty.
        year: Year, or None.
        sha256: Tells documents apart that would get one id.
        taken: Ids in use.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    has_word = stem.isascii() and re.search(r"[a-z]{2}", slug)
    base = slug if has_word else _romanised(title, region, year)
    base = base[:_LONGEST].strip("-") or f"doc-{sha256[:8]}"
    return base if base not in taken else f"{base}-{sha256[:8]}"


def next_version(document_id: str, taken: Container[str]) -> str:
    """`x` → `x-v2`, `x-v2` → `x-v3`; numbers in use are passed over."""
    found = _VERSION.search(document_id)
    base = document_id[: found.start()] if found else document_id
    number = int(found.group(1)) + 1 if found else 2
    while f"{base}-v{number}" in taken:
        number += 1
    return f"{base}-v{number}"


def _romanised(title: str, region: str, year: int | None) -> str:
    from pypinyin import lazy_pinyin  # only where a document without a Latin name is added

    named = _PLACE_LEVEL.sub("", region)
    chinese = re.sub(r"[^一-鿿]", "", named or title)[:_SYLLABLES]
    when = str(year) if year is not None else "".join(_YEAR.findall(title)[:1])
    joined = "".join(lazy_pinyin(chinese)) if named else "-".join(lazy_pinyin(chinese))
    ascii_only = re.sub(r"[^a-z0-9-]", "", joined.lower())
    return "-".join(part for part in (ascii_only, when) if part)
