"""Prepares visits to a database: `python -m tests.bench.visit [all]`.

Prints, as one line of JSON, a session of programme staff and the queries of each
address: of the three that have a reference page, or of all that staff can open.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after the setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from mentoring.models import EligibilityList, Membership  # noqa: E402
from schools.models import School, Succession, Trust, User  # noqa: E402
from tests.walk.resolver import names  # noqa: E402

OK = 200
TYPED = "/schools/suggest/?q=arv"


def objects() -> dict[str, object]:
    """Return something to open at each address that needs an object."""
    mentee = Membership.objects.mentees().earliest("pk")
    return {
        "school": mentee.school_id,
        "enrol": School.objects.standing().latest("pk").pk,
        "membership": mentee.pk,
        "trust": Trust.objects.earliest("pk").pk,
        "eligibility_list": EligibilityList.objects.earliest("pk").pk,
        "succession": Succession.objects.earliest("case").case,
    }


def addresses() -> list[str]:
    """Return every address that programme staff may get, one object each."""
    known = objects()
    chosen = EligibilityList.objects.values_list("measure", "year").earliest("pk")
    quarter = "measure={}&year={}".format(*chosen)
    found = [
        TYPED,
        "/schools/?region=London&sort=-result",
        "/schools/?q=college",
        f"/eligibility/?{quarter}&share=30",
        f"/eligibility/freeze/?{quarter}",
        f"/eligibility/why/?{quarter}&q=college",
    ]
    for name in names():
        try:
            pk = known.get(name)
            found.append(reverse(name, kwargs={"pk": pk} if pk else None))
        except NoReverseMatch:
            continue  # needs something else
    return sorted(found)


def main(which: str) -> None:
    """Sign programme staff in, and count the queries of each page."""
    client = Client()
    client.force_login(User.objects.filter(roles__kind="staff").earliest("pk"))
    school = Membership.objects.mentees().earliest("pk").school_id
    asked = ["/", "/schools/", f"/schools/{school}/"]
    queries = {}
    for address in addresses() if which == "all" else asked:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        # Files grow with their rows; it is pages that must not.
        is_page = not answer.streaming and "html" in answer.headers["Content-Type"]
        if answer.status_code == OK and is_page:
            queries[address] = len(captured)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"cookie": cookie, "queries": queries}))


if __name__ == "__main__":
    main(*sys.argv[1:2] or ["some"])
