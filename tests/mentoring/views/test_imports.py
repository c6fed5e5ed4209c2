"""Imports in the browser: what is sent is shown, confirmed, applied and undone."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Event, Membership, Worker
from results.models import Result
from schools.models import Establishment, ImportRun, Upload, UploadFile
from tests.fixtures import REGISTER, graded, written
from tests.harness.cast import Scene
from tests.harness.worker import work
from tests.mentoring.imports.sending import Desk

TIDY = "urn,year,measure,population,release,value,number,cohort"


@pytest.fixture
def desk(scene: Scene) -> Desk:
    return Desk.of(scene)


def tidy(folder: Path, *values: tuple[int, str], name: str = "tidy.csv") -> Path:
    """Write 95EM of 2018, final, for the cast's schools."""
    rows = [f"{urn},2018,95EM,end of KS4,final,{value},," for urn, value in values]
    return written(folder / name, TIDY, rows)


def test_nothing_is_applied_before_it_is_confirmed(desk: Desk, tmp_path: Path) -> None:
    before = Result.objects.count()
    upload = desk.send(tidy(tmp_path, (100101, "41"), (100102, "62")))
    assert upload.state == "ready"
    assert Result.objects.count() == before
    assert not ImportRun.objects.filter(file_name="tidy.csv").exists()
    page = desk.page(upload)
    assert "2 figures would be added" in page
    assert "2 rows: 2 figures added, 0 changed, 0 unchanged; 0 rows refused." in page
    assert "Alder Grove School, URN 100101" in page
    done = desk.confirm(upload)
    assert done.state == "applied"
    assert Result.objects.filter(year=2018).count() == 2
    run = done.runs.get()
    assert (run.added, run.changed, run.by) == (2, 0, upload.by)
    assert "2 figures added" in desk.page(upload)
    assert not UploadFile.objects.exclude(content=None).exists()


def test_changes_are_shown_with_before_and_after(desk: Desk, tmp_path: Path) -> None:
    desk.take_in(tidy(tmp_path, (100101, "41"), (100102, "62")))
    upload = desk.send(tidy(tmp_path, (100101, "43.5"), (100102, "62")))
    page = desk.page(upload)
    assert "1 figure would change" in page
    assert "<del>41</del>" in page
    assert "<ins>43.5</ins>" in page
    answer = desk.client.get(reverse("upload_changes", kwargs={"pk": upload.pk}))
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "change,what,column,before,after",
        'changed,"Alder Grove School, URN 100101","95EM 2018, final",41,43.5',
    ]


def test_refused_rows_are_marked_and_can_be_mended(desk: Desk, tmp_path: Path) -> None:
    path = tidy(tmp_path, (100101, "41"), (100102, "101%"), (100103, "=1+1"))
    upload = desk.send(path)
    page = desk.page(upload)
    assert "1 figure would be added; 2 rows refused" in page
    assert "<mark>101%</mark>" in page
    file = upload.files.get()
    mended = desk.client.get(reverse("upload_refused", kwargs={"pk": file.pk}))
    lines = mended.content.decode("utf-8-sig").splitlines()
    assert lines[0] == TIDY + ",refused_row,refused_column,refused_reason"
    assert lines[1].startswith("100102,2018,95EM,end of KS4,final,101%,,,3,value,")
    assert lines[2].startswith("100103,2018,95EM,end of KS4,final,'=1+1,,,4,value,")
    assert len(lines) == 3
    strict = desk.confirm(upload, rows="all")
    assert strict.state == "ready"
    assert Result.objects.filter(year=2018).count() == 0
    run = desk.confirm(strict).runs.get()
    assert (run.added, run.refused) == (1, 2)
    report = desk.page(upload)
    assert "2 rows refused" in report
    assert "<mark>=1+1</mark>" in report
    # The mended file goes straight back in: the added columns are not read.
    good = mended.content.decode("utf-8-sig").replace("101%", "61")
    again = desk.send(SimpleUploadedFile("mended.csv", good.encode()))
    assert "1 figure would be added; 1 row refused" in desk.page(again)


