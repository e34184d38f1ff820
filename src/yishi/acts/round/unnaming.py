"""What others wrote of a project no longer names a person who deletes their account.

Reasons and the words of a decision that name them go whole, as texts of the project's papers do.
What has to go on saying what it is (title and text, a step, who quotes, who builds) keeps its words
and the name becomes 王某. Each row is sealed anew, so that its numbers still verify.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from yishi.acts.at_place import Beside
from yishi.acts.door import Ask
from yishi.core import erasure
from yishi.core.outcome import Event
from yishi.core.redaction import Redaction, redact
from yishi.records.index import index_topics, rules_at
from yishi.records.models import Milestone, OptionText, Person, Project, Quotation, Transfer
from yishi.records.models.base import Kept

# Words kept among the numbers a project was decided by.
DECIDED = ("words", "dissent", "answer")
# The registered name of a company is the company's, whoever it is called after.
COMPANY = "公司"


def at_work(person: Person) -> set[int]:
    """The projects, where the person lives, that they built, quoted for or were paid for by their
    own name."""
    if person.home is None or len(person.name) < 2:
        return set()
    builds = Q(contractor__contains=person.name, builder=None)
    quotes = Q(quotations__bidder__contains=person.name)
    was_paid = Q(transfers__words__contains=person.name)
    rows = Project.objects.filter(builds | quotes | was_paid, topic__place=person.home.community)
    return set(rows.values_list("pk", flat=True))


def unname(
    ask: Ask, project: Project, person: Person, known: Sequence[str], *, wished: bool
) -> tuple[list[str], list[Beside]]:
    """The seals to drop, and what is sealed anew, of a project that is held. `known`: their name
    and phone; `wished`: it was made of a wish of theirs, so that its title and text may be of
    them."""
    mask = Redaction((), rules_at(project.topic.place, ask.now).name_mask)
    seals: list[str] = []
    rows: list[Kept] = []
    texts = [(project, _of_project(project, person, known, mask)), *_paid(project, known)]
    for row, columns in (*texts, *_named(project, person, mask, wished=wished)):
        changed = {name: text for name, text in columns.items() if text != getattr(row, name)}
        if not changed:
            continue
        for name, text in changed.items():
            setattr(row, name, text)
        row.save(update_fields=[*changed])
        own = {f".{name}" if name in row.SEALED_TEXT else "" for name in changed}
        seals += [f"{row.ROW}:{row.uid}{part}" for part in sorted(own)]
        rows.append(row)
    if project.option in rows:
        index_topics([project.topic_id], ask.now)
    event = Event("project.unnamed")
    return seals, [Beside("account.erase", "project", project.uid, event, rows)] if rows else []


def _of_project(
    project: Project, person: Person, known: Sequence[str], mask: Redaction
) -> dict[str, object]:
    """Why it was stopped or not agreed on, in which words it was decided, who builds it."""
    decided = {
        name: "" if name in DECIDED and erasure.names(said, known) else said
        for name, said in project.decided.items()
    }
    why = "" if erasure.names(project.why, known) else project.why
    builds = _who(project.contractor, person, mask)
    contractor = project.contractor if project.builder_id is not None else builds
    return {"decided": decided, "why": why, "contractor": contractor}


def _paid(project: Project, known: Sequence[str]) -> Iterator[tuple[Kept, Mapping[str, object]]]:
    """Whom its money went to and why it came back, in words; the database lets nothing else of
    what moved be changed, nor these words to others."""
    for moved in Transfer.objects.filter(project=project).exclude(words=""):
        if erasure.names(moved.words, known) and COMPANY not in moved.words:
            yield moved, {"words": ""}


def _named(
    project: Project, person: Person, mask: Redaction, *, wished: bool
) -> Iterator[tuple[Kept, Mapping[str, object]]]:
    """Its steps, who quoted for it, and its title and text with every version of them."""
    names = [person.name]
    for step in Milestone.objects.filter(project=project):
        yield step, {"name": redact(step.name, mask, names)[0]}
    for quoted in Quotation.objects.filter(project=project):
        yield quoted, {"bidder": _who(quoted.bidder, person, mask)}
    if not wished:
        return
    option = project.option
    texts = {"title": option.title, "words": option.words}
    yield option, {name: redact(text, mask, names)[0] for name, text in texts.items()}
    for text in OptionText.objects.filter(option=option):
        yield text, {"words": redact(text.words, mask, names)[0]}


def _who(name: str, person: Person, mask: Redaction) -> str:
    return name if COMPANY in name else redact(name, mask, [person.name])[0]
