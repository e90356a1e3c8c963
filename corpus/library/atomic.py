"""Files that are there whole or not at all, whatever interrupts their writing."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file beside its place and then moves it there.

    After a crash at any point the place holds what it held before, or all of `data`.

    Raises:
        OSError: The place cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            # Without it a power cut could leave the new name with none of the content.
            os.fsync(stream.fileno())
        work.replace(path)
    except BaseException:
        work.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_cache(path: Path, data: bytes) -> None:
    """As `write_bytes`, for what can be made again: whole or not at all, but not kept at any cost.

    A place that cannot be written to is left as it is.
    """
    work: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        work = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        work.replace(path)
    except OSError:
        if work is not None:
            with contextlib.suppress(OSError):
                work.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Makes a rename last; a system that cannot open folders (Windows) does so by itself."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
