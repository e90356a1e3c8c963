"""Where a user's data lives."""

import os
from pathlib import Path


def home() -> Path:
    """HUIWEN_HOME, or the platform's folder for application data."""
    named = os.environ.get("HUIWEN_HOME")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # not needed where the folder is named

    return user_data_path("huiwen", appauthor=False)


def library_folder() -> Path:
    """Where the documents are that a user added."""
    return home() / "library"
