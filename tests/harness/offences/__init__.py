"""An offending write for every rule that the database keeps.

To add a constraint, add a row under its full name to the table of its subject: a
function that makes the smallest write it must refuse. To add a trigger, add a row
under its name (NAMED) or its table (TRIGGERS), and verb. The writes go past forms
and `full_clean`, straight to the engine at hand.
"""

from collections.abc import Mapping

from tests.harness.offences.imports import IMPORTS
from tests.harness.offences.mentoring import MENTORING
from tests.harness.offences.pairings import OF_PAIRINGS, PAIRINGS
from tests.harness.offences.parts import Offence
from tests.harness.offences.results import RESULTS
from tests.harness.offences.schools import OF_ROLES, SCHOOLS
from tests.harness.offences.triggers import TRIGGERS

__all__ = ["CONSTRAINTS", "NAMED", "TRIGGERS"]

CONSTRAINTS: Mapping[str, Offence] = {
    **SCHOOLS,
    **IMPORTS,
    **RESULTS,
    **MENTORING,
    **PAIRINGS,
}

NAMED: Mapping[str, Mapping[str, Offence]] = {**OF_PAIRINGS, **OF_ROLES}
