"""The demonstration's trusts, of schools that lie near each other."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, islice

from mentoring.demo.names import OTHER_TRUSTS, TRUST_NAME, TRUST_UID, Identity
from mentoring.demo.plan import Plan
from mentoring.demo.register import Register
from schools.models import Trust, TrustMembership

OPENED, JOINED = date(2004, 1, 5), date(2004, 9, 1)
MENTEES, OTHERS = 4, 5
"""Schools of each trust: in the programme to be helped, and others about them."""


def add_trusts(plan: Plan, register: Register) -> Trust:
    """Write the trusts with their schools; return the one whose director signs in."""
    mentees = [each.school for each in plan.mentees if not each.left]
    joined = {each.school for each in plan.joined}
    others = [one for one in range(plan.settings.schools) if one not in joined]
    plain = plan.irregular.schools
    free = {
        True: [one for one in mentees if one not in plain],
        False: [one for one in others if one not in plain],
    }
    trusts = []
    memberships = []
    for number, name in enumerate(islice(_names(), plan.settings.mentors // 7)):
        if len(free[True]) < MENTEES:
            break
        trust = Trust(uid=TRUST_UID + number, name=name, opened=OPENED)
        trusts.append(trust)
        middle = register.identities[free[True][0]]
        for is_mentee, size in ((True, MENTEES), (False, OTHERS)):
            near = _nearest(free[is_mentee], register.identities, middle)[:size]
            free[is_mentee] = [one for one in free[is_mentee] if one not in near]
            memberships += [(trust, register.schools[one]) for one in near]
    Trust.objects.bulk_create(trusts)
    TrustMembership.objects.bulk_create(
        TrustMembership(trust=trust, school=school, started=JOINED)
        for trust, school in memberships
    )
    return trusts[0] if trusts else Trust.objects.create(uid=TRUST_UID, name=TRUST_NAME)


def _names() -> Iterator[str]:
    """Yield names without end: the ninth trust is the second of the first name."""
    yield TRUST_NAME
    words = [TRUST_NAME.split()[0], *OTHER_TRUSTS]
    yield from (f"{word} Schools Trust" for word in words[1:])
    for number in count(2):
        yield from (f"{word} Schools Trust {number}" for word in words)


def _nearest(
    schools: Iterable[int], identities: Sequence[Identity], middle: Identity
) -> list[int]:
    """Return `schools`, the nearest to `middle` first."""

    def apart(one: int) -> int:
        east = identities[one].easting - middle.easting
        north = identities[one].northing - middle.northing
        return east * east + north * north

    return sorted(schools, key=apart)
