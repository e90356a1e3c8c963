"""Who may change the library: callers of this origin, where only this machine or a key reaches."""

from urllib.parse import urlsplit

from qa.api.problems import ApiError
from qa.api.settings import Settings, is_loopback

_PLACES = ("/api/v1/documents", "/ui/documents")
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What a browser says of a request that a page of this origin, or its user, has made.
_OWN_SITES = frozenset({b"same-origin", b"none"})


def changes_library(method: str, path: str) -> bool:
    """Whether a request brings a document or changes the library."""
    return method in _CHANGING and path.startswith(_PLACES)


def check_permission(headers: dict[bytes, bytes], settings: Settings, *, keyed: bool) -> None:
    """Lets callers change the library.

    A browser that shows another site's page sends this user's key with that page's requests too,
    but says whose they are; programs that are no browsers say nothing.

    Args:
        headers: The request's.
        settings: Whether changes are allowed at all.
        keyed: Whether callers must show a key.

    Raises:
        ApiError: They may not.
    """
    if not settings.changes:
        raise ApiError("changes_off")
    host = headers.get(b"host", b"").decode("latin-1")
    # A name that somebody else points to this machine: the browser takes their page for ours.
    if not keyed and not is_loopback(_hostname(host)):
        raise ApiError("other_site")
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None and site not in _OWN_SITES:
        raise ApiError("other_site")
    if origin is not None and _place(origin.decode("latin-1")) != host.lower():
        raise ApiError("other_site")


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _place(origin: str) -> str | None:
    """Host and port of an origin, as the header Host has them."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
