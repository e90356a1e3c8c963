"""Figures of the running server, for Prometheus."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Figures:
    """Counts requests, answers and their times; no question is kept."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "huiwen_requests", "Requests", ["route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "huiwen_request_seconds",
            "Time until the response was complete",
            ["route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.answers = Counter(
            "huiwen_answers", "Answers", ["status", "remembered"], registry=self._registry
        )
        self.feedback = Counter("huiwen_feedback", "Feedback", ["verdict"], registry=self._registry)
        self.ready = Gauge(
            "huiwen_ready",
            "Whether questions can be answered",
            registry=self._registry,
            multiprocess_mode="livemin",
        )

    def text(self) -> bytes:
        """All figures; of all worker processes where there are several."""
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)
