"""A resident deletes their account: their words and what identifies them go, the record stays.

A text goes together with the salt of its digest, so that the log still verifies and nobody can
try what stood there. Backups made before keep it until they are thrown away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import ManyToOneRel, Q

from yishi.acts.at_place import Beside, Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.round.erasing import forget
from yishi.core import erasure
from yishi.core.refusal import Refusal
from yishi.records.files import blank
from yishi.records.index import index_cases
from yishi.records.models import (
    Assignment,
    Attachment,
    Call,
    Carried,
    Case,
    Delivery,
    Entry,
    Exclusion,
    Finding,
    Inspection,
    Link,
    Listed,
    Merge,
    Message,
    Opinion,
    Order,
    Person,
    Rating,
    Report,
    Request,
    Ruling,
    Seal,
    Slip,
    StoredFile,
    TopicCallBack,
    Wish,
)
from yishi.records.models.base import Kept
from yishi.records.queries.actor import not_over
from yishi.records.queries.rule import today_of

LINE = 80
SOME = 500
# What stands beside a case and has entries of its own.
BESIDE: tuple[type[Kept], ...] = (Exclusion, Inspection, Listed, Opinion)
# Texts of a case, by whomever; what is published was read for names before.
OF_CASE: tuple[type[Kept], ...] = (
    *BESIDE,
    Assignment,
    Call,
    Finding,
    Merge,
    Order,
    Request,
    Ruling,
)
# What a resident said on the phone is told in the entry of the call.
SAID = ("case.called_back", "case.called_back_redo")


@dataclass(frozen=True)
class Waits:
    """What keeps an account from being deleted: matters still open, appointments not over."""

    open_matters: int
    seats: int


def waits(ask: Ask) -> Waits:
    """How much keeps the person who asks from deleting their account."""
    person = Person.objects.get(pk=ask.actor.person_id or 0)
    own = Link.objects.filter(
        report__person=person, report__withdrawn_at__isnull=True, until_at=None
    )
    seats = person.appointments.filter(not_over(today_of(ask.now)))
    return Waits(own.filter(case__is_open=True).count(), seats.count())


def erase(ask: Ask, sure: bool) -> Done | Refusal:
    """The person who asks is forgotten: account, words, pictures, messages, search.

    Refuses as `core.erasure.erase`, and a visitor with `not_yours`.
    """
    if ask.actor.person_id is None:
        return Refusal("not_yours", need="account.erase")
    person = Person.objects.get(pk=ask.actor.person_id)

    def do() -> Written | Refusal:
        held = waits(ask)
        said = erasure.erase(held.open_matters, held.seats, sure=sure)
        if isinstance(said, Refusal):
            return said
        beside = _forget(ask, person)
        return Written(said, (person,), beside=beside)

    return act_at(ask, "account.erase", None, "person", person.uid, do)


def _forget(ask: Ask, person: Person) -> list[Beside]:
    reports = list(Report.objects.filter(person=person))
    links = Link.objects.filter(report__in=reports)
    cases = list(Case.objects.filter(pk__in=links.values("case_id")))
    known = [name for name in (person.name, person.phone.removeprefix("+86")) if len(name) > 1]
    rounds = forget(ask, person, known)
    gone = [
        *_words(reports),
        *_said(reports, cases, known),
        *_told(person, reports, cases, known),
        *_scored(person),
        *rounds.seals,
    ]
    for start in range(0, len(gone), SOME):
        Seal.objects.filter(name__in=gone[start : start + SOME]).delete()
    _drop(_pictures(ask, reports) | rounds.files)
    _lines(reports, cases)
    _account(ask, person)
    index_cases([case.pk for case in cases], ask.now)
    return rounds.beside


def _words(reports: list[Report]) -> Iterator[str]:
    """The words, the spot and the point on the map of their reports."""
    for report in reports:
        yield _seal(report, "words")
    Report.objects.filter(pk__in=[row.pk for row in reports]).update(
        words="", spot="", lon=None, lat=None, datum="", name="", phone=""
    )


def _said(reports: list[Report], cases: list[Case], known: list[str]) -> Iterator[str]:
    """What they said when they rated, and whatever else names them."""
    for rating in Rating.objects.filter(report__in=reports).exclude(words=""):
        yield from _blank(rating, ["words"])
    for report in reports:
        if erasure.names(report.answer, known):
            yield from _blank(report, ["answer"])
    within = {"case__in": cases}
    for model in OF_CASE:
        for row in model._default_manager.filter(**within):
            named = [name for name in row.SEALED_TEXT if erasure.names(getattr(row, name), known)]
            yield from _blank(row, named)


def _scored(person: Person) -> Iterator[str]:
    """What they added to a score of a topic, or said when they were called back."""
    for row in TopicCallBack.objects.filter(person=person).exclude(words=""):
        yield from _blank(row, ["words"])


def _blank(row: Kept, names: list[str]) -> Iterator[str]:
    if names:
        type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(names, ""))
    for name in names:
        yield _seal(row, name)


def _told(
    person: Person, reports: list[Report], cases: list[Case], known: list[str]
) -> Iterator[str]:
    """The private part of entries that carry their words or name them."""
    own = {row.uid for row in reports}
    alone = _alone(reports, cases)
    told = [case.uid for case in cases]
    of_these = Q(case__in=cases)
    for model in BESIDE:
        rows = model._default_manager.filter(of_these)
        told += rows.values_list("uid", flat=True)
    for entry in Entry.objects.filter(subject_uid__in=told).order_by("id"):
        about = entry.params.get("report") in own
        heard = entry.code in SAID and (about or entry.subject_uid in alone)
        theirs = entry.person_id == person.pk
        if entry.params and (theirs or about or heard or erasure.names(entry.params, known)):
            yield _seal(entry, "params")
            Entry.objects.filter(pk=entry.pk).update(params={})


def _alone(reports: list[Report], cases: list[Case]) -> set[str]:
    """Cases in which nobody else's report ever was."""
    others = Link.objects.filter(case__in=cases).exclude(report__in=reports)
    shared = set(others.values_list("case_id", flat=True))
    return {case.uid for case in cases if case.pk not in shared}


