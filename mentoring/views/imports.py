"""Imports: the list of runs, files on their way, reports, and undoing."""

import gzip
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from mentoring import policies
from mentoring.actions.decide_upload import (
    confirm_upload,
    restart_upload,
    set_aside_upload,
)
from mentoring.actions.send_upload import answer_upload, send_upload
from mentoring.actions.undo_import import undo_import
from mentoring.filters.imports import ImportFilter
from mentoring.forms.act import act
from mentoring.forms.imports import (
    AnswerForm,
    ConfirmForm,
    TokenForm,
    UndoForm,
    UploadForm,
)
from mentoring.http import MemberRequest, needs
from mentoring.imports import undoing
from mentoring.models import Worker
from mentoring.pages import imports as pages
from mentoring.pages.files_taken import FILES
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission, may
from mentoring.tables.imports import ImportTable
from schools.models import ImportRun, Upload, UploadFile

PAGE = 50
REFUSED_SHOWN = 100


def _uploads() -> QuerySet[Upload]:
    return Upload.objects.defer("changes").select_related("by", "confirmed_by")


@needs(Permission.SEE_IMPORTS)
def import_list(request: MemberRequest) -> HttpResponse:
    """List imports, fifty to a page, and the files that wait for a decision."""
    may_import = may(request.role, Permission.CHANGE_IMPORTS)
    runs = ImportRun.objects.select_related("by").defer("refused_rows", "notes")
    shown = ImportFilter(request.GET, runs.latest_first(), names_people=may_import)
    table = ImportTable(shown.qs, names_people=may_import)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    waiting = (
        Upload.objects.waiting()
        .defer("changes")
        .select_related("by")
        .order_by("-sent_at")
        .prefetch_related("files")
    )
    context = {
        "title": pages.list_title(runs.latest_first().first()),
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "may_import": may_import,
        "waiting": waiting[:PAGE] if may_import else [],
    }
    return render(request, "mentoring/import_list.html", context)


@needs(Permission.CHANGE_IMPORTS)
def upload_new(request: MemberRequest) -> HttpResponse:
    """Say which files can be taken, and take one in."""
    # A request that was broken off may hold no field at all, and is a sent one still.
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        is_too_large=getattr(request, "is_upload_too_large", False),
    )
    by, on, at = request.user, request.today, timezone.now()
    if form.is_valid():
        said = dict(form.cleaned_data)
        files = said.pop("file")
        return redirect(send_upload(files=files, **said, by=by, on=on, at=at))
    context = {"form": form, "files": FILES, "steps": pages.steps(0)}
    return render(request, "mentoring/upload_new.html", context)


@needs(Permission.CHANGE_IMPORTS)
def upload_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Go along with an upload: progress, a question, a preview, what became of it."""
    upload = get_object_or_404(_uploads(), pk=pk)
    if upload.state == Upload.State.APPLIED:
        return redirect(upload.runs.order_by("pk")[0])
    said = {name: getattr(upload, name) for name in ("kind", "year", "release", "why")}
    form = AnswerForm(request.POST or None, initial=said)
    by, on = request.user, request.today
    seen = request.POST.get("token", "")
    if form.is_valid() and (
        answered := act(
            form,
            answer_upload,
            upload=upload,
            seen=seen,
            by=by,
            on=on,
            **form.cleaned_data,
        )
    ):
        return redirect(answered)
    context = {
        **_on_the_way(upload, form),
        "is_kept_out": policies.is_kept_out(upload, request.programme),
    }
    return render(request, "mentoring/upload.html", context)


def _on_the_way(upload: Upload, form: AnswerForm) -> dict[str, Any]:
    """Return what the page of an upload shows."""
    at = timezone.now()
    files = list(
        upload.files.defer("content", "refused")
        .annotate(has_refused=Q(refused__isnull=False))
        .order_by("position")
    )
    earlier = (
        ImportRun.objects.standing()
        .filter(sha256__in=[file.sha256 for file in files])
        .select_related("by")
        .defer("refused_rows", "notes")
        .latest_first()
    )
    page = pages.upload_page(upload, [file.name for file in files], earlier, at=at)
    is_stopped = upload.is_stopped(at)
    return {
        "upload": upload,
        "files": files,
        "page": page,
        "steps": pages.steps_of(upload),
        "form": form,
        "confirm": ConfirmForm(initial={"token": upload.token}, refused=page.refused),
        "may_apply": policies.may_apply(upload),
        "is_stopped": is_stopped,
        "is_working": upload.state in Upload.WORKING and not is_stopped,
        "progress": pages.progress_words(upload),
        "is_attended": _is_attended(upload, at),
    }


def _is_attended(upload: Upload, at: datetime) -> bool:
    """Return whether somebody works on `upload`, or will once the next is free.

    A worker that writes into SQLite cannot say that it lives; what it is at says so.
    """
    return (
        upload.leased_until is not None
        or Worker.objects.heard(at).exists()
        or Upload.objects.filter(leased_until__gte=at).exists()
    )


@needs(Permission.CHANGE_IMPORTS)
def upload_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far the worker has got, as a part of the page."""
    upload = get_object_or_404(_uploads(), pk=pk)
    at = timezone.now()
    context = {
        "upload": upload,
        "is_working": upload.state in Upload.WORKING and not upload.is_stopped(at),
        "progress": pages.progress_words(upload),
        "is_attended": _is_attended(upload, at),
    }
    return render(request, "mentoring/_upload_progress.html", context)


