"""The board of mentors: who has room, and who is asked for too much."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import RequestConfig

from mentoring.exports.files import KINDS, as_file
from mentoring.exports.mentors import HEADERS, mentor_rows
from mentoring.filters.mentor import MentorFilter
from mentoring.forms.rows import RowsForm
from mentoring.http import MemberRequest, needs
from mentoring.pages.mentors import (
    board,
    board_counts,
    board_lede,
    board_title,
    year_began,
)
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission
from mentoring.tables.mentor import MentorPaginator, MentorTable


@needs(Permission.SEE_OFFERS)
def mentor_board(request: MemberRequest) -> HttpResponse:
    """List the mentors that match the filters in the URL, page by page."""
    every = board(request.today)
    shown = MentorFilter(request.GET, every)
    rows = RowsForm(request.GET)
    table = MentorTable(shown.qs)
    pages = {"per_page": rows.per_page, "paginator_class": MentorPaginator}
    RequestConfig(request, paginate=pages).configure(table)
    counts = board_counts(every)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": shown,
        "rows": rows,
        "table": table,
        "active": active_filters(request, shown.form),
        "counts": counts,
        "title": board_title(counts),
        "lede": board_lede(counts),
        "began": year_began(request.today),
        "query": query.urlencode(),
    }
    return render(request, "mentoring/mentor_list.html", context)


@needs(Permission.SEE_OFFERS)
def mentor_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the board as a file: every mentor that the filters of the URL keep.

    Where one is not understood the list says so, rather than a file be wrong.
    """
    if kind not in KINDS:
        raise Http404
    shown = MentorFilter(request.GET, board(request.today))
    if shown.form.errors:
        return redirect(f"{reverse('mentors')}?{request.GET.urlencode()}")
    table = MentorTable(shown.qs)
    RequestConfig(request, paginate=False).configure(table)
    name = f"mentors-{request.today.isoformat()}"
    return as_file(kind, name, HEADERS, mentor_rows(table.data.data), sheet="Mentors")
