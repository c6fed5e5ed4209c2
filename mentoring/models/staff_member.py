"""People of a school who give days of support; they need no account."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from schools.models import Role, School, TrustMembership, User

EVERYWHERE = (Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR)


def schools_open_to(role: Role | None, day: date) -> models.QuerySet[School]:
    """Return the schools whose staff, needs and offers `role` may read on `day`.

    Directors read of the schools in their trust that day: these things have no past.
    Ends in none(): a new role sees nothing.
    """
    if role is None:
        return School.objects.none()
    if role.kind in EVERYWHERE:
        return School.objects.all()
    if role.kind in Role.AT_A_SCHOOL:
        return School.objects.filter(roles=role)
    if role.kind in Role.AT_A_TRUST:
        held = TrustMembership.objects.live_on(day).filter(trust=role.trust_id)
        return School.objects.filter(pk__in=held.values("school"))
    return School.objects.none()


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    """The vocabulary of a school's staff."""

    def visible_to(self, role: Role | None, day: date) -> Self:
        """Keep those of the schools whose staff `role` may read of on `day`."""
        return self.filter(school__in=schools_open_to(role, day).values("pk"))

    def named(self) -> Self:
        """Keep those who were not erased."""
        return self.filter(is_erased=False)

    def there_on(self, day: date) -> Self:
        """Keep those who had not left before `day`."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def of_person(self, user: User) -> Self:
        """Keep the posts of somebody with an account, those they left among them.

        Schools enter names and no accounts. So a post is a person's where the name is
        theirs, whatever its case and spaces, at a school of one of their roles, past or
        to come. Empty for who has no such role, and for who was erased.
        """
        at = Role.objects.filter(user=user, school__isnull=False).values("school")
        there = StaffMember.objects.filter(school__in=at, user__isnull=True).named()
        # In Python: SQLite knows the case of English letters alone.
        name = _plainly(user.name)
        same = [
            pk for pk, each in there.values_list("pk", "name") if _plainly(each) == name
        ]
        return self.filter(Q(user=user) | Q(pk__in=same))


def _plainly(name: str) -> str:
    return " ".join(name.split()).casefold()


class StaffMember(models.Model):
    """A member of a school's staff, by name and post.

    One who leaves is ended by date, and past entries keep the name. One who asks to be
    erased keeps the row, and with it every total, without name and post.
    """

    ERASED = "Somebody who was erased"

    school = models.ForeignKey(School, models.PROTECT, related_name="staff_members")
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=100, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    left_on = models.DateField("last day there", null=True, blank=True)
    is_erased = models.BooleanField(default=False, editable=False)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name", "post"],
                condition=Q(left_on__isnull=True, is_erased=False),
                name="%(app_label)s_%(class)s_is_entered_once",
                violation_error_message=(
                    "This school has somebody of that name and post already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(name__gt=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message="Enter a name.",
            ),
            models.CheckConstraint(
                condition=Q(is_erased=False) | Q(post="", user__isnull=True),
                name="%(app_label)s_%(class)s_erased_is_nobody",
                violation_error_message="Who is erased has no post and no account.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}" if self.post else self.name
