"""Loads 3,400 secondary schools, N times: `python -m tests.bench.world N`.

At either size every list fills a page: a page of eight rows beside one of fifty would
measure the rows, not what lies behind them.
"""

import sys
from dataclasses import replace

import django

django.setup()


from mentoring.demo.load import load_world  # noqa: E402 -- after the setup
from mentoring.demo.parameters import DEMO_TODAY, HEADLINE  # noqa: E402
from mentoring.demo.trusts import OPENED  # noqa: E402
from mentoring.demo.world import build_world  # noqa: E402
from schools.models import School, Trust, TrustMembership  # noqa: E402
from schools.planner import count_anew  # noqa: E402

SCHOOLS = 3400
TRUSTS, SCHOOLS_IN_EACH = 60, 4
"""Trusts beside those of the demonstration, which has eight."""

IRREGULAR = replace(HEADLINE.irregular, merged=72, undecided=60)
"""Sixty links wait for a person, where those of the demonstration are four."""

WORLD = replace(HEADLINE, schools=SCHOOLS, irregular=IRREGULAR)


def add_trusts(count: int) -> None:
    """Write `count` trusts of schools that are in none and not in the programme."""
    free = School.objects.standing().filter(
        trusts__isnull=True, memberships__isnull=True
    )
    schools = list(free.order_by("pk")[: count * SCHOOLS_IN_EACH])
    first = Trust.objects.latest("uid").uid + 1
    trusts = [
        Trust(uid=first + place, name=f"Measured Trust {place + 1}", opened=OPENED)
        for place in range(count)
    ]
    Trust.objects.bulk_create(trusts)
    TrustMembership.objects.bulk_create(
        TrustMembership(trust=trusts[place % count], school=school, started=DEMO_TODAY)
        for place, school in enumerate(schools)
    )


if __name__ == "__main__":
    times = int(sys.argv[1])
    load_world(build_world(WORLD.times(times)))
    add_trusts(times * TRUSTS)
    count_anew()  # as the server does by itself within a minute