def test_the_same_file_again_says_so(desk: Desk, tmp_path: Path) -> None:
    path = tidy(tmp_path, (100101, "41"))
    run = desk.take_in(path)
    upload = desk.send(path)
    page = desk.page(upload)
    assert "No figures would change" in page
    assert "This very file has been imported before" in page
    assert f"Import {run.pk}, on " in page
    assert "Confirm and import" not in page
    desk.confirm(upload)
    assert ImportRun.objects.filter(file_name=path.name).count() == 1


def test_what_changed_since_the_preview_is_shown_instead_of_applied(
    desk: Desk, tmp_path: Path
) -> None:
    upload = desk.send(tidy(tmp_path, (100101, "41"), (100102, "62")))
    desk.take_in(tidy(tmp_path, (100101, "40"), name="other.csv"))
    renewed = desk.confirm(upload)
    assert renewed.state == "ready"
    assert renewed.runs.count() == 0
    page = desk.page(renewed)
    assert "has changed since you looked, so nothing was applied" in page
    assert "1 figure would be added and 1 changed" in page
    assert Result.objects.get(establishment=100101, year=2018).value == 40
    assert desk.confirm(renewed).state == "applied"


def test_two_clicks_make_one_import(desk: Desk, tmp_path: Path) -> None:
    upload = desk.send(tidy(tmp_path, (100101, "41")))
    address = reverse("upload_confirm", kwargs={"pk": upload.pk})
    for _ in range(2):
        desk.client.post(address, {"token": upload.token})
    work()
    desk.client.post(address, {"token": upload.token})
    work()
    assert upload.runs.count() == 1


def test_an_old_page_decides_nothing(desk: Desk, tmp_path: Path) -> None:
    upload = desk.send(tidy(tmp_path, (100101, "41")))
    seen = upload.token
    said = {"kind": "", "year": "", "release": "", "why": "", "token": seen}
    desk.client.post(upload.get_absolute_url(), said)
    work()
    desk.client.post(
        reverse("upload_confirm", kwargs={"pk": upload.pk}), {"token": seen}
    )
    work()
    upload.refresh_from_db()
    assert upload.state == "ready"
    assert "Look again before you decide" in desk.page(upload)


def test_year_and_release_are_asked_for_where_they_are_not_certain(
    desk: Desk, tmp_path: Path
) -> None:
    path = graded(tmp_path / "results.csv", "100101,100,45.1,0.2,41")
    text = path.read_text().replace("PTL2BASICS_95", "PTL2BASICS_95,P8_BANDING")
    path.write_text(text.replace(",41\n", ",41,Average\n"))
    upload = desk.send(path)
    assert upload.state == "asking"
    assert "Say it below" in desk.page(upload)
    assert "--year" not in desk.page(upload)
    desk.client.post(
        upload.get_absolute_url(),
        {"kind": "", "year": "2019", "release": "2", "why": "", "token": upload.token},
    )
    work()
    upload.refresh_from_db()
    assert upload.state == "ready"
    assert "A8 2019, revised" in desk.page(upload)


