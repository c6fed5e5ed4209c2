"""Every address the application answers, read from the resolver."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def _patterns(
    resolver: URLResolver, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = (*namespaces, one.namespace) if one.namespace else namespaces
            yield from _patterns(one, inner)
        else:
            name = one.name or f"nameless: {one.pattern}"
            yield ":".join((*namespaces, name)), one


def names() -> list[str]:
    """Return the name of every address, with its namespaces."""
    return [name for name, _pattern in _patterns(get_resolver())]


def views() -> dict[str, Any]:
    """Return each address's view by its name."""
    return {name: one.callback for name, one in _patterns(get_resolver())}
