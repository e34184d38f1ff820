"""The forms of signing in and of the account."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yishi.core.message import ADDRESS_MAX, MessageChannel
from yishi.core.person import Level, SlipPurpose
from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal
from yishi.phrases.channel import say_channel

CODE_INPUT = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class PhoneField(forms.CharField):
    """A mainland mobile number, however it is written; the value is `+86…`."""

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "tel-national"}
        super().__init__(
            **{
                "label": lazy("Mobile phone"),
                "max_length": 40,
                "widget": forms.TextInput(attrs={"type": "tel", **attrs}),
                **more,
            }
        )

    def clean(self, value: Any) -> str:
        """Raises ValidationError with a sentence that says what a number looks like."""
        text = super().clean(value)
        phone = read_phone(text) if text else ""
        if isinstance(phone, Refusal):
            raise ValidationError(
                _(
                    "This is not a mobile number we can use. It has 11 digits and begins "
                    "with 1, such as 138 0013 8000."
                ),
                code=phone.code,
            )
        return phone


class PhoneForm(forms.Form):
    """One phone."""

    phone = PhoneField()


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label=lazy("Code"), max_length=20, widget=forms.TextInput(attrs=CODE_INPUT)
    )


class SlipForm(forms.Form):
    """A resident's phone and the code on their slip."""

    phone = PhoneField()
    code = forms.CharField(
        label=lazy("Code on the slip"), max_length=20, widget=forms.TextInput(attrs=CODE_INPUT)
    )


def _login_field() -> forms.CharField:
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=lazy("Login name"), max_length=40, widget=forms.TextInput(attrs=attrs)
    )


class StaffForm(forms.Form):
    """Login name and password."""

    login = _login_field()
    password = forms.CharField(
        label=lazy("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class FirstForm(forms.Form):
    """Login name and the slip for a first or forgotten password."""

    login = _login_field()
    code = forms.CharField(
        label=lazy("Code on the slip"), max_length=20, widget=forms.TextInput(attrs=CODE_INPUT)
    )


class NewPasswordForm(forms.Form):
    """A new password, twice. The rules are those of the settings; they are shown beside it."""

    new = forms.CharField(
        label=lazy("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=lazy("New password, once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["new"].help_text = _(
            "At least 10 characters, mixing three of: capital letters, small letters, digits, "
            "other signs. It is good for 90 days."
        )

    def clean(self) -> dict[str, Any]:
        """Refuses two different ones, the old one again, and what the rules do not allow."""
        from django.contrib.auth.password_validation import validate_password

        given = super().clean() or {}
        new, again = given.get("new"), given.get("again")
        if new and again and new != again:
            self.add_error("again", _("The two are not the same."))
        elif new and self.person.check_password(new):
            self.add_error("new", _("This is your present password. Please choose another."))
        elif new:
            try:
                validate_password(new, self.person)
            except ValidationError as wrong:
                self.add_error("new", wrong)
        return given


class ChangePasswordForm(NewPasswordForm):
    """The present password, then the new one twice."""

    present = forms.CharField(
        label=lazy("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present", "new", "again"]


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label=lazy("Name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class AddressForm(forms.Form):
    """Where a channel is to reach one; empty takes it off."""

    address = forms.CharField(
        max_length=ADDRESS_MAX,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )

    def __init__(self, channel: MessageChannel, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, mail = self.fields["address"], channel is MessageChannel.EMAIL
        field.label = _("E-mail address") if mail else _("WeCom account")
        field.widget.attrs |= {"autocomplete": "email", "inputmode": "email"} if mail else {}
        field.help_text = "" if mail else _("As the address book of your office has it.")


class WishForm(forms.Form):
    """All, what is usual, or nothing, for each channel."""

    WISHES: ClassVar = {"all": True, "usual": None, "none": False}

    def __init__(
        self,
        channels: Iterable[MessageChannel],
        said: Mapping[MessageChannel, bool | None],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        words = {True: "all", False: "none", None: "usual"}
        for channel in channels:
            self.fields[str(channel)] = forms.ChoiceField(
                label=say_channel(channel),
                choices=[
                    ("usual", _("What matters most")),
                    ("all", _("Everything")),
                    ("none", _("Nothing")),
                ],
                widget=forms.RadioSelect,
                initial=words[said.get(channel)],
            )

    def wishes(self) -> dict[MessageChannel, bool | None]:
        """What was chosen."""
        return {MessageChannel(k): self.WISHES[v] for k, v in self.cleaned_data.items()}


class StaffSlipForm(forms.Form):
    """Whose slip, and for what."""

    login = forms.CharField(
        label=lazy("Login name of the member of staff"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(
        label=lazy("What it is for"),
        choices=[
            (SlipPurpose.PASSWORD, lazy("Set a first or a forgotten password")),
            (SlipPurpose.FACTOR, lazy("Pass the second step once")),
        ],
        widget=forms.RadioSelect,
        initial=SlipPurpose.PASSWORD,
    )


class CheckForm(forms.Form):
    """What the desk saw of a resident."""

    level = forms.ChoiceField(
        label=lazy("Checked as"),
        choices=[
            (Level.RESIDENT, lazy("Lives here")),
            (Level.OWNER, lazy("Owns a home here")),
            (Level.PHONE, lazy("Neither any more: phone only")),
        ],
        widget=forms.RadioSelect,
        initial=Level.RESIDENT,
    )
    building = forms.ChoiceField(label=lazy("Building"), required=False)
    room = forms.CharField(label=lazy("Unit and room"), max_length=20, required=False)
    area = forms.DecimalField(
        label=lazy("Area on the deed, square metres"),
        required=False,
        min_value=1,
        max_value=10_000,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=lazy("Only for owners: votes of owners count by area."),
    )

    def __init__(self, buildings: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].choices = [("", "—"), *buildings]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A resident has a building; an owner also an area."""
        given = super().clean() or {}
        level = given.get("level")
        if level in (Level.RESIDENT, Level.OWNER) and not given.get("building"):
            self.add_error("building", _("Choose the building."))
        if level == Level.OWNER and given.get("area") is None and "area" not in self.errors:
            self.add_error("area", _("An owner needs the area on the deed."))
        return given


class FactorCodeForm(forms.Form):
    """The code an authenticator app shows."""

    code = forms.CharField(
        label=lazy("Code shown by the app"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_INPUT),
    )


class PasskeyForm(forms.Form):
    """What the browser answers when a passkey is used or made; `name` only when made."""

    name = forms.CharField(label=lazy("Name of this passkey"), max_length=60, required=False)
    credential = forms.JSONField(widget=forms.HiddenInput)
