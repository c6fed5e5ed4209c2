"""An import from file to undo, in a real browser, with a real worker beside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, expect

from mentoring.models import Programme
from results.models import Result
from schools.models import ImportRun, Upload
from tests.fixtures import TIDY_HEADER, written
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser

SLOW = 15_000  # milliseconds for a worker to take a task up and finish it


@pytest.fixture(scope="module")
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


def test_from_file_to_report_without_script(
    site: Site, worker: None, browser: Browser, file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.set_default_timeout(SLOW)
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/imports/send/")
    tab.locator("input[type=file]").set_input_files(file)
    tab.get_by_role("button", name="Send the file").click()
    # The page refreshes itself until there is something to decide.
    tab.get_by_role("button", name="Confirm and import").click()
    expect(tab.locator("h1")).to_have_text(
        "20 figures added; 1 row refused", timeout=SLOW
    )
    assert Upload.objects.get().state == "applied"
    assert ImportRun.objects.get(file_name="figures.csv").added == 20
    context.close()
