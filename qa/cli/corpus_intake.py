"""Files on their way into the user's library: shown, confirmed, taken in, reported on."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from corpus.check import check, report_to_text
from corpus.errors import HuiwenError, MissingFileError, UsageError
from corpus.library.intake import Fields, Source, fields_of, read_source
from corpus.metadata.propose import Proposal, propose
from corpus.normalise import normalise

if TYPE_CHECKING:
    from corpus.library.change import Added
    from index.ingest import Ingest

__all__ = ["asked", "confirm", "fields_for", "files_of", "read_source", "report", "take"]
_FIELDS = (
    *("title", "number", "issuer", "region", "year", "issued", "term_start", "term_end"),
    "status",
)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Files, and all that lie in folders, in order; hidden files and office locks are left out.

    Raises:
        MissingFileError: There is no such path.
        UsageError: The folders hold no file.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (found for found in sorted(path.rglob("*")) if found.is_file())
            files.update(
                (found, None)
                for found in inside
                if not any(part.startswith((".", "~$")) for part in found.relative_to(path).parts)
            )
        elif path.exists():
            files[path] = None
        else:
            raise MissingFileError(path, "name an existing file or folder")
    if not files:
        raise UsageError(f"{', '.join(map(str, paths))}: no files in it")
    return list(files)


def asked(question: str) -> bool:
    """Whether a person at a terminal says yes; where none is there, says what to do."""
    if not sys.stdin.isatty():
        print("huiwen: nobody can be asked; nothing was changed. Add --yes", file=sys.stderr)
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def confirm(files: Sequence[Path], options: argparse.Namespace) -> bool:
    """Shows what the texts say of themselves, and asks whether to take it."""
    for path in files:
        try:
            source = read_source(path)
        except HuiwenError as error:
            print(f"✗ {error}")
            continue
        if len(files) == 1:
            print(report_to_text(check(source.text, source.name)))
        fields, notes = fields_for(source, options)
        print(_line(source.name, fields, notes))
    print("correct it by --title, --number, --issuer, --region, --year, … where it is wrong")
    return asked(f"take {len(files)} file(s) into your library as shown?")


def fields_for(source: Source, options: argparse.Namespace) -> tuple[Fields, list[str]]:
    """What is known of a file: what the user gave, else what the text says; and what to notice."""
    proposal = propose(normalise(source.text).text, source.name)
    given = {name: getattr(options, name, None) for name in _FIELDS}
    values: dict[str, Any] = {
        name: _empty(name) if value == "-" else value
        for name, value in given.items()
        if value is not None
    }
    if "term_start" in values or "term_end" in values:
        values["term_quote"] = None  # the sentence found speaks of other days
    fields = replace(fields_of(proposal, source), **values)
    if not fields.title.strip():
        raise UsageError("--title is empty; give the document a title")
    notes = [*source.warnings]
    if guesses := _guesses(proposal, values):
        notes.append(f"guessed, please check: {', '.join(guesses)}")
    if proposal.withdrawn.value:
        notes.append(f"the text says that it is no longer in force: {proposal.withdrawn.quote}")
    return fields, notes


def _empty(name: str) -> str | None:
    return "" if name in ("title", "region") else None


def _guesses(proposal: Proposal, given: dict[str, Any]) -> list[str]:
    found = {name: getattr(proposal, name) for name in _FIELDS if name != "status"}
    found["status"] = proposal.stage
    return [
        f"{name} ({proposed.quote})"
        for name, proposed in found.items()
        if name not in given and proposed.confidence == "guessed"
    ]


def take(ingest: "Ingest", files: Sequence[Path], options: argparse.Namespace) -> int:
    """Adds files one by one; those that cannot be added are listed at the end.

    Returns:
        Exit status: 0 where all were added, 1 where some were not.
    """
    failed: list[str] = []
    bar = tqdm(files, unit="file", disable=len(files) < 2, file=sys.stderr)
    with bar:
        for path in bar:
            try:
                source = read_source(path)
                fields, notes = fields_for(source, options)
                added = ingest.add(source, fields, options.id)
            except UsageError:
                raise  # an option is unusable, not a file
            except HuiwenError as error:
                message = str(error)
                failed.append(message if path.name in message else f"{path}: {message}")
                continue
            tqdm.write(report(added, notes), file=sys.stdout)
    for message in failed:
        print(f"✗ {message}", file=sys.stderr)
    if len(files) > 1:
        print(f"{len(files) - len(failed)} of {len(files)} files added", file=sys.stderr)
    return 1 if failed else 0


def report(added: "Added", notes: Sequence[str]) -> str:
    """What became of a file: a line, and one for each thing to notice."""
    entry = added.held.entry
    fields = Fields(entry.title, entry.number, entry.issuer, entry.region, (), entry.year)
    fields = replace(fields, status=entry.status)
    near = [
        f"{100 * share:.0f} % the same as {document_id}; for a new version of it use "
        f"`huiwen corpus replace {document_id} FILE`"
        for document_id, share in added.near
    ]
    count = sum(measure.kind == "measure" for measure in added.document.measures)
    name = f"{added.held.name} → {entry.document_id}  {count}条"
    return f"✓ {_line(name, fields, [*notes, *near])}"


def _line(name: str, fields: Fields, notes: Sequence[str]) -> str:
    known = (
        f"《{fields.title}》",
        fields.number,
        fields.region or "地区未知",
        f"{fields.year}年" if fields.year else "年度未知",
        fields.status,
    )
    line = "  ".join([name, *(part for part in known if part)])
    return "\n".join([line, *(f"  {note}" for note in notes)])