def _pictures(ask: Ask, reports: list[Report]) -> set[int]:
    """Their photos become an empty picture; the keys of the files they were."""
    photos = Attachment.objects.filter(report__in=reports)
    files = set(photos.values_list("file_id", flat=True))
    if files:
        photos.update(file=blank(ask.now), report=None)
    return files


def _drop(files: set[int]) -> None:
    """Forgets the files no row uses any more; they are swept within a day."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and files:
            column = relation.field.attname
            rows = relation.related_model._default_manager.filter(**{f"{column}__in": files})
            files -= set(rows.values_list(column, flat=True))
    StoredFile.objects.filter(pk__in=files).delete()


def _lines(reports: list[Report], cases: list[Case]) -> None:
    """The line of a case that was made of their words: another resident's, or none."""
    numbers = {row.number for row in reports}
    for case in cases:
        if case.number in numbers:
            others = Report.objects.filter(links__case=case, links__until_at=None)
            left = others.exclude(words="").order_by("id").first()
            line = " ".join(left.words.split())[:LINE] if left else ""
            Case.objects.filter(pk=case.pk).update(line=line)


def _account(ask: Ask, person: Person) -> None:
    """Messages and the ways to reach and sign in; the row stays, closed and without a name."""
    Carried.objects.filter(Q(message__recipient=person) | Q(delivery__person=person)).delete()
    Delivery.objects.filter(person=person).delete()
    Wish.objects.filter(person=person).delete()
    Slip.objects.filter(person=person, used_at__isnull=True).update(used_at=ask.now)
    Message.objects.filter(recipient=person).delete()
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    person.name = person.phone = person.email = person.wecom = person.room = ""
    person.home = person.area_cm2 = None
    person.set_unusable_password()
    person.is_active, person.erased_at = False, ask.now
    person.save()


def _seal(row: Kept, name: str) -> str:
    return f"{row.ROW}:{row.uid}.{name}"
