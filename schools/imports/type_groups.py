"""The kinds of school that eligibility tells apart, from the register's two columns."""

from functools import cache

from schools.models import Establishment

Group = Establishment.TypeGroup

_GROUPS = {
    "": Group.UNKNOWN,
    "academies": Group.ACADEMY,
    "free schools": Group.ACADEMY,
    "local authority maintained schools": Group.MAINTAINED,
    "la maintained schools": Group.MAINTAINED,  # as the results of 2013-14 have it
    "special schools": Group.SPECIAL,
    "independent schools": Group.INDEPENDENT,
    "colleges": Group.COLLEGE,
}
_TYPES = (
    # The register files special academies under academies and free schools.
    ("independent", Group.INDEPENDENT),
    ("city technology college", Group.CTC),
    ("special", Group.SPECIAL),
    ("pupil referral unit", Group.SPECIAL),
    ("alternative provision", Group.SPECIAL),
)
_TYPES_WITHOUT_GROUP = (
    ("academy", Group.ACADEMY),
    ("free schools", Group.ACADEMY),
    ("studio schools", Group.ACADEMY),
    ("university technical college", Group.ACADEMY),
    ("community school", Group.MAINTAINED),
    ("voluntary", Group.MAINTAINED),
    ("foundation school", Group.MAINTAINED),
    ("further education", Group.COLLEGE),
    ("sixth form", Group.COLLEGE),
)


@cache
def type_group(group: str, type_name: str) -> str:
    """Return the kind of an establishment; "" where the register says nothing.

    Academies for special education and alternative provision count as special, and
    city technology colleges, which the register calls independent, as themselves.
    """
    lowered = type_name.casefold()
    for words, kind in _TYPES:
        if words in lowered:
            return kind.value
    if group:
        return _GROUPS.get(group.casefold(), Group.OTHER).value
    for words, kind in _TYPES_WITHOUT_GROUP:
        if words in lowered:
            return kind.value
    return (Group.OTHER if type_name else Group.UNKNOWN).value
