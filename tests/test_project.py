"""The project keeps its shape, and speaks of itself alone."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    "manage.py",
    "mentoring",
    "schools",
    "results",
    "templates",
    "static",
    "tests",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
    "CHANGELOG.md",
    "LICENSE",
}
# Places of one machine, and hosts that packages come from. Written in parts, so that
# this file does not hold them itself.
FOREIGN = re.compile(
    "|".join(
        (
            r"(?<![\w.>])/" + r"(?:work|root|home|Users)/\w",
            r"file:" + r"//",
            r"pypi\." + r"(?:org|python)",
            r"python" + r"hosted\.org",
            r"registry\." + r"(?:npmjs|yarnpkg)",
        )
    )
)


def _files() -> list[Path]:
    """Return every file that is, or is about to be, part of the project."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            *("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in named if path.is_file()]


def test_the_top_level_holds_what_it_should() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in _files()}
    assert sorted(one for one in found - TOP_LEVEL if not one.startswith(".")) == []
    assert sorted(TOP_LEVEL - found) == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = []
    for path in _files():
        text = path.read_bytes().decode(errors="ignore")
        name = path.relative_to(ROOT)
        named += [f"{name}: {one[0]}" for one in FOREIGN.finditer(text)]
    assert named == []


def test_a_foreign_word_is_seen() -> None:
    """The control: the walk above would see these."""
    for words in ("in /" + "work/main", "at https://pypi" + ".org/x", "file:" + "///a"):
        assert FOREIGN.search(words)
    for words in ("schools/work/", "https://example.org/home/page", "home/work"):
        assert not FOREIGN.search(words)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for one in named:
        line = next(line for line in text.splitlines() if f'    "{one}",' in line)
        assert re.search(r'",\s+# \w.{4,}', line), f"{one} has no reason"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_no_place_and_holds_every_dependency(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    assert not [line for line in lines if line.startswith("-") or "://" in line]
    pinned = {
        match[1]
        for line in lines
        if (match := re.match(r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==", line))
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["dependency-groups"]["dev"]
    names = {re.split(r"[\[~=<> ]", one)[0].lower() for one in wanted}
    assert sorted(names - pinned) == []
