"""What a staff password must be made of."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MixedClassesValidator:
    """Refuses a password with fewer than three of: capitals, small letters, digits, others.

    Source: 等保 level 3, application part, password complexity.
    """

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when `password` mixes too few kinds of characters."""
        kinds = (
            any(char.isupper() for char in password),
            any(char.islower() for char in password),
            any(char.isdigit() for char in password),
            any(
                not char.isupper() and not char.islower() and not char.isdigit()
                for char in password
            ),
        )
        if sum(kinds) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """The rule, as shown beside the field."""
        return _("Mix at least three of: capital letters, small letters, digits, other signs.")
