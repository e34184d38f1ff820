"""The chapters of a topic's dossier, each a list of articles: {title, at, facts, lines, words}.

`whole` is the edition of the staff; the public one has no name of a private person, no words of a
stage that is not public, and no paper that may hold names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Paper
from yishi.core.number import show_number
from yishi.core.topic.beside import PUBLIC_PAPERS
from yishi.phrases.ballot_result import say_count, say_winners
from yishi.phrases.clock import say_full, say_full_by
from yishi.phrases.form.common import leaving
from yishi.phrases.meeting import say_item_state, say_meeting_state, say_part
from yishi.phrases.method import say_paper
from yishi.phrases.rule import say_text
from yishi.phrases.story import Audience, say_story
from yishi.phrases.text import say_ground_kept
from yishi.phrases.topic import (
    say_competence,
    say_kept_text,
    say_option_state,
    say_outcome,
    say_part_state,
    say_raised_as,
    say_score,
    say_topic_state,
    say_voice_kind,
)
from yishi.phrases.topic_passage import say_calls, say_left, say_numbers
from yishi.phrases.vote import say_secret, say_side, say_unit, say_vote_state, say_ways
from yishi.phrases.vote_result import CHOICES, say_chosen, say_quorums, say_verdict
from yishi.records.models import (
    Attempt,
    Entry,
    Meeting,
    Option,
    Passage,
    StoredFile,
    TopicCallBack,
    TopicPaper,
    Voice,
    Vote,
)
from yishi.records.queries.topic_dossier import TopicBundle
from yishi.records.queries.topic_page import passage_stage
from yishi.web.form.dossier_supervised import said

Article = dict[str, Any]
WRITTEN = ("words", "dissent")


@dataclass(frozen=True)
class Edition:
    """A dossier as it is handed out: the bundle, and whether it is the staff's."""

    found: TopicBundle
    whole: bool

    def reads(self, passage: Passage) -> bool:
        """Whether the words of that visit are in it."""
        return self.whole or passage.is_public

    def has(self, paper: TopicPaper) -> bool:
        """Whether the paper itself is in it."""
        return self.whole or (paper.passage.is_public and paper.kind in PUBLIC_PAPERS)


def files(edition: Edition) -> dict[str, StoredFile]:
    """Name in the dossier → file: papers, photos of parts and of looks; the same one once."""
    found = edition.found
    rows: list[tuple[str, StoredFile]] = [
        (say_paper(Paper(one.kind)), one.file)
        for papers in found.papers.values()
        for one in papers
        if edition.has(one)
    ]
    for attempt in found.attempts:
        if edition.reads(attempt.passage):
            parts = found.tasks.get(attempt.pk, ())
            rows += [(_("Part of a unit"), one.proof) for one in parts if one.proof]
            looks = found.watches.get(attempt.pk, ())
            rows += [(_("A look at the work"), one.photo) for one in looks if one.photo]
    named: dict[str, StoredFile] = {}
    known = set()
    for word, file in rows:
        if file.sha256 not in known:
            known.add(file.sha256)
            end = "pdf" if file.media_type == "application/pdf" else "jpg"
            named[f"材料/{len(known):03} {word} {file.sha256[:12]}.{end}"] = file
    return named


def chapters(edition: Edition) -> Iterator[dict[str, Any]]:
    """Everything that is few: {title, articles}, in the order it came to be."""
    found = edition.found
    yield {"title": _("What is known"), "articles": [_known(edition)]}
    yield {"title": _("The stages it went through"), "articles": _stages(edition)}
    yield {"title": _("Options, and every try"), "articles": _options(edition)}
    if found.meetings:
        yield {
            "title": _("Meetings"),
            "articles": [_meeting(one, edition) for one in found.meetings],
        }
    if found.votes:
        yield {"title": _("Votes"), "articles": [_vote(one) for one in found.votes]}


def _known(edition: Edition) -> Article:
    found, row, held = edition.found, edition.found.topic, edition.found.held
    method = held.method
    size = method.size(row.size) if method else None
    entry = method.entry(row.entry) if method else None
    cases = ", ".join(show_number(one) for one in found.cases)
    return {
        "title": row.title,
        "words": leaving(row.words),
        "facts": said(
            (_("Number"), show_number(row.number)),
            (_("Community"), row.place.name),
            (_("State"), say_topic_state(row.state, is_carried_out=row.is_carried_out)["word"]),
            (_("How it ended"), say_outcome(row.outcome, row.outcome_name) if row.outcome else ""),
            (_("What was published"), leaving(row.result)),
            (_("Clause"), row.clause),
            (_("Who put it forward"), say_raised_as(row.raised_as)),
            (_("Put forward"), say_full(row.raised_at)),
            (_("Reviewed on"), say_full(row.reviewed_at) if row.reviewed_at else ""),
            (_("Whose it is to decide"), say_competence(row.competence)),
            (_("How large it is"), say_text(size.name) if size else ""),
            (_("Entry of the catalogue"), say_text(entry.name) if entry else ""),
            (_("By which rules"), _rule(row.method)),
            (_("Matters behind it"), cases if edition.whole else str(len(found.cases) or "")),
        ),
    }


