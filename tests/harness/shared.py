"""The folder of published school data, which some tests read whole files of."""

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
HOW_TO_GET_IT = (
    "name the folder of published school data in the environment variable SHARED_DATA"
)


def folder() -> Path | None:
    """Return the folder SHARED_DATA names, else the one beside the project, or None."""
    named = Path(os.environ.get("SHARED_DATA") or BESIDE)
    return named if named.is_dir() else None
