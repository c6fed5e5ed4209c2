"""The register's nouns, one file each."""

from schools.models.authority import LocalAuthority
from schools.models.establishment import Establishment
from schools.models.import_run import ImportChange, ImportRun
from schools.models.invitation import Invitation
from schools.models.link import EstablishmentLink
from schools.models.role import Role
from schools.models.school import School
from schools.models.succession import SchoolPredecessor, Succession
from schools.models.trust import Trust, TrustMembership
from schools.models.upload import Upload, UploadFile
from schools.models.user import User

__all__ = [
    "Establishment",
    "EstablishmentLink",
    "ImportChange",
    "ImportRun",
    "Invitation",
    "LocalAuthority",
    "Role",
    "School",
    "SchoolPredecessor",
    "Succession",
    "Trust",
    "TrustMembership",
    "Upload",
    "UploadFile",
    "User",
]
