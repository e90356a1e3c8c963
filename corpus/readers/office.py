"""Word 97, WPS and RTF files: converted to docx by LibreOffice, where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.readers.docx import DocxReader
from corpus.readers.guard import MAX_FILE, corrupt, encrypted, guard, too_large

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SECONDS = 120
# No macros, no links followed, nothing asked: the file may be hostile and nobody looks on.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


class OfficeReader:
    """Files that only an office program reads.

    Args:
        suffix: The kind's file name ending.
        seconds: The time that LibreOffice is given.
    """

    def __init__(self, suffix: str, seconds: float = _SECONDS) -> None:
        self.suffixes: tuple[str, ...] = (suffix,)
        self._seconds = seconds

    def read(self, data: bytes) -> str:
        """Converts a document and decodes the result.

        Raises:
            UnreadableFileError: It is damaged or encrypted, or LibreOffice is not installed.
        """
        name = self.suffixes[0].removeprefix(".")
        # Text and pictures under a false name would be converted too; garbage must not be.
        if is_encrypted_office(data):
            raise encrypted(name)
        if not (data.startswith(RTF) or is_word97(data)):
            raise corrupt(name, "it does not begin as one")
        program = office_program()
        if program is None:
            raise UnreadableFileError(
                "unsupported",
                f"a {name} file is read with LibreOffice, which is not installed",
                "install it (apt-get install libreoffice-writer-nogui) or save the file as .docx",
            )
        with guard(name):
            return DocxReader().read(self._converted(program, data))

    def _converted(self, program: str, data: bytes) -> bytes:
        suffix = self.suffixes[0]
        # A folder that LibreOffice has not quite let go of must not turn success into an error.
        with tempfile.TemporaryDirectory(prefix="huiwen-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            source = folder / f"input{suffix}"
            source.write_bytes(data)
            profile = folder / "profile"
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
            command = [
                *(program, "--headless", "--norestore", "--nolockcheck"),
                f"-env:UserInstallation={profile.as_uri()}",
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)),
            ]
            self._run(command, folder, suffix)
            result = folder / "input.docx"
            if not result.is_file():
                raise corrupt(suffix.removeprefix("."), "LibreOffice cannot open it")
            if result.stat().st_size > MAX_FILE:
                raise too_large("the file converted to docx is too large")
            return result.read_bytes()

    def _run(self, command: list[str], folder: Path, suffix: str) -> None:
        # A group of its own: soffice is a script whose child does the work.
        process = subprocess.Popen(  # noqa: S603 (program from PATH, no shell, no user text)
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
            start_new_session=True,
        )
        try:
            process.wait(self._seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableFileError(
                "corrupt",
                f"LibreOffice did not convert the {suffix} file within {self._seconds:.0f} s",
                "save the file as .docx",
            ) from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def office_program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def is_encrypted_office(data: bytes) -> bool:
    """Whether this is a .docx or .xlsx behind a password: they lie in an OLE container."""
    return data.startswith(OLE) and _ENCRYPTED_STREAM in data


def is_word97(data: bytes) -> bool:
    """Whether this is an OLE container with a Word document in it (.doc, .wps)."""
    return data.startswith(OLE) and _WORD_STREAM in data
