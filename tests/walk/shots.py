"""Pictures every page, wide and narrow, light and dark.

`SHOTS=dir python -m tests shots` writes them to the folder named.
Over the database in DATABASE_URL where one is named, such as the demonstration's, else
over the tests' own scene in a database that is gone afterwards.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.harness import chromium, environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.harness.cast import Scene
    from tests.harness.site import Site

WIDTHS = (1280, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> int:
    """Write the pictures; return the exit code."""
    folder, chosen = os.environ.get("SHOTS", ""), environment.GIVEN_DATABASE_URL
    if not folder:
        sys.stderr.write("Name the folder for the pictures in SHOTS.\n")
        return 2
    _set_up(chosen)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- here alone

    Path(folder).mkdir(parents=True, exist_ok=True)
    with _scene(chosen) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        taken = sum(_shoot(browser, site, Path(folder)))
        browser.close()
    sys.stdout.write(f"{taken} pictures in {folder}\n")
    return 0


def _set_up(database_url: str) -> None:
    """Set Django up over the named database, with the tests' settings."""
    os.environ["DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings"
    import django  # noqa: PLC0415 -- after the environment
    from django.conf import settings  # noqa: PLC0415 -- same

    environment.apply_to(settings)
    django.setup()


@contextmanager
def _scene(database_url: str) -> "Iterator[Site]":
    from django.conf import settings  # noqa: PLC0415 -- after the set-up
    from django.test.utils import (  # noqa: PLC0415 -- same
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    from tests.harness import cast  # noqa: PLC0415 -- same
    from tests.harness.site import Site, serving  # noqa: PLC0415 -- same

    if database_url:
        with serving() as address:
            yield Site(address, _demonstration())
        return
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "test.sqlite3")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
        setup_test_environment()
        made = setup_databases(verbosity=0, interactive=False)
        with serving() as address:
            yield Site(address, cast.build())
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


def _demonstration() -> "Scene":
    """Return the cast and schools found in the database at hand."""
    from mentoring.models import (  # noqa: PLC0415 -- same
        EligibilityException,
        EligibilityList,
        Membership,
        SavedView,
    )
    from schools.models import (  # noqa: PLC0415 -- same
        Role,
        School,
        Succession,
        Trust,
        User,
    )
    from tests.harness.cast import Scene  # noqa: PLC0415 -- same

    members = Membership.objects.select_related("school").order_by("pk")
    mentee, mentor = (
        members.mentees().joined_ever().first(),
        members.mentors().joined_ever().first(),
    )
    stranger = School.objects.filter(memberships__isnull=True).order_by("pk").first()
    eligibility = EligibilityList.objects.order_by("-pk").first()
    trusts = list(Trust.objects.order_by("pk")[:2])
    successions = list(Succession.objects.order_by("-state", "pk"))
    assert trusts, "the database has no trust"
    assert successions, "the database has no succession"
    assert mentee, "the database has no mentee"
    assert mentor, "the database has no mentor"
    assert stranger, "the database has no school outside the programme"
    assert eligibility, "the database has no frozen list"
    by_kind = {
        role.kind: role
        for role in Role.objects.select_related("user", "school").order_by("-pk")
    }
    kinds = {"officer": Role.Kind.STAFF, "mentee_head": Role.Kind.HEAD}
    same = ("finance", "evaluator", "administrator")
    named = {kind: Role.Kind(kind) for kind in same}
    roles = {
        name: by_kind[kind]
        for name, kind in {**kinds, **named}.items()
        if kind in by_kind
    }
    nobody = User.objects.filter(roles__isnull=True).first()
    cast = {name: role.user for name, role in roles.items()}
    exception, _ = EligibilityException.objects.get_or_create(
        school=stranger,
        defaults={
            "why": "It asked for help after a fire.",
            "granted_on": eligibility.frozen_on,
        },
    )
    view, _ = SavedView.objects.get_or_create(
        owner=roles["officer"].user, page="schools", name="In the North"
    )
    return Scene(
        cast=cast | ({"nobody": nobody} if nobody else {}),
        roles=roles,
        mentee=mentee.school,
        mentor=mentor.school,
        stranger=stranger,
        mentee_membership=mentee,
        mentor_membership=mentor,
        eligibility=eligibility,
        exception=exception,
        trust=trusts[0],
        other_trust=trusts[-1],
        succession=successions[0],
        decided=successions[-1],
        view=view,
        other_view=view,
    )


def _shoot(browser: "Browser", site: "Site", folder: Path) -> Iterator[int]:
    """Picture each page that somebody in the scene can open; yield how many each."""
    from tests.walk.pages import PAGES  # noqa: PLC0415 -- after the set-up

    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    for page in PAGES:
        if page.who != "anonymous" and page.who not in site.scene.cast:
            continue
        site.sign_in(context, page.who)
        tab.goto(site.address + page.path(site.scene))
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                tab.emulate_media(color_scheme=scheme)
                name = f"{page}-{width}-{scheme}.png"
                tab.screenshot(path=folder / name, full_page=True)
        yield len(WIDTHS) * len(SCHEMES)
    context.close()
