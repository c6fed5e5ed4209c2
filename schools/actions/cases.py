"""Pure: which links are one case, to be decided together."""

from collections.abc import Iterable

from schools.actions.successions import StatedLink


def cases(links: Iterable[StatedLink]) -> dict[int, int]:
    """Return by link the lowest link of its case.

    Links that share an establishment are one case, however many stand between. The
    time is about proportional to the number of links.
    """
    parent: dict[int, int] = {}

    def root(link: int) -> int:
        while parent[link] != link:
            parent[link] = parent[parent[link]]
            link = parent[link]
        return link

    at: dict[int, int] = {}
    for link in sorted(links, key=lambda each: each.pk):
        parent[link.pk] = link.pk
        for urn in (link.predecessor, link.successor):
            other = root(at.setdefault(urn, link.pk))
            mine = root(link.pk)
            parent[max(other, mine)] = min(other, mine)
    return {link: root(link) for link in parent}