def test_register_and_links_go_together(desk: Desk, tmp_path: Path) -> None:
    links = Path(str(REGISTER).replace("register.csv", "links.csv"))
    upload = desk.send(links, REGISTER)
    assert "establishments would be added" in desk.page(upload)
    done = desk.confirm(upload)
    kinds = list(done.runs.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["register", "links"]
    assert Establishment.objects.filter(origin="register").count() > 24


def test_two_files_that_do_not_belong_together_are_refused(
    desk: Desk, tmp_path: Path
) -> None:
    one = tidy(tmp_path, (100101, "41"))
    upload = desk.send(one, REGISTER)
    assert upload.state == "refused"
    assert "do not go together" in desk.page(upload)
    three = desk.post(one, one, one)
    assert "Send at most 2 files" in three.content.decode()


def test_memberships_are_enrolled_and_undone(scene: Scene, tmp_path: Path) -> None:
    """The demonstration takes memberships, though no real files."""
    desk = Desk(scene.client("officer"))
    path = written(
        tmp_path / "joining.csv",
        "urn,role,joined",
        ["100103,mentor,2006-09-01", "999999,mentor,2006-09-01"],
    )
    run = desk.take_in(path)
    assert Membership.objects.filter(school=scene.stranger, role="mentor").exists()
    desk.client.post(
        reverse("import_undo", kwargs={"pk": run.pk}), {"why": "The wrong list"}
    )
    run.refresh_from_db()
    assert run.undone_why == "The wrong list"
    assert run.undone_by == scene.cast["officer"]
    assert not Membership.objects.filter(school=scene.stranger).exists()
    assert "was imported, and undone" in desk.page(run.upload or Upload())


def test_the_demonstration_shows_what_a_real_file_would_do_and_keeps_out_of_it(
    scene: Scene, tmp_path: Path
) -> None:
    desk = Desk(scene.client("officer"))
    upload = desk.send(tidy(tmp_path, (100101, "41")))
    page = desk.page(upload)
    assert "1 figure would be added" in page
    assert "This site holds the demonstration" in page
    assert "Confirm and import" not in page
    assert desk.confirm(upload).state == "ready"
    assert not Result.objects.filter(year=2018).exists()


def test_a_file_set_aside_loses_its_content_and_is_never_applied(
    desk: Desk, tmp_path: Path
) -> None:
    upload = desk.send(tidy(tmp_path, (100101, "41")))
    desk.client.post(
        reverse("upload_set_aside", kwargs={"pk": upload.pk}), {"token": upload.token}
    )
    upload.refresh_from_db()
    assert upload.state == "set_aside"
    assert upload.files.get().content is None
    assert desk.confirm(upload).state == "set_aside"
    assert "was set aside" in desk.page(upload)


def test_a_worker_that_broke_off_can_be_followed_by_another(
    desk: Desk, tmp_path: Path
) -> None:
    desk.post(tidy(tmp_path, (100101, "41")))
    upload = Upload.objects.get()
    address = reverse("upload_restart", kwargs={"pk": upload.pk})
    # Nobody has been silent yet.
    desk.client.post(address, {"token": upload.token})
    upload.refresh_from_db()
    seen = upload.token
    Upload.objects.update(leased_until="2006-01-01T00:00Z", phase="reading")
    assert "broke off" in desk.page(upload)
    desk.client.post(address, {"token": seen})
    work()
    upload.refresh_from_db()
    assert upload.state == "ready"


def test_a_fault_of_ours_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = desk.send(tidy(tmp_path, (100101, "41")))

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("The disk is full")

    monkeypatch.setattr("mentoring.imports.job.mark_stale", fail)
    with pytest.raises(RuntimeError):
        desk.confirm(upload)
    upload.refresh_from_db()
    assert upload.state == "stopped"
    assert not Result.objects.filter(year=2018).exists()
    assert "no fault of the file" in desk.page(upload)


def test_the_progress_is_a_part_of_the_page(desk: Desk, tmp_path: Path) -> None:
    desk.post(tidy(tmp_path, (100101, "41")))
    upload = Upload.objects.get()
    page = desk.page(upload)
    assert '<meta http-equiv="refresh" content="1">' in page
    address = reverse("upload_progress", kwargs={"pk": upload.pk})
    until = timezone.now() + timedelta(minutes=1)
    Upload.objects.update(phase="reading", done=500, total=2000, leased_until=until)
    part = desk.client.get(address).content.decode()
    assert "Reading the rows: 500 of 2,000" in part
    assert "data-finished" not in part
    work()
    assert "data-finished" in desk.client.get(address).content.decode()


def test_a_page_says_that_no_worker_is_there_and_what_to_do(
    desk: Desk, tmp_path: Path
) -> None:
    desk.post(tidy(tmp_path, (100101, "41")))
    upload, now = Upload.objects.get(), timezone.now()
    address = reverse("upload_progress", kwargs={"pk": upload.pk})
    for page in (desk.page(upload), desk.client.get(address).content.decode()):
        assert "Nobody is there to do it" in page
        assert "manage.py worker" in page
        assert "<progress" not in page
    died = now - timedelta(minutes=5)
    worker = Worker.objects.create(name="one", started_at=died, seen_at=died)
    assert "Nobody is there" in desk.page(upload)
    Worker.objects.filter(pk=worker.pk).update(seen_at=now)
    page = desk.page(upload)
    assert "Nobody is there" not in page
    assert "<progress" in page
    assert "Waiting for the worker" in page


def test_a_worker_at_another_file_is_no_missing_worker(
    desk: Desk, tmp_path: Path
) -> None:
    """Where it writes into SQLite it cannot say that it lives."""
    desk.post(tidy(tmp_path, (100101, "41")))
    desk.post(tidy(tmp_path, (100102, "42")))
    first, second = Upload.objects.order_by("pk")
    until = timezone.now() + timedelta(minutes=9)
    Upload.objects.filter(pk=first.pk).update(leased_until=until)
    assert "Nobody is there" not in desk.page(second)


def test_a_page_with_nothing_to_apply_says_why(desk: Desk, tmp_path: Path) -> None:
    refused = desk.send(tidy(tmp_path, (100101, "101")))
    page = desk.page(refused)
    assert "No row of it can be used." in page
    assert "there is nothing to confirm" in page
    assert "Confirm and import" not in page
    desk.take_in(tidy(tmp_path, (100101, "41")))
    page = desk.page(desk.send(tidy(tmp_path, (100101, "41"))))
    assert "Everything good in it is held already." in page
    assert "there is nothing to confirm" in page


# What is sent in ill will or by mistake ---------------------------------------------


def test_a_file_over_the_limit_is_broken_off(desk: Desk, tmp_path: Path) -> None:
    big = SimpleUploadedFile("big.csv", b"a,b\n" * 100_000)
    with override_settings(UPLOAD_LARGEST_BYTES=200_000):
        answer = desk.post(big)
    assert answer.status_code == 200
    assert "The file is too large." in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_gzip_bomb_is_refused_before_it_fills_anything(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schools.imports.csv_file.LARGEST_FILE", 3 << 20)
    bomb = gzip.compress(
        (b"urn,role,joined\n" + b"100101,mentor,2006-09-01\n" * 9) * 40_000
    )
    upload = desk.send(SimpleUploadedFile("bomb.csv.gz", bomb))
    assert upload.state == "refused"
    assert "unpacks to more than" in desk.page(upload)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "cannot be used"),
        (b"<html><body>Not found</body></html>", "a web page"),
        (b"\x1f\x8b\x08\x00broken", "not a whole gzip file"),
        (b"urn,role,joined\n", "0 rows"),
        (b"a\0b,c\0d\n1,2\n", "cannot be used"),
        (b"first,second,th\0rd\n1,2,3\n", "th\ufffdrd"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    desk: Desk, content: bytes, words: str
) -> None:
    upload = desk.send(SimpleUploadedFile("data.csv", content))
    assert upload.state == "refused"
    assert words in desk.page(upload)


def test_a_workbook_is_read_by_its_own_row_numbers(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tidy.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TIDY.split(","))
        key = (2018, "95EM", "end of KS4", "final")
        sheet.write_row(1, 0, (100101, *key, 41))
        sheet.write_row(4, 0, (100102, *key, 101))
    upload = desk.send(path)
    page = desk.page(upload)
    assert "1 figure would be added; 1 row refused" in page
    assert '<th scope="row">5</th>' in page
    assert desk.confirm(upload).state == "applied"


def test_an_empty_file_and_none_are_refused_at_the_form(desk: Desk) -> None:
    empty = desk.post(SimpleUploadedFile("empty.csv", b""))
    assert "The file is empty" in empty.content.decode()
    assert "Choose a file." in desk.post().content.decode()


def test_the_content_type_says_nothing(desk: Desk, tmp_path: Path) -> None:
    content = tidy(tmp_path, (100101, "41")).read_bytes()
    sent = SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg")
    assert desk.send(sent).state == "ready"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\files\\results.csv", "results.csv"),
        ("a\nb\x07c.csv", "abc.csv"),
        ("é" * 200 + ".csv", "é" * 58 + ".csv"),
        ("<b>x</b>.csv", "b>.csv"),
    ],
)
def test_a_name_is_kept_without_what_does_harm(
    desk: Desk, tmp_path: Path, name: str, kept: str
) -> None:
    content = tidy(tmp_path, (100101, "41")).read_bytes()
    sent = SimpleUploadedFile("plain.csv", content)
    sent._name = name  # type: ignore[attr-defined]  # what a browser of ill will sends, past Django's own care
    upload = desk.send(sent)
    assert upload.state == "ready"
    assert upload.files.get().name == kept
    assert "<b>" not in desk.page(upload)