def _rule(row: Any) -> str:
    return f"{row.kind}/{row.name} {row.version} sha256 {row.sha256}" if row else ""


def _stages(edition: Edition) -> list[Article]:
    found = edition.found
    numbers = {row.uid: row.no for row in found.options}
    return [_stage(one, edition, numbers) for one in found.passages]


def _stage(one: Passage, edition: Edition, numbers: Mapping[str, int]) -> Article:
    found, open_to = edition.found, edition.reads(one)
    stage = passage_stage(one)
    papers = found.papers.get(one.pk, [])
    kinds = ", ".join(
        f"{say_paper(Paper(paper.kind))} SHA-256 {paper.file.sha256}"
        if edition.has(paper)
        else say_paper(Paper(paper.kind))
        for paper in papers
    )
    doors = found.doors.get(one.pk, {})
    carried = ", ".join(f"{_door(code)} {n}" for code, n in sorted(doors.items()))
    return {
        "title": f"{one.no} {say_kept_text(one.name)}",
        "at": _span(one),
        "lines": [
            *say_numbers(one.kind, one.facts, stage, numbers),
            *say_calls(one.kind, found.calls.get(one.pk, {})),
        ],
        "words": leaving(one.words) if open_to else "",
        "facts": said(
            (_("How it was left"), say_left(one.kind, one.edge, one.facts)),
            (_("Due"), say_full_by(one.due_at) if one.due_at else ""),
            (_("Those who thought otherwise"), leaving(one.dissent) if open_to else ""),
            (_("Not public"), "" if open_to else _("Its words are read by those who take part.")),
            (_("Carried to the doors"), carried),
            (_("Papers"), kinds),
            (_("By which rules"), _rule(one.method)),
        ),
    }


def _span(one: Passage) -> str:
    until = say_full(one.left_at) if one.left_at else _("It stands here")
    return f"{say_full(one.entered_at)} – {until}"


def _door(code: str) -> str:
    return {
        "delivered": _("handed over"),
        "absent": _("nobody at home"),
        "refused": _("not accepted"),
        "collected": _("collected"),
    }.get(code, code)


def _options(edition: Edition) -> list[Article]:
    found = edition.found
    tries: dict[int, list[Attempt]] = {}
    for one in found.attempts:
        tries.setdefault(one.option_id, []).append(one)
    told = []
    for row in found.options:
        told.append(_option(row, edition))
        told += [_try(one, edition) for one in tries.get(row.pk, ())]
    return told


def _option(row: Option, edition: Edition) -> Article:
    texts = edition.found.texts.get(row.pk, [])
    state = say_option_state(row.state, edition.found.topic.state)["word"]
    return {
        "title": _("Option %(no)s %(title)s") % {"no": row.no, "title": row.title},
        "at": say_full(row.added_at),
        "words": leaving(row.words),
        "facts": said(
            (_("State"), state),
            (_("The matter it touches"), row.matter_name),
            (_("Source"), row.source),
            *(
                (_("Text %(no)s, %(at)s") % {"no": one.no, "at": say_full(one.at)}, one.words)
                for one in texts
            ),
        ),
    }


def _try(one: Attempt, edition: Edition) -> Article:
    found, open_to = edition.found, edition.reads(one.passage)
    ended = f" – {say_full(one.ended_at)}" if one.ended_at else ""
    lines = []
    for task in found.tasks.get(one.pk, ()):
        words = "；".join(w for w in (task.words, task.answer, task.result) if w and open_to)
        state = say_part_state(task.state)["word"]
        lines.append(f"{say_full(task.called_at)} {task.body.name}：{state} {leaving(words)}")
    for look in found.watches.get(one.pk, ()):
        words = leaving(look.words) if open_to else ""
        lines.append(f"{say_full(look.at)} {look.body.name} {_('looked on')} {words}")
    ended_as = {"done": _("Has been done"), "failed": _("It could not be done")}
    return {
        "title": _("Try %(no)s: %(unit)s") % {"no": one.no, "unit": one.unit.name},
        "at": f"{say_full(one.assigned_at)}{ended}",
        "words": leaving(one.words) if open_to else "",
        "lines": lines,
        "facts": said((_("State"), ended_as.get(one.state, _("Broken off") if ended else ""))),
    }


def _meeting(one: Meeting, edition: Edition) -> Article:
    came = edition.found.came.get(one.pk, {})
    items = edition.found.items.get(one.pk, [])
    here = ", ".join(f"{say_part(part)} {n}" for part, n in sorted(came.items()))
    is_signed = one.signed_at is not None
    return {
        "title": one.title,
        "at": say_full(one.starts_at),
        "facts": said(
            (_("Number"), show_number(one.number)),
            (_("State"), say_meeting_state(one.state)["word"]),
            (_("Body"), one.body.name),
            (_("Where"), one.where),
            (_("How many signed in"), here),
            (_("Summary"), leaving(one.summary) if is_signed or edition.whole else ""),
            (_("Minutes"), one.minutes if edition.whole else ""),
        ),
        "lines": [
            f"{item.no} {item.title}：{say_item_state(item.state)['word']} {leaving(item.outcome)}"
            for item in items
        ],
    }


