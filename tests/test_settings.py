"""The application is safe unless told otherwise, and says what it needs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DEBUG": "off",
    "HTTPS": "on",
    "SECRET_KEY": "a-key-for-this-test-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "schools.example.org",
    "DATABASE_URL": "",
}


def _manage(*arguments: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command under production settings; None leaves a setting unset."""
    # An empty value, unlike none, keeps a developer's own .env out.
    settings = {name: value or "" for name, value in {**PRODUCTION, **changed}.items()}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_does_not_start_without_a_key_and_says_how_to_make_one() -> None:
    refused = _manage("check", SECRET_KEY=None)
    assert refused.returncode != 0
    assert "SECRET_KEY is not set. Make one with" in refused.stderr
    command = re.search(r"`python3 -c '(.+)'`", refused.stderr)
    assert command is not None
    key = subprocess.run(
        [sys.executable, "-c", command[1]], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert _manage("check", SECRET_KEY=key).returncode == 0


def test_a_developers_machine_needs_no_key() -> None:
    assert _manage("check", SECRET_KEY=None, DEBUG="on", HTTPS="off").returncode == 0


def test_production_passes_djangos_own_checks() -> None:
    checked = _manage("check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({}, "https://schools.example.org"),
        ({"ALLOWED_HOSTS": ".example.org,*,b.example"}, "https://b.example"),
        ({"SITE_ADDRESS": "https://a.example"}, "https://a.example"),
        ({"HTTPS": "off"}, "http://localhost:8000"),
    ],
)
def test_the_links_of_mails_lead_to_the_site(
    changed: dict[str, str], address: str
) -> None:
    program = "from django.conf import settings; print(settings.SITE_ADDRESS)"
    shown = _manage("shell", "-v0", "-c", program, **changed)
    assert shown.stdout.strip() == address, shown.stderr


def test_what_the_address_of_postgresql_asks_for_is_kept() -> None:
    """Encryption asked for in DATABASE_URL is not lost beside our own options."""
    program = (
        "from django.conf import settings\n"
        "print(sorted(settings.DATABASES['default']['OPTIONS'].items()))"
    )
    url = "postgres://someone@db.example.org/schools?sslmode=require"
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "mentoring.settings",
            **PRODUCTION,
            "DATABASE_URL": url,
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "('sslmode', 'require')" in told
    assert "('prepare_threshold', 5)" in told


@pytest.mark.parametrize("path", ["/", "/account/sign-in/", "/nowhere/"])
@pytest.mark.django_db
def test_every_answer_has_a_content_security_policy(path: str) -> None:
    policy = Client().get(path).headers["Content-Security-Policy"]
    directives = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_the_example_names_every_setting() -> None:
    source = (ROOT / "mentoring" / "settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)
    assert sorted(named) == sorted(read)
