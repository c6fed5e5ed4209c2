"""Inviting people, accepting, and ending a role."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from mentoring.forms.fields import DayField
from mentoring.places import find_schools
from schools.models import Role, School, Trust, User

Found = TypeVar("Found")
LONGEST_NAME = 150
NUMBER_DIGITS = 9
FEW = 3
"""Names that are told apart in a sentence."""


def name_field() -> forms.CharField:
    """Return the field for a person's name."""
    return forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        error_messages={"required": "Give the person's name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def email_field() -> forms.EmailField:
    """Return the field for an e-mail address, of the right length and shape."""
    return forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The link goes there. They sign in with it.",
        error_messages={
            "required": "Give the person's e-mail address.",
            "invalid": "Enter an e-mail address, such as name@school.example.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class InviteForm(forms.Form):
    """Who is invited by the programme, to which role, and where."""

    kind = forms.ChoiceField(
        label="As what?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    name = name_field()
    email = email_field()
    place = forms.CharField(
        label="School or trust",
        required=False,
        max_length=100,
        help_text=(
            "A head's school by its name or URN, a director's trust by its name or "
            "group number. Nobody else needs one."
        ),
    )
    ends = DayField(
        label="Last day of the role",
        required=False,
        help_text="Empty for no end. It can be ended at any time.",
    )

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        kinds: Sequence[Role.Kind],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=initial)
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # ChoiceField's

    def clean(self) -> dict[str, Any]:
        """Put the school or the trust in the place of the words."""
        sent = self.cleaned_data
        words, kind = sent.pop("place", "").strip(), sent.get("kind")
        sent["school"] = sent["trust"] = None
        if kind in (Role.Kind.HEAD, Role.Kind.DIRECTOR) and not words:
            whose = "school" if kind == Role.Kind.HEAD else "trust"
            self.add_error("place", f"Say which {whose}.")
        elif kind == Role.Kind.HEAD:
            self._take("school", lambda: the_school(words))
        elif kind == Role.Kind.DIRECTOR:
            self._take("trust", lambda: the_trust(words))
        elif words and kind:
            self.add_error("place", "This role is at no school and no trust.")
        return sent

    def _take(self, name: str, find: Callable[[], object]) -> None:
        try:
            self.cleaned_data[name] = find()
        except ValidationError as refusal:
            self.add_error("place", refusal)


def the_school(words: str) -> School:
    """Return the one school that `words` find, or the one that continues it.

    Raises ValidationError with a sentence where there is none, or more than one.
    """
    found = find_schools(words)
    exact = [school for school in found if school.name.casefold() == words.casefold()]
    if len(exact) == 1:
        found = exact
    school = _only(found, "school", "URN", [f"{one} ({one.urn})" for one in found])
    return school.continued_by or school


def the_trust(words: str) -> Trust:
    """Return the one trust that `words` name, or whose group number they are.

    Raises ValidationError with a sentence where there is none, or more than one.
    """
    if words.isdecimal() and len(words) <= NUMBER_DIGITS:
        trusts = Trust.objects.filter(uid=int(words))
    else:
        exact = Trust.objects.filter(name__iexact=words)
        trusts = (
            exact if exact.exists() else Trust.objects.filter(name__icontains=words)
        )
    found = list(trusts.order_by("name", "pk")[: FEW + 1])
    names = [f"{one} ({one.uid})" for one in found]
    return _only(found, "trust", "group number", names)


def _only(
    found: Sequence[Found], what: str, number: str, names: Sequence[str]
) -> Found:
    if not found:
        raise ValidationError(
            f"No {what} here is called that. Check the name, or give the {number}."
        )
    if len(found) > 1:
        some = ", ".join(names[:FEW])
        more = " and others" if len(found) > FEW else ""
        raise ValidationError(
            f"There are several: {some}{more}. Give the {number} of the right one."
        )
    return found[0]


class InviteDelegateForm(forms.Form):
    """Whom a head lets act for the school, in what, and until when."""

    name = name_field()
    email = email_field()
    scope = forms.ChoiceField(
        label="What may they do?",
        choices=Role.Scope,
        widget=forms.RadioSelect,
        help_text="They see your school's pairings and days, and no other school's.",
        error_messages={"required": "Choose what they may do."},
    )
    ends = DayField(
        label="Last day",
        help_text="The end of the school year, perhaps. You can end it sooner.",
    )


class AcceptForm(forms.Form):
    """The name and password of a new person."""

    name = forms.CharField(
        label="Your name",
        max_length=LONGEST_NAME,
        help_text="As colleagues at other schools should read it.",
        error_messages={"required": "Give your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        help_text="At least 12 characters. Three or four words are easy to remember.",
        error_messages={"required": "Choose a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="The same password again",
        strip=False,
        error_messages={"required": "Type the password again."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ; return the name and the password."""
        sent = self.cleaned_data
        again = sent.pop("password_again", None)
        if again is not None and sent.get("password") not in {None, again}:
            self.add_error(
                "password_again", "The two passwords differ. Type both again."
            )
        return sent


class AskedForm(forms.Form):
    """A question that is answered by its button alone."""


class HandOverForm(forms.Form):
    """Who takes over what somebody had."""

    to = forms.ModelChoiceField(
        label="Who takes it over?",
        queryset=User.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose who takes it over."},
    )

    def __init__(self, sent: QueryDict | None = None, *, among: QuerySet[User]) -> None:
        super().__init__(sent)
        self.fields["to"].queryset = among  # type: ignore[attr-defined]  # ModelChoiceField's


class ForgetFactorForm(forms.Form):
    """Why a second factor is taken away."""

    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="How you made sure that it is they who ask. No names.",
        error_messages={"required": "Say why."},
    )


class EraseForm(forms.Form):
    """The address of whom to erase, typed again: there is no way back."""

    email = forms.CharField(
        label="Type the person's e-mail address",
        max_length=254,
        error_messages={"required": "Type the address, to be sure."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, sent: QueryDict | None = None, *, address: str) -> None:
        super().__init__(sent)
        self.address = address

    def clean_email(self) -> str:
        """Refuse an address that is not the person's."""
        typed: str = self.cleaned_data["email"]
        if typed.strip().casefold() != self.address.casefold():
            raise ValidationError("This is not the address of this person.")
        return typed


class EndRoleForm(forms.Form):
    """The last day of a role, and why it ends."""

    ended = DayField(
        label="Last day",
        help_text="The last day in force. To shut it at once, give yesterday.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="The programme's reason, not a person's: no names.",
        error_messages={"required": "Say why."},
    )
