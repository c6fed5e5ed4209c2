"""Many schools ticked in the list are enrolled or invited, shown, and taken back."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django_tables2 import RequestConfig

from mentoring import policies
from mentoring.actions.enrol_school import Desk
from mentoring.actions.enrol_together import (
    enrol_together,
    judge,
    undo_together,
)
from mentoring.enrolling import Facts
from mentoring.filters.school import SchoolFilter
from mentoring.forms.act import act
from mentoring.forms.enrol_many import (
    LONGEST_QUERY,
    MOST,
    EnrolManyForm,
    UndoTogetherForm,
    chosen,
    is_key,
)
from mentoring.http import MemberRequest, needs
from mentoring.models import EnrolmentSet, Membership
from mentoring.pages.enrol_many import (
    entitled_lines,
    outcome_lines,
    preview_lede,
    preview_words,
    schools_words,
    set_line,
    set_words,
    sets_words,
)
from mentoring.pages.taking_back import exceptions_words
from mentoring.permissions import Permission
from mentoring.tables.membership import MembershipTable
from mentoring.tables.school import listed
from schools.models import School

PAGE = 50


@needs(Permission.CHANGE_MEMBERSHIP)
def enrol_many(request: MemberRequest) -> HttpResponse:
    """Ask on what terms the ticked schools come in, show what each gets, and do it."""
    stage = request.POST.get("stage", "")
    if not stage:
        return ask(request)
    form = EnrolManyForm(request.POST, today=request.today)
    if not form.is_valid() or stage == "change":
        return show(request, form)
    schools = chosen(form.cleaned_data["schools"])
    if stage == "confirm" and (
        made := act(
            form,
            enrol_together,
            token=form.cleaned_data["token"],
            schools=schools,
            terms=form.terms,
            by=request.user,
            on=request.today,
        )
    ):
        return redirect(with_back(made, form.cleaned_data["query"]))
    return preview(request, form, schools)


def preview(
    request: MemberRequest, form: EnrolManyForm, schools: Sequence[School]
) -> HttpResponse:
    """Show what each of the schools would get on the form's terms."""
    desk = Desk(Facts(schools, request.today), request.user)
    outcomes = judge(desk, schools, form.terms)
    context = {
        "form": form,
        "title": preview_words(outcomes, form.terms),
        "lede": preview_lede(form.terms),
        "lines": outcome_lines(outcomes, form.terms),
        "may_confirm": any(each.is_added for each in outcomes),
        "back": back_url(form.cleaned_data["query"]),
    }
    return render(request, "mentoring/enrol_many_preview.html", context)


def ask(request: MemberRequest) -> HttpResponse:
    """Show the terms for the schools that were ticked in the list."""
    sent = request.POST if request.method == "POST" else request.GET
    query = sent.get("query", "")[:LONGEST_QUERY]
    keys = ticked(request, sent, query)
    if not keys or len(keys) > MOST:
        context = {"count": len(keys), "back": back_url(query)}
        return render(request, "mentoring/enrol_many_none.html", context)
    start = {"schools": ",".join(map(str, keys)), "token": uuid4(), "query": query}
    return show(request, EnrolManyForm(today=request.today, initial=start))


def ticked(request: MemberRequest, sent: QueryDict, query: str) -> list[int]:
    """Return the keys of the ticked schools, or of all that the filters keep."""
    if sent.get("which") == "all":
        shown = SchoolFilter(
            QueryDict(query), listed(), today=request.today, role=request.role
        )
        return list(shown.qs.order_by("name", "pk").values_list("pk", flat=True))
    keys = sent.getlist("school")
    return [int(key) for key in keys if is_key(key)]


def show(request: MemberRequest, form: EnrolManyForm) -> HttpResponse:
    """Show the terms, with who of the ticked schools is entitled."""
    sent = str(form["schools"].value() or "")
    keys = [int(key) for key in sent.split(",") if is_key(key)]
    schools = chosen(keys[:MOST])
    entitled = policies.entitled_among(schools, request.today)
    context = {
        "form": form,
        "title": f"Invite or enrol {schools_words(len(schools))}",
        "entitled": len(entitled),
        "lines": entitled_lines(schools, entitled),
        "back": back_url(str(form["query"].value() or "")),
    }
    return render(request, "mentoring/enrol_many.html", context)


def back_url(query: str) -> str:
    """Return the list of schools with the filters and the page it was left with."""
    kept = QueryDict(query, mutable=True)
    kept.pop("tick", None)
    return f"{reverse('schools')}?{kept.urlencode()}" if kept else reverse("schools")


def left_at(request: MemberRequest) -> str:
    """Return the query that the list of schools was left with."""
    return request.GET.get("back", "")[:LONGEST_QUERY]


def with_back(made: EnrolmentSet, query: str) -> str:
    """Return the page of a set, which knows the way back to the list as it was."""
    return f"{made.get_absolute_url()}?{urlencode({'back': query})}"


@needs(Permission.CHANGE_MEMBERSHIP)
def enrolment_sets(request: MemberRequest) -> HttpResponse:
    """List the schools that came in together, set by set, the latest first."""
    sets = EnrolmentSet.objects.with_schools().select_related("made_by").latest_first()
    page = Paginator(sets, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": sets_words(page.paginator.count),
        "page": page,
        "lines": [set_line(each) for each in page],
    }
    return render(request, "mentoring/enrolment_sets.html", context)


@needs(Permission.CHANGE_MEMBERSHIP)
def enrolment_set(request: MemberRequest, token: UUID) -> HttpResponse:
    """Show the schools that came in together, and offer to take all back."""
    made = get_object_or_404(EnrolmentSet.objects.select_related("made_by"), pk=token)
    rows = Membership.objects.filter(enrolment_set=made)
    standing = rows.filter(steps_taken=0).count()
    table = MembershipTable(rows.with_place())
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    count = table.paginator.count
    context = {
        "made": made,
        "title": set_words(made, count, standing),
        "left_out": made.asked - count,
        "standing": standing,
        "table": table,
        "back": back_url(left_at(request)),
        "kept": urlencode({"back": left_at(request)}),
    }
    return render(request, "mentoring/enrolment_set.html", context)


@needs(Permission.CHANGE_MEMBERSHIP)
def enrolment_set_undo(request: MemberRequest, token: UUID) -> HttpResponse:
    """Take back the schools that came in together, but for those moved since."""
    made = get_object_or_404(EnrolmentSet, pk=token)
    form = UndoTogetherForm(request.POST or None)
    if form.is_valid() and (
        count := act(
            form,
            undo_together,
            made=made,
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=request.today,
        )
    ):
        messages.success(request, f"{schools_words(count)} taken back: none counts.")
        return redirect(with_back(made, left_at(request)))
    standing = list(Membership.objects.filter(enrolment_set=made, steps_taken=0))
    context = {
        "form": form,
        "made": made,
        "title": f"Take back {schools_words(len(standing))}?",
        "standing": standing,
        "exceptions": exceptions_words(standing, request.today),
        "cancel": with_back(made, left_at(request)),
    }
    return render(request, "mentoring/enrolment_set_undo.html", context)
