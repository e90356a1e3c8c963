"""What a running server holds, from its start on."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import TypeVar

from corpus.errors import HuiwenError
from corpus.home import library_folder
from corpus.library.held import CATALOG
from index.protocols import Encoder
from qa.api.figures import Figures
from qa.api.problems import ApiError
from qa.api.service import Answered, Asked, Service
from qa.api.settings import Settings
from qa.api.turns import Turns

_LOG = logging.getLogger("huiwen")
# A request that comes while the library is opened waits for it; opening takes about a second.
_PATIENCE = 15.0
_MOST_CHANGES = 16
Result = TypeVar("Result")
Stamp = tuple[int, int, int] | None


class State:
    """The service, once the library is open, and what stands around it.

    Args:
        settings: Limits.
        open_service: Opens the library; run in a thread.
    """

    def __init__(self, settings: Settings, open_service: Callable[[], Service]) -> None:
        self.settings = settings
        self.figures = Figures()
        self.turns = Turns(settings.waiting)
        self._changes = Turns(_MOST_CHANGES)
        self.failure: HuiwenError | None = None
        self.page_ready = False
        self._open = open_service
        self._service: Service | None = None
        self.opened = asyncio.Event()
        self._stamp: Stamp = None
        self._reopening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Opens the library; a failure is kept for those who ask."""
        self._stamp = library_stamp()
        try:
            self._service = await self.turns.run(self._open)
            self.figures.ready.set(1)
        except HuiwenError as error:
            self.failure = error
            _LOG.error("%s", error)
        finally:
            self.opened.set()

    def close(self) -> None:
        """Lets what is running end, drops what waits."""
        self.turns.close()
        self._changes.close()
        if self._reopening is not None:
            self._reopening.cancel()

    @property
    def ready(self) -> bool:
        """Whether questions can be answered."""
        return self._service is not None

    async def service(self) -> Service:
        """The service, as soon as it is there.

        Raises:
            ApiError: It takes long, or the library cannot be opened.
        """
        if self._service is None:
            try:
                await asyncio.wait_for(self.opened.wait(), _PATIENCE)
            except TimeoutError:
                raise ApiError("not_ready") from None
        if self._service is None:
            raise ApiError("not_ready")
        self._look()
        return self._service

    async def current(self) -> Service:
        """The service with all changes of the library that were made until now.

        Raises:
            ApiError: As `service`.
        """
        service = await self.service()
        if self._reopening is None:
            return service
        with suppress(TimeoutError):  # it goes on; until then the library is as it was
            await asyncio.wait_for(asyncio.shield(self._reopening), _PATIENCE)
        return await self.service()

    def _look(self) -> None:
        """Opens the library anew, in the background, where somebody has changed it."""
        if self._reopening is None and library_stamp() != self._stamp:
            self._reopening = asyncio.create_task(self._reopen())

    async def _reopen(self) -> None:
        stamp = library_stamp()
        try:
            self._service = await asyncio.to_thread(self._open)
        except Exception:
            # What was open stays open; it is tried again when the library changes again.
            _LOG.exception("the changed library cannot be opened")
        finally:
            self._stamp = stamp
            self._reopening = None

    async def read(self, job: Callable[[], Result]) -> Result:
        """Reads a document, beside the answering of questions."""
        return await self._changes.run(job)

    async def change(self, job: Callable[[Encoder, Event], Result]) -> Result:
        """Changes the library, and opens it anew.

        Args:
            job: Changes it, given what embeds and what is set when nobody waits any more.
        """
        encoder = (await self.service()).assistant.library.encoder
        stopped = Event()
        try:
            result = await self._changes.run(job, encoder, stopped)
        except asyncio.CancelledError:
            stopped.set()
            raise
        await self.current()
        return result

    async def answer(self, asked: Asked) -> Answered:
        """Answers; what was answered before needs no turn."""
        service = await self.service()
        answered = service.remembered(asked)
        known = answered is not None
        if answered is None:
            answered = await self.turns.run(service.answer, asked)
        self.figures.answers.labels(answered.answer.status, str(known).lower()).inc()
        return answered


def library_stamp() -> Stamp:
    """What tells one state of the user's library from another."""
    try:
        stat = (library_folder() / CATALOG).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
