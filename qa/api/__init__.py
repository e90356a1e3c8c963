"""Huiwen over HTTP: JSON operations, limits, keys and figures of the running server."""
