"""CPU work off the event loop, one job after the other."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from qa.api.problems import ApiError

P = ParamSpec("P")
Result = TypeVar("Result")


class Turns:
    """Runs jobs in turn in one thread.

    Answering holds the interpreter's lock nearly all the time: more threads would not be faster,
    only their answers less even. The loop stays free for health checks and other connections.

    Args:
        most: How many jobs may wait.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="huiwen")
        self.waiting = 0

    async def run(self, job: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """Runs a job when its turn comes.

        Raises:
            ApiError: Too many jobs wait.
        """
        if self.waiting >= self._most:
            raise ApiError("busy")
        self.waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, lambda: job(*args, **kwargs))
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Lets the running job end, drops the others."""
        self._pool.shutdown(wait=False, cancel_futures=True)
