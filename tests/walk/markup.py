"""Whether a page is well-formed HTML, as its source stands."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib.constants import E as MESSAGES

_NAMESPACE = re.compile(r"^\{[^}]*\}")


def faults(source: str) -> list[str]:
    """Return what is wrong with a page's source; empty where nothing is."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(source)
    return [*_parse_errors(parser), *_structure(document)]


def _parse_errors(parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, column), code, details in parser.errors:
        yield f"line {line}, column {column}: {MESSAGES[code] % details}"


def _structure(document: Any) -> Iterator[str]:
    elements = [one for one in document.iter() if isinstance(one.tag, str)]
    tags = Counter(_NAMESPACE.sub("", one.tag) for one in elements)
    ids = Counter(one.get("id") for one in elements if one.get("id") is not None)
    for identity, count in ids.items():
        if count > 1:
            yield f"id {identity!r} stands {count} times"
    for tag in ("h1", "main", "title"):
        # A chart's own title is an element of the picture.
        found = tags[tag] if tag != "title" else len(document.findall("head/title"))
        if found != 1:
            yield f"{found} elements {tag}"
    if not document.get("lang"):
        yield "no language"
    for one in elements:
        yield from _attributes(one, set(ids))


def _attributes(element: Any, ids: set[str]) -> Iterator[str]:
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for identity in (element.get(name) or "").split():
            if identity not in ids:
                yield f"{name} names {identity!r}, which is not there"
    if element.get("style") is not None:
        yield f"{element.tag} has a style of its own, which the policy refuses"
