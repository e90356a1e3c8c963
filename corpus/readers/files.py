"""A file of any kind → its raw text, with one clear line where that fails."""

import stat
from pathlib import Path

from corpus.errors import CorpusError, MissingFileError, UnreadableFileError
from corpus.readers.docx import DocxReader
from corpus.readers.guard import MAX_FILE, guard, no_text
from corpus.readers.html import HtmlReader
from corpus.readers.markdown import MarkdownReader
from corpus.readers.ofd import OfdReader
from corpus.readers.office import OfficeReader
from corpus.readers.pdf import PdfReader
from corpus.readers.protocol import DocumentReader, Reading, WarningReader
from corpus.readers.sniff import sniff
from corpus.readers.text import TextReader
from corpus.readers.wording import han_share

READERS: dict[str, DocumentReader] = {
    "txt": TextReader(),
    "md": MarkdownReader(),
    "html": HtmlReader(),
    "pdf": PdfReader(),
    "docx": DocxReader(),
    "ofd": OfdReader(),
    "doc": OfficeReader(".doc"),
    "wps": OfficeReader(".wps"),
    "rtf": OfficeReader(".rtf"),
}
# The least share of Chinese characters in a policy document; tables of figures come down to a
# third, English has none.
_MIN_HAN = 0.2


def kind_for(path: Path, data: bytes) -> str:
    """The kind of a file: a key of `READERS`.

    Raises:
        UnreadableFileError: It is empty, encrypted or of a kind that has no reader.
    """
    try:
        return sniff(data, path.suffix.lower())
    except UnreadableFileError as error:
        raise error.at(path) from error


def reader_for(path: Path, data: bytes) -> DocumentReader:
    """The reader of a file.

    Args:
        path: The file; its suffix decides only between kinds of text.
        data: Its bytes.

    Raises:
        UnreadableFileError: It is empty, encrypted or of a kind that has no reader.
    """
    return READERS[kind_for(path, data)]


def read_file(path: Path) -> Reading:
    """Reads a document of any kind.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It has no text that can be got at; `kind` says why.
    """
    return read_bytes(path, load_bytes(path))


def read_bytes(path: Path, data: bytes) -> Reading:
    """As `read_file`, for who has the bytes already, be it from an upload.

    Args:
        path: The file's name, for messages and to tell Markdown from plain text.
        data: Its bytes.

    Raises:
        UnreadableFileError: It has no text that can be got at; `kind` says why.
    """
    if len(data) > MAX_FILE:
        raise _beyond_limit(path, len(data))
    kind = kind_for(path, data)
    reader = READERS[kind]
    warnings: tuple[str, ...] = ()
    try:
        with guard(kind):
            if isinstance(reader, WarningReader):
                text, warnings = reader.read_with_warnings(data)
            else:
                text = reader.read(data)
            if not text.strip():
                raise no_text(kind)
    except UnreadableFileError as error:
        raise error.at(path) from error
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error
    return Reading(text, kind, (*_name_warnings(path, kind, reader), *warnings, *_doubts(text)))


def load_bytes(path: Path) -> bytes:
    """The bytes of a file that is neither too large nor something else than a file.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It is too large (nothing is read then), no file, or cannot be opened.
    """
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE:
            with path.open("rb") as file:
                # One more than allowed shows whether it has grown meanwhile.
                return file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise MissingFileError(path, "name an existing document") from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        problem = f"cannot be opened ({getattr(error, 'strerror', None) or error})"
        hint = "check its name and your rights to it"
        raise UnreadableFileError("unsupported", problem, hint, path) from error
    if not stat.S_ISREG(status.st_mode):
        hint = "name a document, not a folder or device"
        raise UnreadableFileError("unsupported", "not a file", hint, path)
    raise _beyond_limit(path, status.st_size)


def _beyond_limit(path: Path, size: int) -> UnreadableFileError:
    problem = f"{size / 1e6:.0f} MB, the limit is {MAX_FILE / 1e6:.0f} MB"
    return UnreadableFileError("too_large", problem, "split it, or save only its text", path)


def _name_warnings(path: Path, kind: str, reader: DocumentReader) -> tuple[str, ...]:
    suffix = path.suffix.lower()
    if suffix in reader.suffixes:
        return ()
    named = f"named {suffix}" if suffix else "named without an ending"
    return (f"the file is {named} but is {kind}; it was read as {kind}",)


def _doubts(text: str) -> tuple[str, ...]:
    share = han_share(text)
    if share >= _MIN_HAN:
        return ()
    return (f"only {share:.0%} of the text are Chinese characters; is it a Chinese document?",)
