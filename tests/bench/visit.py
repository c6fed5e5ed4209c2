"""Prepares visits to a database: prints a session, a school, and queries by address."""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after the setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from mentoring.models import Membership  # noqa: E402
from schools.models import User  # noqa: E402


def main() -> None:
    """Sign programme staff in, and count the queries of each page."""
    client = Client()
    client.force_login(User.objects.filter(roles__kind="staff").earliest("pk"))
    school = Membership.objects.mentees().earliest("pk").school_id
    queries = {}
    for address in ("/", "/schools/", f"/schools/{school}/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries[address] = len(captured)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"cookie": cookie, "queries": queries}))


if __name__ == "__main__":
    main()
