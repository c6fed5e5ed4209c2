"""Each file given, and each bad one, by browser: the same counts as in the shell."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from results.models import Result
from schools.models import ImportRun, Upload
from tests.fixtures import REGISTER
from tests.harness.cast import Scene
from tests.mentoring.commands.importing import run
from tests.mentoring.commands.test_import_published_files import HOSTILE
from tests.mentoring.imports.sending import Desk
from tests.results.imports import counting

FILES = {
    "gias/links_edubasealldata_2025.csv.gz": "import_links",
    "national/la_averages.csv": "import_averages",
    "national/national_averages.csv": "import_national",
    **{f"ks4/{name}.csv.gz": "import_results" for name in counting.HEADLINES},
}


def expected(shared: Path, name: str) -> str:
    """Return the counts of a file, worked out without the importer."""
    added, unchanged, refused = 0, 0, 0
    if name.startswith("ks4/"):
        stem = name.removeprefix("ks4/").removesuffix(".csv.gz")
        added, refused = counting.figures(shared, stem)
    elif "links" in name:
        added = counting.successions(shared)
    elif "la_" in name:
        added = counting.averages(shared)
    else:  # what ships is of the same figures
        unchanged = len(counting.table(shared / name)) - 1
    return f"added {added}, changed 0, unchanged {unchanged}, refused {refused}"


def counts(upload: Upload) -> str:
    """Return the counts of the preview as the commands write them."""
    (part,) = upload.preview["parts"]
    names = ("added", "changed", "unchanged", "refused")
    return ", ".join(f"{name} {part['counts'][name]}" for name in names)


def counts_of(run: ImportRun) -> str:
    return (
        f"added {run.added}, changed {run.changed}, unchanged {run.unchanged}, "
        f"refused {run.refused}"
    )


@pytest.fixture
def desk(
    shared_data: Path, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk.of(scene)


def test_the_files_given_count_alike_in_the_shell_by_browser_and_by_hand(
    shared_data: Path, desk: Desk
) -> None:
    register = shared_data / "gias" / "edubasealldata_secondary_2018.csv.gz"
    taken = desk.take_in(register)
    assert (taken.added, taken.refused) == (len(counting.register(shared_data)) - 1, 0)
    figures = 0
    for name, command in FILES.items():
        path, wanted = shared_data / name, expected(shared_data, name)
        said = run(command, path, "--dry-run")
        assert said.counts == wanted, name
        upload = desk.send(path)
        assert upload.state == "ready", (name, upload.sentence)
        assert counts(upload) == wanted, name
        if command in {"import_results", "import_links"}:
            done = desk.confirm(upload).runs.get()
            assert counts_of(done) == wanted, name
            figures += done.added if command == "import_results" else 0
    assert Result.objects.filter(run__upload__isnull=False).count() == figures


def test_files_that_are_not_taken_say_why(shared_data: Path, desk: Desk) -> None:
    for name in (
        "ks4/ees_school_2023-24.csv.gz",
        "ks4/ks4_meta_2013-14.csv.gz",
        "context/similar_schools_2026.csv.gz",
    ):
        upload = desk.send(shared_data / name)
        said = run("import_results", shared_data / name)
        assert upload.state == "refused", name
        assert upload.sentence == said.error, name
        assert not Result.objects.filter(run__upload=upload).exists()


def test_bad_files_do_what_is_expected_of_them(shared_data: Path, desk: Desk) -> None:
    run("import_schools", REGISTER)
    for name, (status, expected, words) in HOSTILE.items():
        Result.objects.filter(run__upload__isnull=False).delete()
        path = shared_data / "hostile" / f"{name}.csv"
        if not path.stat().st_size:
            assert words in desk.post(path).content.decode(), name
            continue
        upload = desk.send(path)
        if status:
            assert upload.state == "refused", name
            assert words in upload.sentence, name
            continue
        assert counts(upload) == expected, name
        page = desk.page(upload)
        assert "Confirm and import" in page, name
        done = desk.confirm(upload).runs.get()
        assert counts_of(done) == expected, name
        if done.refused:
            assert "<mark>" in desk.page(upload), name


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    shared_data: Path, desk: Desk
) -> None:
    content = (shared_data / "hostile" / "24_zip_bomb.xlsx").read_bytes()
    assert desk.send(SimpleUploadedFile("bomb.xlsx", content)).state == "refused"
