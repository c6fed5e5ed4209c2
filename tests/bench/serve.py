"""Serves the application and its reference pages as production does, on PORT."""

import sys
from pathlib import Path
from typing import cast

from django.conf import settings
from waitress import serve


def main(port: int) -> None:
    """Serve on loopback until ended."""
    settings.ROOT_URLCONF = "tests.bench.reference"
    folder = Path(__file__).parent / "templates"
    cast("list[Path]", settings.TEMPLATES[0]["DIRS"]).append(folder)
    from mentoring.wsgi import application  # noqa: PLC0415 -- after the settings

    serve(application, host="127.0.0.1", port=port, threads=4)


if __name__ == "__main__":
    main(int(sys.argv[1]))