def test_old_content_is_dropped(desk: Desk, tmp_path: Path) -> None:
    old = desk.send(tidy(tmp_path, (100101, "41")))
    Upload.objects.update(sent_at="2006-01-01T00:00Z")
    desk.send(tidy(tmp_path, (100102, "62"), name="new.csv"))
    assert old.files.get().content is None
    assert desk.confirm(old).state == "refused"
    assert "Send the file again" in desk.page(old)


# The list ---------------------------------------------------------------------------


def test_the_list_is_narrowed_by_what_became_of_imports(
    desk: Desk, tmp_path: Path
) -> None:
    desk.take_in(tidy(tmp_path, (100101, "41"), (100102, "200")))
    desk.take_in(tidy(tmp_path, (100103, "55"), name="other.csv"))
    address = reverse("imports")

    def names(**query: str) -> set[str]:
        table = desk.client.get(address, query).context["table"]
        return {row.record.file_name for row in table.rows} & {"tidy.csv", "other.csv"}

    assert names() == {"tidy.csv", "other.csv"}
    assert names(state="refused") == {"tidy.csv"}
    assert names(state="undone") == set()
    assert names(kind="register") == set()
    officer = ImportRun.objects.get(file_name="tidy.csv").by_id
    assert names(who=str(officer)) == {"tidy.csv", "other.csv"}
    assert names(who="shell") == set()


