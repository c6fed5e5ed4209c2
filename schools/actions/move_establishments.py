"""Moves establishments between schools when one continues the other."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from schools.actions.refresh_schools import refresh_schools
from schools.actions.successions import StatedLink
from schools.imports.writing import update_rows
from schools.models import Establishment, School, Succession


@dataclass(slots=True)
class Movement:
    """Which school owns which URNs while many successions are carried out.

    Nothing is written before `write`, so that thousands cost a few statements.
    """

    school_of: dict[int, int]
    urns_of: dict[int, list[int]]
    current: dict[int, int]
    moved: set[int]
    continued_by: dict[int, int]

    @classmethod
    def of_now(cls) -> "Movement":
        """Return the ownership that the database holds."""
        school_of = dict(Establishment.objects.values_list("urn", "school_id"))
        urns_of: dict[int, list[int]] = defaultdict(list)
        for urn, school in school_of.items():
            urns_of[school].append(urn)
        current = dict(School.objects.values_list("pk", "urn"))
        return cls(school_of, urns_of, current, set(), {})

    @classmethod
    def of_nothing(cls) -> "Movement":
        """Return the ownership of no URN, where nothing is going to move."""
        return cls({}, {}, {}, set(), {})

    def owners(self, predecessor: int, successor: int) -> tuple[int, int]:
        """Return the schools that own the two URNs now."""
        return self.school_of[predecessor], self.school_of[successor]

    def join(
        self,
        decision: Succession,
        link: StatedLink,
        in_programme: AbstractSet[int],
    ) -> None:
        """Make one school of the two that `link` joins, and note it in `decision`.

        The predecessor's school survives where only it is in the programme. Name and
        place become those of the successor's school, which stands later in the chain.
        """
        one, other = self.owners(link.predecessor, link.successor)
        if one == other:
            decision.survivor_id = one
            return
        survivor, emptied = (one, other) if one in in_programme else (other, one)
        decision.survivor_id, decision.emptied_id = survivor, emptied
        decision.moved_urns = sorted(self.urns_of[emptied])
        self.current[survivor] = self.current[other]
        for urn in self.urns_of.pop(emptied):
            self.school_of[urn] = survivor
            self.urns_of[survivor].append(urn)
            self.moved.add(urn)
        self.continued_by[emptied] = survivor

    def write(self) -> None:
        """Write what moved: first the emptied schools, which give up their URNs."""
        if not self.continued_by:
            return
        update_rows(
            Establishment,
            ("school",),
            ((urn, self.school_of[urn]) for urn in self.moved),
        )
        update_rows(School, ("continued_by",), self.continued_by.items())
        touched = {self.school_of[urn] for urn in self.moved}
        refresh_schools(touched, self.current)
