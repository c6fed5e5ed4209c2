"""What every test gets: our settings, a database put back, and no network."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from tests.harness import cast, chromium, database, environment, network, shared
from tests.harness.site import Site, serving


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that use no database, and those in a browser",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium")
    config.addinivalue_line("markers", "postgresql: of what SQLite does not have")
    config.addinivalue_line("markers", "sqlite: of how SQLite alone finds its rows")
    environment.apply_to(settings)


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be left out and something was."""
    is_worker = hasattr(session.config, "workerinput")
    if _skipped and not is_worker and os.environ.get("REQUIRE_ALL") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


DATABASE_FIXTURES = {"db", "transactional_db"}


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or names & DATABASE_FIXTURES)


def _lacks_published_data(item: pytest.Item) -> bool:
    """Return whether a test needs published data that is not here.

    `python -m tests` says so in one line at its end.
    """
    asks = "shared_data" in getattr(item, "fixturenames", ())
    return bool(asks and shared.folder() is None)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    kept = [item for item in items if not _lacks_published_data(item)]
    if config.getoption("--only-database"):
        kept = [
            item
            for item in kept
            if _uses_database(item) and not item.get_closest_marker("browser")
        ]
    (other,) = {"postgresql", "sqlite"} - {connection.vendor}
    kept = [item for item in kept if not item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.shut(patch)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # each worker's own, elsewhere
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Give SQLite a file, which threads and the browser's server can share."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        default.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Make the test database, whichever tests were chosen, and keep its first rows.

    pytest-django's own makes none where only tests in a browser run, and those would
    then be served the developer's database.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        made = setup_databases(verbosity=0, interactive=False)
        database.keep()
        # Django's own flush loses the reference data: see tests/harness/database.py.
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _case: database.put_back()
        )
        django_db_blocker.block()
        yield
        django_db_blocker.restore()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of published school data; without it the test is left out."""
    folder = shared.folder()
    assert folder is not None
    return folder


@pytest.fixture
def scene(db: None) -> cast.Scene:
    """Return the cast and its schools."""
    return cast.build()


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Return the scene, served to browsers; one for all tests of a module."""
    with django_db_blocker.unblock():
        try:
            with serving() as address:
                yield Site(address, cast.build())
        finally:
            database.put_back()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return chromium.launch_options()
