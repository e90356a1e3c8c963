"""What a server is started with."""

import json
import os
from dataclasses import asdict, dataclass
from ipaddress import ip_address

# Worker processes are started anew and read their settings here; the key has a variable of its
# own, which people set.
VARIABLE = "HUIWEN_SERVE"
KEY_VARIABLE = "HUIWEN_API_KEY"


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and choices of a server.

    Attributes:
        page: Whether the page and MCP are served beside the JSON operations.
        log: Whether requests are logged: method, path, status and time, never a question.
        cached: Most answers that are remembered; 0 remembers none.
        body_limit: Most bytes of a request's body.
        body_seconds: Longest wait for the next part of a body.
        request_seconds: Longest time for a JSON operation.
        waiting: Most operations that wait for their turn; more are turned away at once.
        changes: Whether the library may be changed; `serve` allows it where only this machine or
            holders of the key can reach the server.
        upload_limit: Most bytes of a request that brings a document; readers take 100 MB.
        json_limit: Most bytes of one that brings it within JSON, which is held in memory.
        change_seconds: Longest time for reading a document or changing the library.
    """

    page: bool = True
    log: bool = False
    cached: int = 2048
    body_limit: int = 64 * 1024
    body_seconds: float = 10.0
    request_seconds: float = 20.0
    waiting: int = 512
    changes: bool = False
    upload_limit: int = 101_000_000
    json_limit: int = 16_000_000
    change_seconds: float = 180.0

    def export(self) -> None:
        """Leaves the settings to worker processes."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


def inherited() -> Settings:
    """The settings that a parent process left, or the defaults."""
    return Settings(**json.loads(os.environ.get(VARIABLE, "{}")))


def api_key() -> str | None:
    """The key that callers must show, or None."""
    return os.environ.get(KEY_VARIABLE) or None


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach a server bound to a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
