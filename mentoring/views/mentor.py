"""The board of mentors: who has room, and who is asked for too much."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from mentoring.exports.mentors import HEADERS, mentor_rows
from mentoring.filters.mentor import MentorFilter
from mentoring.http import MemberRequest, needs
from mentoring.mentor_days import year_began
from mentoring.pages.mentors import (
    board,
    board_counts,
    board_lede,
    board_title,
)
from mentoring.permissions import Permission
from mentoring.tables.mentor import MentorPaginator, MentorTable
from mentoring.views.listing import as_download, paged


@needs(Permission.SEE_OFFERS)
def mentor_board(request: MemberRequest) -> HttpResponse:
    """List the mentors that match the filters in the URL, page by page."""
    every = board(request.today)
    shown = MentorFilter(request.GET, every)
    counts = board_counts(request.today)
    context = {
        **paged(request, shown, MentorTable(shown.qs), MentorPaginator),
        "counts": counts,
        "title": board_title(counts),
        "lede": board_lede(counts),
        "began": year_began(request.today),
    }
    return render(request, "mentoring/mentor_list.html", context)


@needs(Permission.SEE_OFFERS)
def mentor_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the board as a file: every mentor that the filters of the URL keep."""
    shown = MentorFilter(request.GET, board(request.today))
    return as_download(
        *(request, kind, shown, MentorTable(shown.qs)),
        page="mentors",
        of="mentors",
        headers=HEADERS,
        rows=mentor_rows,
    )
