"""People and their appointments. What identifies a person is encrypted and reached by queries."""

from typing import Any, ClassVar, Literal

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yishi.core.person import Level, Role
from yishi.records.models.base import Kept
from yishi.records.models.place import Body, Building, Grouping, Place, choices
from yishi.records.secret import SecretField, blind


class PersonManager(BaseUserManager["Person"]):
    """Finds people by login or by phone."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=username)

    def with_phone(self, phone: str) -> "Person | None":
        """The person whose phone this is, by blind index."""
        return self.filter(phone_index=blind(phone)).exclude(phone_index="").first()


class Person(AbstractBaseUser, Kept):
    """Somebody with an account: a resident, or staff, or both. `login` is a staff login or uid."""

    ROW = "person"
    SEALED = ("level",)
    login = models.CharField(max_length=40, unique=True)
    name = SecretField(default="", blank=True)
    phone = SecretField(default="", blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    email = SecretField(default="", blank=True)
    wecom = SecretField(default="", blank=True)
    level = models.CharField(max_length=10, choices=choices(Level), default=Level.PHONE)
    home = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    room = SecretField(default="", blank=True)
    area_cm2 = models.BigIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    is_staff_member = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    password_set_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=~models.Q(phone_index=""),
                name="person_phone_once",
            ),
        )

    @property
    def is_anonymous(self) -> Literal[False]:
        return False

    @property
    def is_authenticated(self) -> Literal[True]:
        return True

    def get_username(self) -> str:
        return self.login

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.phone_index = blind(self.phone)
        super().save(*args, **kwargs)


class Appointment(Kept):
    """A role in a place for a term: from a day, until a day (exclusive) or without end.

    `ground`: the number of the topic that decided it, where the post needs one (交叉任职, G2).
    """

    ROW = "appointment"
    SEALED = ("role", "from_on", "until_on")
    SEALED_LATER = ("ground",)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=24, choices=choices(Role))
    place = models.ForeignKey(Place, models.PROTECT, related_name="appointments")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="appointments")
    grouping = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="appointments")
    office = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=20, default="", blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True)
                | models.Q(until_on__gte=models.F("from_on")),
                name="appointment_term_forward",
            ),
        )
        indexes = (models.Index(fields=["person", "until_on"], name="appointment_person"),)
