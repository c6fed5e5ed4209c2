"""Whether the site lives, for whatever watches over it; nobody need sign in."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives; the database is not asked."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer that people can be served, or 503 with what is missing."""
    missing = what_is_missing()
    return HttpResponse(
        f"{missing or 'ready'}\n",
        status=503 if missing else 200,
        content_type="text/plain; charset=utf-8",
    )


def what_is_missing() -> str:
    """Return what keeps the site from serving people, nothing where it can."""
    try:
        executor = MigrationExecutor(connection)
    except Error:  # a lost connection is an InterfaceError, no DatabaseError
        return "the database does not answer"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "the database has not been migrated"
    return ""
