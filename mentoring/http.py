"""A request as our views get it: with the programme, its day and the acting role."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from mentoring.permissions import Permission, require
from schools.models import Role, User

if TYPE_CHECKING:
    from mentoring.models import Programme


class MemberRequest(HttpRequest):
    """A signed-in person's request, after `mentoring.middleware`.

    `role` is the role the person acts in, None without one in force; `roles` are all
    that are in force today; `today` is the programme's day.
    """

    user: User
    programme: "Programme"
    today: date
    role: Role | None
    roles: list[Role]


View = Callable[..., HttpResponseBase]


def needs(permission: Permission) -> Callable[[View], View]:
    """Return a decorator that shuts a view to roles without `permission`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: MemberRequest, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            require(request.role, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
