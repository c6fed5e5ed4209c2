"""Lets a person in from the shell: the first administrator, above all."""

import sys
from datetime import date
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentoring.actions.add_person import add_person
from mentoring.imports.taking import programme_day
from schools.models import Establishment, Role, School, Trust, User


class Command(BaseCommand):
    """Asks for the password twice, or reads it from the first line of input."""

    help = "Let a person in with a role, or give one who is known a further role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address to sign in with")
        parser.add_argument("name", help="the person's name")
        parser.add_argument("--role", required=True, choices=Role.Kind.values)
        parser.add_argument("--school", type=int, metavar="URN", help="of heads")
        parser.add_argument("--trust", type=int, metavar="NUMBER", help="of directors")
        parser.add_argument(
            "--scope", choices=Role.Scope.values, default="", help="of delegates"
        )
        parser.add_argument(
            "--ends", type=date.fromisoformat, help="the last day, YYYY-MM-DD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"] == Role.Kind.DELEGATE:
            self._check_limits(options["scope"], options["ends"])
        is_new = not User.objects.filter(email__iexact=options["email"]).exists()
        try:
            role = add_person(
                email=options["email"],
                name=options["name"],
                password=self._password() if is_new else None,
                kind=options["role"],
                school=self._school(options["school"]),
                trust=self._trust(options["trust"]),
                scope=options["scope"],
                ends=options["ends"],
                by=None,
                on=programme_day(),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{role.user} may sign in as: {role}.")

    def _check_limits(self, scope: str, ends: date | None) -> None:
        """Refuse a delegate without both limits, before a password is asked for."""
        if not scope or ends is None:
            raise CommandError(
                "Say what a delegate may do, by --scope log or --scope confirm, and "
                "until when, by --ends YYYY-MM-DD. Or have the head invite them."
            )

    def _password(self) -> str:
        """Return what the person will sign in with."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass("Password, at least 12 characters: ")
        if getpass("The same again: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password

    def _school(self, urn: int | None) -> School | None:
        if urn is None:
            return None
        found = Establishment.objects.select_related("school").filter(pk=urn).first()
        if found is None:
            raise CommandError(f"No school has the URN {urn}. Import the register.")
        return found.school

    def _trust(self, number: int | None) -> Trust | None:
        if number is None:
            return None
        found = Trust.objects.filter(uid=number).first()
        if found is None:
            raise CommandError(f"There is no trust with the group number {number}.")
        return found
