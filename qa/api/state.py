"""What a running server holds, from its start on."""

import asyncio
import logging
from collections.abc import Callable

from corpus.errors import HuiwenError
from qa.api.figures import Figures
from qa.api.problems import ApiError
from qa.api.service import Answered, Asked, Service
from qa.api.settings import Settings
from qa.api.turns import Turns

_LOG = logging.getLogger("huiwen")
# A request that comes while the library is opened waits for it; opening takes about a second.
_PATIENCE = 15.0


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
        self.failure: HuiwenError | None = None
        self.page_ready = False
        self._open = open_service
        self._service: Service | None = None
        self._opened = asyncio.Event()

    async def open(self) -> None:
        """Opens the library; a failure is kept for those who ask."""
        try:
            self._service = await self.turns.run(self._open)
            self.figures.ready.set(1)
        except HuiwenError as error:
            self.failure = error
            _LOG.error("%s", error)
        finally:
            self._opened.set()

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
                await asyncio.wait_for(self._opened.wait(), _PATIENCE)
            except TimeoutError:
                raise ApiError("not_ready") from None
        if self._service is None:
            raise ApiError("not_ready")
        return self._service

    async def answer(self, asked: Asked) -> Answered:
        """Answers; what was answered before needs no turn."""
        service = await self.service()
        answered = service.remembered(asked)
        known = answered is not None
        if answered is None:
            answered = await self.turns.run(service.answer, asked)
        self.figures.answers.labels(answered.answer.status, str(known).lower()).inc()
        return answered
