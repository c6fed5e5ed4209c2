"""Finds Chromium on this machine."""

import os
import shutil
from pathlib import Path
from typing import Any

HOW_TO_GET_IT = "install Debian's chromium, or name its program in CHROMIUM"


def program() -> Path | None:
    """Return Chromium's program, None where there is none."""
    named = os.environ.get("CHROMIUM")
    for candidate in (named, "/usr/bin/chromium", shutil.which("chromium")):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    return None


def launch_options() -> dict[str, Any]:
    """Return what Playwright needs to start it; root cannot use the sandbox."""
    found = program()
    if found is None:
        raise RuntimeError(f"There is no Chromium: {HOW_TO_GET_IT}.")
    arguments = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": str(found), "args": arguments}
