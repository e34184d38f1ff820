"""What must be true after the kills."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from yishi.records.files import file_path
from yishi.records.models import Asked, Attachment, Case, Clock, Entry, Message, Report

MESSAGES = {"case.dispatched": 1, "case.answered": 1}


def faults(acknowledged: list[dict[str, object]]) -> list[str]:
    """Every broken promise, in words; empty when all were kept."""
    return [*_lost(acknowledged), *_doubled(), *_half_done(), *_files()]


def _lost(acknowledged: list[dict[str, object]]) -> Iterator[str]:
    entries = {
        (uid, no): act
        for uid, no, act in Entry.objects.values_list("subject_uid", "subject_no", "code")
    }
    numbers = set(Report.objects.values_list("number", flat=True))
    for act in acknowledged:
        if act["number"] not in numbers:
            yield f"lost report {act}"
        if (act["uid"], act["version"]) not in entries:
            yield f"lost entry of {act}"


def _doubled() -> Iterator[str]:
    words = Report.objects.values_list("words", flat=True)
    for text, count in Counter(words).items():
        if count > 1:
            yield f"{count} reports of {text}"
    twice = Asked.objects.values("key").annotate(n=Count("id")).filter(n__gt=1)
    yield from (f"key acted on twice: {row['key']}" for row in twice)


def _half_done() -> Iterator[str]:
    for case in Case.objects.all():
        entries = Entry.objects.filter(subject_uid=case.uid).order_by("subject_no")
        if [e.subject_no for e in entries] != list(range(1, case.version + 1)):
            yield f"case {case.number}: version {case.version}, {len(entries)} entries"
        told = Counter(
            Message.objects.filter(entry__subject_uid=case.uid).values_list(
                "entry__code", flat=True
            )
        )
        for entry in entries:
            if told[entry.code] < MESSAGES.get(entry.code, 0):
                yield f"case {case.number}: nobody told of {entry.code}"
        open_clocks = Clock.objects.filter(case=case, state__in=("running", "held")).count()
        if case.is_open and not open_clocks:
            yield f"case {case.number} is open without a clock"
    for report in Report.objects.filter(attachments__isnull=True):
        yield f"report {report.number} lost its photo"


def _files() -> Iterator[str]:
    for row in Attachment.objects.select_related("file"):
        path = file_path(row.file.sha256)
        if not path.exists():
            yield f"file of attachment {row.uid} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row.file.sha256:
            yield f"file of attachment {row.uid} is broken"
