"""The files that can be imported, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """A kind of file that can be imported: what it is, and where it comes from."""

    kind: str
    file: str
    source: str


FILES = (
    Taken(
        "Register of schools",
        "edubasealldata….csv: every school, open and closed. The links between schools "
        "may go with it in one sending.",
        "Get Information About Schools, Downloads, “Establishment fields”",
    ),
    Taken(
        "Links between schools",
        "links_edubasealldata….csv: which school became which.",
        "Get Information About Schools, Downloads, “Establishment links”",
    ),
    Taken(
        "Trusts and their schools",
        "groups….csv and group_links….csv: the trusts, and which schools are in them. "
        "Send both at once. Both are whole lists: a school that is no longer listed "
        "has left its trust.",
        "Get Information About Schools, Downloads, “All group records” and “All group "
        "links records”",
    ),
    Taken(
        "School results",
        "england_ks4final….csv or one authority's file, as the Department published "
        "it; or a table with a row for each figure: urn, year, measure, population, "
        "release, value, number, cohort.",
        "School performance tables, Download data",
    ),
    Taken(
        "National figures",
        "A table of England's averages: year, measure, value, population, coverage, "
        "release, basis, source, confidence, note; or with a status (provisional, "
        "revised, final, shadow) for release and basis.",
        "Statistical releases, each figure with its source",
    ),
    Taken(
        "Averages of areas",
        "A table of local authorities and regions: la_code, name, exam_year, pupils, "
        "pct_5ac, pct_5acem, source.",
        "Statistical releases, each figure with its source",
    ),
    Taken(
        "Memberships",
        "A table of schools that join: urn, role, joined, and left where they have. "
        "Dates as 2006-09-01.",
        "Your own list",
    ),
)
