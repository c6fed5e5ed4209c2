"""A list narrowed by its address: a page of it, and the whole of it as a file."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_tables2 import RequestConfig

from mentoring.exports.files import KINDS, Cell, as_file
from mentoring.filters.strict import StrictFilterSet
from mentoring.forms.rows import RowsForm
from mentoring.http import MemberRequest
from mentoring.pages.parts import active_filters
from mentoring.tables.list_table import ListTable


def paged(
    request: MemberRequest,
    shown: StrictFilterSet,
    table: ListTable,
    paginator: type[Paginator[Any]],
) -> dict[str, Any]:
    """Return the context of a list, its `table` at the page that is asked for."""
    rows = RowsForm(request.GET)
    pages = {"per_page": rows.per_page, "paginator_class": paginator}
    RequestConfig(request, paginate=pages).configure(table)
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "filter": shown,
        "rows": rows,
        "table": table,
        "active": active_filters(request, shown.form),
        "query": query.urlencode(),
        "is_narrowed": bool(query),
    }


def as_download(
    request: MemberRequest,
    kind: str,
    shown: StrictFilterSet,
    table: ListTable,
    *,
    page: str,
    of: str,
    headers: Sequence[str],
    rows: Callable[[Any], Iterable[Sequence[Cell]]],
) -> HttpResponseBase:
    """Give a list as a file of `kind`: everything that the filters of the URL keep.

    `page` is the name of the list's address, `of` what it lists in words, as "support
    days". Where a filter is not understood the page says so, rather than a file be
    wrong.
    """
    if kind not in KINDS:
        raise Http404
    if shown.form.errors:
        return redirect(f"{reverse(page)}?{request.GET.urlencode()}")
    RequestConfig(request, paginate=False).configure(table)
    name = f"{of.replace(' ', '-')}-{request.today.isoformat()}"
    found = rows(table.data.data)
    return as_file(kind, name, headers, found, sheet=of.capitalize())
