"""The pages that are walked, read from the access table, so that a new one is too."""

from dataclasses import dataclass

from django.urls import reverse

from tests.harness.cast import Scene
from tests.walk.access import ACCESS

PAGE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One address as one of the cast sees it; `kind` is own or foreign."""

    name: str
    who: str
    kind: str = "own"

    def __str__(self) -> str:
        other = "" if self.kind == "own" else f"-{self.kind}"
        return f"{self.name}{other}-{self.who}"

    def path(self, scene: Scene) -> str:
        """Return its address in the scene, with what is sent along."""
        row = ACCESS[self.name]
        return reverse(
            self.name,
            kwargs=row.arguments[self.kind](scene, self.who),
            query=row.sent(scene, self.who) or None,
        )


@dataclass(frozen=True, slots=True)
class Refusal(Page):
    """A page that says no; `status` is how."""

    address: str = ""
    status: int = 404

    def path(self, scene: Scene) -> str:
        """Return an address that refuses, the same in every scene."""
        del scene
        return self.address


PAGES: tuple[Page, ...] = (
    *(
        Page(name, who, kind)
        for name, row in ACCESS.items()
        for kind, answered in row.get.items()
        for who in row.seen_by
        if answered[who] == PAGE
    ),
    Refusal("not-found", "officer", address="/schools/987654/"),
    Refusal("forbidden", "mentee_head", address="/programme/", status=403),
    Refusal("forbidden", "nobody", address="/", status=403),
)


def status_of(page: Page) -> int:
    """Return the status the page is answered with."""
    return page.status if isinstance(page, Refusal) else PAGE