@require_POST
@needs(Permission.CHANGE_IMPORTS)
def upload_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Have the worker apply what was shown."""
    upload = get_object_or_404(_uploads(), pk=pk)
    refused = sum(part["counts"]["refused"] for part in upload.preview.get("parts", []))
    form = ConfirmForm(request.POST, refused=refused)
    if form.is_valid():
        _decide(
            request,
            confirm_upload,
            upload=upload,
            seen=form.cleaned_data["token"],
            is_strict=form.is_strict,
            at=timezone.now(),
        )
    else:
        messages.error(request, "Say what is to become of the refused rows.")
    return redirect(upload)


@require_POST
@needs(Permission.CHANGE_IMPORTS)
def upload_set_aside(request: MemberRequest, pk: int) -> HttpResponse:
    """Give an upload up."""
    upload = get_object_or_404(_uploads(), pk=pk)
    form = TokenForm(request.POST)
    seen = form.cleaned_data["token"] if form.is_valid() else ""
    if _decide(request, set_aside_upload, upload=upload, seen=seen):
        messages.success(request, "The file is set aside. Nothing of it was applied.")
        return redirect("imports")
    return redirect(upload)


@require_POST
@needs(Permission.CHANGE_IMPORTS)
def upload_restart(request: MemberRequest, pk: int) -> HttpResponse:
    """Start again where the work broke off."""
    upload = get_object_or_404(_uploads(), pk=pk)
    form = TokenForm(request.POST)
    seen = form.cleaned_data["token"] if form.is_valid() else ""
    _decide(request, restart_upload, upload=upload, seen=seen, at=timezone.now())
    return redirect(upload)


def _decide(request: MemberRequest, action: Any, **given: Any) -> bool:
    """Run `action`; put what it refuses at the head of the next page."""
    try:
        action(**given, by=request.user, on=request.today)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True


@needs(Permission.CHANGE_IMPORTS)
def upload_changes(request: MemberRequest, pk: int) -> HttpResponse:
    """Send every change that an upload would make, as CSV."""
    upload = get_object_or_404(Upload.objects.only("changes"), pk=pk)
    return _csv(upload.changes, f"changes-of-upload-{pk}.csv")


@needs(Permission.CHANGE_IMPORTS)
def upload_refused(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the refused rows of an uploaded file, to be mended and sent again."""
    file = get_object_or_404(UploadFile.objects.only("refused", "name"), pk=pk)
    return _csv(file.refused, f"{file.name.partition('.')[0]}-refused.csv")


def _csv(packed: bytes | memoryview | None, name: str) -> HttpResponse:
    if packed is None:
        raise Http404
    return HttpResponse(
        gzip.decompress(packed),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


@needs(Permission.SEE_IMPORTS)
def import_run(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what an import did, what it refused, and whether it can be undone."""
    runs = ImportRun.objects.select_related("by", "undone_by", "upload")
    run = get_object_or_404(runs.defer("upload__changes"), pk=pk)
    may_import = may(request.role, Permission.CHANGE_IMPORTS)
    siblings = ImportRun.objects.filter(upload=run.upload).exclude(pk=run.pk)
    mended = UploadFile.objects.filter(upload=run.upload, sha256=run.sha256)
    words, url = pages.next_step(run)
    context = {
        "run": run,
        "title": pages.run_title(run),
        "counts": pages.run_counts(run),
        "layout": pages.layout_words(run),
        "who": pages.ran_by(run, names_people=may_import),
        "notes": [pages.in_browser(note) for note in run.notes],
        "refused": pages.refused_rows(run, REFUSED_SHOWN),
        "refused_shown": REFUSED_SHOWN,
        "mend": mended.exclude(refused=None).only("pk").first() if run.upload else None,
        "siblings": siblings.order_by("pk") if run.upload else (),
        "may_import": may_import,
        "next_words": words,
        "next_url": url,
    }
    return render(request, "mentoring/import_run.html", context)


@needs(Permission.CHANGE_IMPORTS)
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what undoing an import comes to, and undo it when it is confirmed."""
    run = get_object_or_404(ImportRun, pk=pk)
    obstacle = undoing.obstacle(run)
    form = UndoForm(request.POST or None)
    by, on, at = request.user, request.today, timezone.now()
    if form.is_valid() and (
        done := act(
            form, undo_import, run=run, **form.cleaned_data, by=by, on=on, at=at
        )
    ):
        messages.success(
            request,
            f"Undone. Rows taken out: {done.removed:,}; put back as they were: "
            f"{done.restored:,}.",
        )
        return redirect(run)
    context = {
        "run": run,
        "form": form,
        "obstacle": obstacle,
        "later": undoing.later_runs(run) if obstacle else (),
        "extent": undoing.extent(run),
    }
    return render(request, "mentoring/import_undo.html", context)
