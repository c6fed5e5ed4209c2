"""Takes a second factor away from the shell: of the only administrator, above all."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentoring.actions.forget_factor import forget_factor
from mentoring.imports.taking import programme_day
from schools.models import User


class Command(BaseCommand):
    """For whom no administrator is left to do it in the browser."""

    help = "Take away the second factor of a person who has lost it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")
        parser.add_argument("--why", default="Lost.", help="kept with the event")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("Nobody here has this e-mail address.")
        try:
            forget_factor(user=user, reason=options["why"], by=None, on=programme_day())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{user} signs in by password, and sets up a new factor.")