def _vote(one: Vote) -> Article:
    return {
        "title": _("Vote by roll"),
        "at": say_full(one.rolled_at),
        "facts": said(
            (_("State"), say_vote_state(one.state)["word"]),
            (_("Who has one vote"), say_unit(one.unit)),
            (_("How it is cast"), say_ways(one.ways)),
            (_("Secrecy"), say_secret(secret=one.is_secret)),
            (_("On the roll"), str(one.voters)),
            (_("SHA-256 of the roll"), one.roll_digest),
            (_("Opened"), say_full(one.opened_at) if one.opened_at else ""),
            (_("Closed"), say_full(one.closed_at) if one.closed_at else ""),
            (_("Handed to"), one.handed_to),
        ),
        "lines": [*_result(one)],
    }


def _result(one: Vote) -> Iterator[str]:
    """The verdict, and per denominator the numbers it rests on, so that anybody may add them up."""
    if not one.result:
        return
    options = {row[0]: {"no": row[1], "title": row[2]} for row in one.options}
    yield str(say_verdict(one, options)["title"])
    for row in say_quorums(one):
        known = {name: row[name] for name in ("side", "have", "whole", "need")}
        yield _("%(side)s: %(have)s took part of %(whole)s, %(need)s were needed") % known
    for fact in say_count(one):
        yield f"{fact['label']}：{fact['value']}"
    for won in say_winners(one):
        yield f"{won['no']} {won['title']}：{won['cost']}，{won['votes']}，{won['way']}"
    chosen = say_chosen(one, options)
    for side in chosen:
        for row in side["rows"]:
            yield f"{row['label']}（{side['side']}）：{row['value']}"
        if side["abstained"]:
            yield f"{_('None of them (abstain)')}（{side['side']}）：{side['abstained']}"
    for row in () if chosen else one.result.get("options", ()):
        option = options.get(row["option"], {"no": "", "title": ""})
        votes = " / ".join(
            f"{word} {row.get(code, 0)}"
            for code, word in zip(CHOICES, (_("for"), _("against"), _("abstained")), strict=True)
        )
        yield f"{option['no']} {option['title']}（{say_side(row['by'])}）：{votes}"


def voices(page: list[Voice], edition: Edition) -> list[Article]:
    """What was said, each with its answer. What is not shown is counted and stands as such."""
    return [_voice(one, edition) for one in page]


def _voice(one: Voice, edition: Edition) -> Article:
    shown = edition.whole or (one.hidden_at is None and one.passage.is_public)
    told: Article = {
        "title": say_voice_kind(one.kind),
        "at": say_full(one.at),
        "words": leaving(one.words) if shown else _("Not shown here."),
        "facts": said(
            (_("Not shown, on which ground"), say_ground_kept(one.hidden_ground)),
            (_("Answer"), leaving(one.answer) if shown else ""),
            (_("Answered"), say_full(one.answered_at) if one.answered_at else ""),
            (_("Upheld"), _("Yes") if one.is_upheld else ""),
            (_("Name"), one.name if edition.whole else ""),
        ),
    }
    return told


def calls(page: list[TopicCallBack]) -> list[Article]:
    """Calls back and single scores with names: of the staff's edition only."""
    return [
        {
            "title": say_score(one.score),
            "at": say_full(one.at),
            "words": one.words,
            "facts": said((_("Name"), one.person.name if one.person else one.name)),
        }
        for one in page
    ]


def story(page: list[Entry], edition: Edition) -> list[Article]:
    """The journal, each entry with its number in the signed record."""
    closed = {(p.stage, p.visit) for p in edition.found.passages if not edition.reads(p)}
    told = []
    for entry in page:
        if (entry.params.get("stage"), entry.params.get("no")) in closed:
            entry.params = {k: v for k, v in entry.params.items() if k not in WRITTEN}
        audience: Audience = "staff" if edition.whole else "public"
        for line in say_story([entry], entry.at, audience):
            known = {"seq": entry.seq}
            told.append(
                {
                    "title": leaving(line["text"]),
                    "at": say_full(entry.at),
                    "words": leaving(line.get("ground", "")),
                    "facts": said(
                        (_("Who"), _who(line)),
                        (
                            _("In the record"),
                            _("entry %(seq)s of the record") % known
                            if entry.seq is not None
                            else _("waits to be taken into the record"),
                        ),
                    ),
                }
            )
    return told


def _who(line: Mapping[str, Any]) -> str:
    who = line.get("who")
    if isinstance(who, Mapping):
        return f"{who.get('role', '')} {who.get('name', '')}".strip()
    return str(who or "")