def test_evaluators_see_imports_without_the_names_of_people(
    scene: Scene, tmp_path: Path
) -> None:
    run = Desk.of(scene).take_in(tidy(tmp_path, (100101, "41"), (100102, "200")))
    client: Client = scene.client("evaluator")
    for address in (reverse("imports"), run.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "tidy.csv" in page
        assert "The officer" not in page
        assert "Programme staff" in page
        assert "Undo this import" not in page


def test_an_undo_that_is_barred_leads_to_what_bars_it(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.take_in(tidy(tmp_path, (100101, "41")))
    second = desk.take_in(tidy(tmp_path, (100101, "43"), name="other.csv"))
    address = reverse("import_undo", kwargs={"pk": first.pk})
    page = desk.client.get(address).content.decode()
    assert "This import cannot be undone now" in page
    assert reverse("import_undo", kwargs={"pk": second.pk}) in page
    answer = desk.client.post(address, {"why": "All the same"})
    assert "A later import changed what this one wrote" in answer.content.decode()
    first.refresh_from_db()
    assert first.undone_at is None


def test_every_step_leaves_its_event(desk: Desk, tmp_path: Path) -> None:
    run = desk.take_in(tidy(tmp_path, (100101, "41")))
    desk.client.post(reverse("import_undo", kwargs={"pk": run.pk}), {"why": "Twice"})
    verbs = list(
        Event.objects.filter(noun__startswith="schools.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs[-4:] == [
        "sent a file to import",
        "confirmed an import",
        "imported a file",
        "undid an import",
    ]
