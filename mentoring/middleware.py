"""Puts the programme, its day and the person's role on every request."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from mentoring.models import Programme
from schools.models import Role

ROLE_KEY = "acting_role"
UNTOUCHED = ("/healthz", "/readyz")
"""What must answer even where the database does not."""
SERVER_ERROR = 500


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, and then on to where they wanted.

    The bare address is nobody's wish in particular: from it people come to their first
    page.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Return the way to sign in."""
        if request.get_full_path() == "/":
            return HttpResponseRedirect(reverse("account_login"))
        return super().handle_no_permission(request, view_func)


def programme_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set `programme`, `today`, `roles` and `role` on the request.

    Roles are read afresh each time, so that one that has ended stops working on the
    next request. The acting role is the one last switched to, else the first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in UNTOUCHED:
            return get_response(request)
        programme = Programme.the()
        request.programme = programme  # type: ignore[attr-defined]  # see MemberRequest
        request.today = programme.today  # type: ignore[attr-defined]  # same
        roles: list[Role] = []
        if request.user.is_authenticated:
            live = Role.objects.filter(user=request.user).live_on(programme.today)
            roles = list(live.select_related("school", "trust").order_by("pk"))
        chosen = request.session.get(ROLE_KEY)
        acting = next((role for role in roles if role.pk == chosen), None)
        request.roles = roles  # type: ignore[attr-defined]  # same
        request.role = acting or (roles[0] if roles else None)  # type: ignore[attr-defined]  # same
        answer = get_response(request)
        # Where saving the session fails after this, the view's own work stands.
        request.is_answered = answer.status_code < SERVER_ERROR  # type: ignore[attr-defined]  # for views.errors
        return answer

    return middleware
