"""What allauth asks of an installation: client address, encryption, names on authenticators."""

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yishi.records.models import Person
from yishi.records.secret import open_text, seal_text
from yishi.web.account.door import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Knows the client's address as the rest of the house does; nobody signs up through it."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """For limits and the list of sessions."""
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by an act."""
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest; integer keys never leave the process."""

    def encrypt(self, text: str) -> str:
        """Under the installation's data key."""
        return seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`."""
        return open_text(encrypted_text)

    def get_totp_issuer(self) -> str:
        """The name an authenticator app shows."""
        return _("Yishi")

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The staff login, never a phone."""
        return user.get_username()

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """The person by their random uid."""
        return {
            "id": cast(Person, user).uid.encode(),
            "display_name": user.get_username(),
            "name": user.get_username(),
        }

    def _get_site_name(self) -> str:
        return _("Yishi")
