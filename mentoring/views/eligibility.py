"""Who is entitled to help: a look at the bottom quarter, and the frozen lists."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.bottom_quarter import ExclusionCount, bottom_quarter
from mentoring.filters.eligibility import EntryFilter
from mentoring.forms.act import act
from mentoring.forms.eligibility import QuarterForm, held_years, usual_choice
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityEntry, EligibilityList
from mentoring.pages.eligibility import list_page, preview_page
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission, may
from mentoring.tables.eligibility import EntryTable

PAGE = 50


@needs(Permission.SEE_ELIGIBILITY)
def eligibility_index(request: MemberRequest) -> HttpResponse:
    """Show the bottom quarter of a chosen measure and year, and the frozen lists."""
    held = held_years()
    usual = usual_choice(held, request.programme.eligibility_measure)
    form = QuarterForm(request.GET or usual, held=held)
    page, chosen = None, {}
    if held and form.is_valid():
        chosen = form.cleaned_data
        page = preview_page(bottom_quarter(request.programme, **chosen), request.today)
    lists = EligibilityList.objects.visible_to(request.role).select_related("measure")
    context = {
        "form": form,
        "page": page,
        "chosen": chosen,
        "held": held,
        "lists": lists.latest_first(),
        "may_freeze": may(request.role, Permission.CHANGE_ELIGIBILITY),
    }
    return render(request, "mentoring/eligibility_index.html", context)


@needs(Permission.CHANGE_ELIGIBILITY)
def freeze(request: MemberRequest) -> HttpResponse:
    """Show what would be frozen; freeze it when it is confirmed."""
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else request.GET
    form = QuarterForm(sent, held=held_years(), is_hidden=True)
    if not form.is_valid():
        messages.error(request, "Choose a measure and a year that has results.")
        return redirect("eligibility")
    chosen, by, on = form.cleaned_data, request.user, request.today
    if is_sent and (frozen := act(form, freeze_eligibility, **chosen, by=by, on=on)):
        messages.success(
            request, "The list is frozen. Its schools may join as mentees."
        )
        return redirect(frozen)
    context = {
        "form": form,
        "page": preview_page(bottom_quarter(request.programme, **chosen), on),
        "earlier": EligibilityList.objects.filter(**chosen).latest_first(),
        "chosen": chosen,
    }
    return render(request, "mentoring/eligibility_freeze.html", context)


def eligibility_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a frozen list with its schools, fifty to a page, from the lowest score."""
    seen = EligibilityList.objects.visible_to(request.role).select_related("measure")
    frozen = get_object_or_404(seen, pk=pk)
    entries = EligibilityEntry.objects.filter(list=frozen)
    near_misses = entries.filter(standing=EligibilityEntry.Standing.NEAR_MISS).count()
    exclusions = [ExclusionCount(*row) for row in entries.exclusions()]
    shown = EntryFilter(request.GET, entries.select_related("school").by_rank())
    table = EntryTable(shown.qs, measure=frozen.measure)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "list": frozen,
        "page": list_page(frozen, exclusions, near_misses),
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
    }
    return render(request, "mentoring/eligibility_list.html", context)
