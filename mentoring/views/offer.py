"""The search across offers: who can help with an area, has room, and is near."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import RequestConfig

from mentoring.forms.enrol_many import is_key
from mentoring.forms.offer_search import ANY_ROOM, OfferSearchForm
from mentoring.http import MemberRequest, needs
from mentoring.matching.candidates import Found, fitting
from mentoring.models import Membership
from mentoring.pages.offers import (
    FOUND,
    Gathered,
    distance_notes,
    gather,
    mentees_found,
    mentees_in_it,
    order_words,
    search_title,
)
from mentoring.pages.parts import active_filters
from mentoring.pages.stated import need_rows
from mentoring.permissions import Permission, may
from mentoring.tables.offer import OfferTable

PAGE = 50
NOTHING = Gathered([], is_placed=True, helping=(), declined={})


@needs(Permission.SEE_OFFERS)
def offer_search(request: MemberRequest) -> HttpResponse:
    """List the mentors that offer an area, have room, and lie near a mentee."""
    words = request.GET.get("q", "").strip()
    found = mentees_found(words) if words else []
    if len(found) == 1:
        query = without(request, "q", "page")
        query["mentee"] = str(found[0].pk)
        return redirect(f"{reverse('offer_search')}?{query.urlencode()}")
    mentee = mentee_or_404(request)
    form = OfferSearchForm(request.GET)
    context = {
        "words": words,
        "schools": [each.school for each in found[:FOUND]],
        "is_more": len(found) > FOUND,
        "mentee": mentee,
        "needs": need_rows(mentee) if mentee else [],
        "form": form,
        "active": active_filters(request, form),
        "kept": without(request, "q", "page", "mentee").dict(),
        "suggest_to": f"?{without(request, 'q', 'page', 'mentee').urlencode()}&q=",
        **listed(request, form, mentee),
    }
    return render(request, "mentoring/offer_search.html", context)


def listed(
    request: MemberRequest, form: OfferSearchForm, mentee: Membership | None
) -> dict[str, Any]:
    """Return the list and what is said of it; nothing for filters not understood."""
    is_valid = form.is_valid()
    area = form.chosen_area if is_valid else None
    gathered = gather(mentee, area, request.today) if is_valid else NOTHING
    sent = form.cleaned_data
    found = Found([], 0)
    if is_valid:
        found = fitting(
            gathered.candidates,
            needs_room=sent["room"] != ANY_ROOM,
            within=sent["within"],
            order=form.chosen_order,
        )
    table = OfferTable(
        found.fitting,
        mentee=mentee,
        area=area,
        helping=gathered.helping,
        declined=gathered.declined,
        may_pair=may(request.role, Permission.CHANGE_PAIRINGS),
    )
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    notes = distance_notes(
        found, mentee, is_placed=gathered.is_placed, within=sent.get("within")
    )
    return {
        "table": table,
        "title": search_title(len(found.fitting), mentee, area),
        "notes": notes if is_valid else [],
        "order": order_words(form.chosen_order) if is_valid else "",
    }


def mentee_or_404(request: MemberRequest) -> Membership | None:
    """Return the mentee that the URL names; None where it names none."""
    key = request.GET.get("mentee", "")
    if not key:
        return None
    rows = mentees_in_it().visible_to(request.role).select_related("school")
    mentee = rows.filter(pk=int(key)).first() if is_key(key) else None
    if mentee is None:
        raise Http404
    return mentee


def without(request: MemberRequest, *names: str) -> QueryDict:
    """Return the URL's query without the parameters of these names."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query
