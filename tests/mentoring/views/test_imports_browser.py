"""An import from file to undo, in a real browser, with a real worker beside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, expect

from mentoring.models import Programme
from results.models import Result
from schools.models import ImportRun, Upload
from tests.fixtures import TIDY_HEADER, written
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser

SLOW = 15_000  # milliseconds for a worker to take a task up and finish it


@pytest.fixture
def worker(site: Site) -> Iterator[None]:
    """Run the worker that production runs, on the database of the tests."""
    database = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [
            *(sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"),
            *("--interval", "0.1", "--no-startup-delay", "-v0"),
        ],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def file(site: Site, tmp_path: Path) -> Path:
    """Return a file with 20 good figures and a refused one; real files are let in."""
    site.renew()
    Programme.objects.update(demo_today=None)
    rows = [
        f"{urn},{year},5AC,15-year-olds,final,41,,"
        for urn in (100101, 100102, 100103, 100104)
        for year in range(2000, 2005)
    ]
    rows.append("100101,2005,5AC,15-year-olds,final,101%,,")
    return written(tmp_path / "figures.csv", TIDY_HEADER, rows)


def taken_in() -> int:
    """Return how many figures of the file are held; no other has those pupils."""
    return Result.objects.filter(population="15-year-olds").count()


@pytest.mark.parametrize("has_script", [True, False])
def test_the_bar_moves_and_goes_to_what_comes_next(
    *, has_script: bool, site: Site, browser: Browser, file: Path
) -> None:
    """No worker runs here: the test says what one would."""
    context = browser.new_context(java_script_enabled=has_script)
    tab = context.new_page()
    tab.set_default_timeout(SLOW)
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/imports/send/")
    tab.locator("input[type=file]").set_input_files(file)
    by_keys(tab, "Send the file")
    expect(tab.get_by_text("Nobody is there to do it")).to_be_visible()
    expect(tab.locator("progress")).to_have_count(0)
    upload = Upload.objects.get()
    mine = Upload.objects.filter(pk=upload.pk)
    until = timezone.now() + timedelta(minutes=5)
    mine.update(phase="reading", total=2000, done=500, leased_until=until)
    for done in (500, 1500):
        mine.update(done=done)
        expect(tab.locator(f"progress[value='{done}'][max='2000']")).to_be_visible()
        expect(tab.get_by_text(f"Reading the rows: {done:,} of 2,000")).to_be_visible()
    mine.update(phase="checking", total=0, done=0)
    expect(tab.get_by_text("Working out what would change")).to_be_visible()
    mine.update(state="refused", sentence="It is a picture.", leased_until=None)
    expect(tab.locator("h1")).to_have_text("figures.csv cannot be used")
    expect(tab.get_by_text("It is a picture.")).to_be_visible()
    context.close()


def test_from_file_to_undo_by_keyboard_alone(
    site: Site, worker: None, browser: Browser, file: Path
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    tab.set_default_timeout(SLOW)
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/imports/")
    by_keys(tab, "Import a file", "link")
    tab.wait_for_url("**/imports/send/")
    # The system's own window for choosing a file is beyond a page's keys.
    tab.get_by_label("File", exact=True).set_input_files(file)
    by_keys(tab, "Send the file")
    expect(tab.locator("h1")).to_have_text(
        "20 figures would be added; 1 row refused", timeout=SLOW
    )
    assert taken_in() == 0
    expect(tab.locator("mark")).to_have_text("101%")
    by_keys(tab, "Confirm and import")
    expect(tab.locator("h1")).to_have_text(
        "20 figures added; 1 row refused", timeout=SLOW
    )
    assert taken_in() == 20
    by_keys(tab, "Undo this import", "link")
    expect(tab.locator("h1")).to_have_text("Undo the import of figures.csv?")
    go_to(tab, "why")
    tab.keyboard.type("It was of another year")
    by_keys(tab, "Undo this import")
    expect(tab.locator("h1")).to_have_text("figures.csv was imported, and undone")
    assert taken_in() == 0
    assert ImportRun.objects.get(file_name="figures.csv").undone_at is not None
    context.close()


def test_from_file_to_undo_without_script_by_keyboard_alone(
    site: Site, worker: None, browser: Browser, file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.set_default_timeout(SLOW)
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/imports/send/")
    tab.locator("input[type=file]").set_input_files(file)
    by_keys(tab, "Send the file")
    # The page refreshes itself until there is something to decide.
    expect(tab.locator("h1")).to_have_text(
        "20 figures would be added; 1 row refused", timeout=SLOW
    )
    by_keys(tab, "Confirm and import")
    expect(tab.locator("h1")).to_have_text(
        "20 figures added; 1 row refused", timeout=SLOW
    )
    assert Upload.objects.get().state == "applied"
    assert taken_in() == 20
    by_keys(tab, "Undo this import", "link")
    expect(tab.locator("h1")).to_have_text("Undo the import of figures.csv?")
    go_to(tab, "why")
    tab.keyboard.type("It was of another year")
    by_keys(tab, "Undo this import")
    expect(tab.locator("h1")).to_have_text("figures.csv was imported, and undone")
    assert taken_in() == 0
    context.close()


def test_of_two_tabs_that_confirm_one_upload_one_import_comes(
    site: Site, worker: None, browser: Browser, file: Path
) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.set_default_timeout(SLOW)
    site.sign_in(context, "officer")
    first.goto(f"{site.address}/imports/send/")
    first.locator("input[type=file]").set_input_files(file)
    by_keys(first, "Send the file")
    button = first.get_by_role("button", name="Confirm and import")
    expect(button).to_be_visible(timeout=SLOW)
    second.goto(first.url)
    for tab in (first, second):
        by_keys(tab, "Confirm and import")
    for tab in (first, second):
        expect(tab.locator("h1")).to_have_text(
            "20 figures added; 1 row refused", timeout=SLOW
        )
    assert ImportRun.objects.filter(file_name="figures.csv").count() == 1
    assert taken_in() == 20
    context.close()
