"""Loads 3,400 secondary schools, N times: `python -m tests.bench.world N`."""

import sys
from dataclasses import replace

import django

django.setup()

from mentoring.demo.load import load_world  # noqa: E402 -- after the setup
from mentoring.demo.parameters import HEADLINE  # noqa: E402
from mentoring.demo.world import build_world  # noqa: E402

SCHOOLS = 3400

if __name__ == "__main__":
    load_world(build_world(replace(HEADLINE, schools=SCHOOLS).times(int(sys.argv[1]))))
