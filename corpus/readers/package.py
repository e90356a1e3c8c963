"""Zip containers (docx, OFD) opened with limits, and their XML parsed without its dangers."""

# mypy: disable-error-code="import-untyped"

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from corpus.readers.guard import (
    MAX_MEMBER,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_MATTERS_FROM,
    corrupt,
    encrypted,
    too_large,
)

_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1


class Element(Protocol):
    """The part of an lxml element that the readers use."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator["Element"]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, default: str = ...) -> str | None:
        """An attribute's value."""
        ...

    def items(self) -> list[tuple[str, str]]:
        """All attributes."""
        ...

    def iter(self, *tags: str) -> Iterator["Element"]:
        """This element and all beneath it, in document order."""
        ...

    def getparent(self) -> "Element | None":
        """The element around this one."""
        ...


class Package:
    """A zip file whose members are read with limits on what they unpack to."""

    def __init__(self, data: bytes, format_name: str) -> None:
        self._format = format_name
        # zipfile builds an object per entry on opening, so the entries are counted before that.
        if data.count(_CENTRAL_ENTRY) > MAX_MEMBERS:
            raise too_large(f"the {format_name} file holds more than {MAX_MEMBERS} members")
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._members = {info.filename: info for info in self._zip.infolist()}
        self._left = MAX_UNPACKED

    @property
    def names(self) -> Iterable[str]:
        """The members' names."""
        return self._members.keys()

    def has(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpacks a member.

        Raises:
            UnreadableFileError: It is not there, is encrypted, or unpacks to too much.
        """
        info = self._members.get(name)
        if info is None:
            raise corrupt(self._format, f"no member {name[:80]}")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise encrypted(self._format)
        # The size that the header states may be a lie; what comes out is counted.
        limit = min(MAX_MEMBER, self._left)
        with self._zip.open(info) as member:
            data = member.read(limit + 1)
        packed = max(info.compress_size, 1)
        is_bomb = len(data) > RATIO_MATTERS_FROM and len(data) > MAX_RATIO * packed
        if len(data) > limit or is_bomb:
            raise too_large(f"{name[:80]} in the {self._format} file unpacks to too much")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """A member's root element."""
        return parse_xml(self.read(name), self._format)


def parse_xml(data: bytes, format_name: str) -> Element:
    """Parses XML that may be hostile: no entities, no DTD, no network, bounded depth.

    Raises:
        UnreadableFileError: It is not well-formed, or brings a document type along; neither docx
            nor OFD has one, and entity bombs need one.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise corrupt(format_name, f"its XML is broken: {str(error)[:100]}") from error
    if root.getroottree().docinfo.doctype:
        raise corrupt(format_name, "its XML has a document type, which the format forbids")
    return cast(Element, root)


def local(element: Element) -> str:
    """The tag without its namespace, so that both dialects of Office Open XML read alike."""
    tag = element.tag
    # An entity left unresolved has a function where an element has its tag.
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of this local name, whatever its namespace."""
    if element is None:
        return None
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if local(c) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of this local name."""
    if element is not None:
        yield from (c for c in element if local(c) == name)
