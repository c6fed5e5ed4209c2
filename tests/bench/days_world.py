"""Prepares what logging is measured on: `python -m tests.bench.days_world TASK`.

`heads` makes 200 heads of mentors, each with a pairing, somebody who gives days and a
session, and prints them as JSON. `lists N` loads the demonstration and gives every
person of it N - 1 others who gave the same days: N times ten thousand in all. `count`
prints how many days there are, and how many half days the pairings have counted.
"""

import json
import sys
from datetime import date
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after the setup
from django.db.models import Sum  # noqa: E402
from django.test import Client  # noqa: E402

from mentoring.demo.load import load_world  # noqa: E402
from mentoring.demo.world import build_world  # noqa: E402
from mentoring.models import Pairing, Programme, SupportDay  # noqa: E402
from schools.models import Role  # noqa: E402
from schools.planner import count_anew  # noqa: E402
from tests import factories  # noqa: E402

HEADS = 200
TODAY = date(2006, 11, 20)
AT_ONCE = 5_000


def heads() -> list[dict[str, object]]:
    """Make the heads; return each one's session, pairing and giver."""
    programme = Programme.the()
    programme.demo_today = TODAY
    programme.save()
    found = []
    for _ in range(HEADS):
        pairing = factories.PairingFactory.create()
        school = pairing.mentor.school
        giver = factories.StaffMemberFactory.create(school=school)
        role = factories.RoleFactory.create(kind=Role.Kind.HEAD, school=school)
        client = Client()
        client.force_login(role.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append({"cookie": cookie, "pairing": pairing.pk, "giver": giver.pk})
    count_anew()
    return found


def lists(times: int) -> str:
    """Load the demonstration with its days so many times; return a session."""
    load_world(build_world())
    held = list(SupportDay.objects.select_related("giver").order_by("pk"))
    for turn in range(1, times):
        people = {}
        for day in held:
            if day.giver_id not in people:
                people[day.giver_id] = factories.StaffMemberFactory.build(
                    school_id=day.giver.school_id, name=f"{day.giver.name} {turn}"
                )
        type(held[0].giver).objects.bulk_create(people.values())
        rows = []
        for day in held:
            copy = SupportDay(
                **{
                    each.attname: getattr(day, each.attname)
                    for each in SupportDay._meta.concrete_fields
                    if not each.primary_key
                }
            )
            copy.giver_id = people[day.giver_id].pk
            copy.visit = UUID(int=day.visit.int ^ turn)
            rows.append(copy)
        SupportDay.objects.bulk_create(rows, batch_size=AT_ONCE)
    count_anew()
    client = Client()
    staff = Role.objects.filter(kind=Role.Kind.STAFF).earliest("pk")
    client.force_login(staff.user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def count() -> dict[str, int]:
    """Return the days, and the half days that pairings have counted."""
    counted = Pairing.objects.aggregate(n=Sum("halves_given"))["n"] or 0
    return {"days": SupportDay.objects.count(), "halves": counted}


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    if task == "heads":
        print(json.dumps(heads()))
    elif task == "lists":
        print(json.dumps({"cookie": lists(int(words[0]))}))
    elif task == "count":
        print(json.dumps(count()))
