"""The works on a project's page: as it was built, its steps, who looked, changes, inspections,
who looks after it, how it is scored."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.method.language import StageKind
from yishi.core.project.now import BUILDING, ProjectState, WorksPaper
from yishi.core.topic.facts import SCORES
from yishi.phrases.clock import say_date, say_when
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.topic import say_score
from yishi.phrases.works import say_change_state, say_too_few, say_works_paper
from yishi.records.queries.project_works_page import WorksPage, works_page
from yishi.records.queries.round_stage import fewest, scored_in
from yishi.web.office import table
from yishi.web.project.shown import Shown


def works(shown: Shown) -> dict[str, Any]:
    """The context of `yishi/project/works.html`; empty before the works begin."""
    row = shown.row
    if row.begins_on is None:
        return {}
    found = works_page(row)
    papers = shown.may("project.read_works_papers")
    return {
        "facts": _facts(shown),
        "after": _after(shown, found),
        "steps": _steps(shown, found),
        "said": _how_far(found),
        "changes": _changes(found),
        "inspections": _inspections(shown, found),
        "looks": _looks(shown, found),
        "looks_href": reverse("project_looks", args=[row.uid]),
        "looks_more": found.looks_more,
        "papers": _papers(shown, found) if papers else [],
        "scores": _scores(found),
        "few": _few(shown, found),
        "defects": found.defects,
        "is_open": row.state in BUILDING,
        "sheets": _sheets(shown, found),
    }


def _facts(shown: Shown) -> list[dict[str, str]]:
    row = shown.row
    found = []
    if row.begins_on and row.ends_on:
        days = {"begins": say_day(row.begins_on), "ends": say_day(row.ends_on)}
        found.append({"label": _("Works"), "value": _("%(begins)s to %(ends)s") % days})
    if row.self_built and row.builder:
        found.append({"label": _("Built by the residents, under"), "value": row.builder.name})
    elif row.contractor:
        found.append({"label": _("Built by"), "value": row.contractor})
    if row.settled_fen is not None:
        found.append({"label": _("Final sum"), "value": say_yuan(row.settled_fen)})
    if row.keeper and row.handed_at:
        found.append({"label": _("Looked after by"), "value": row.keeper.name})
    elif row.keeper:
        found.append({"label": _("Offered to look after"), "value": row.keeper.name})
    if row.liable_until:
        found.append(
            {"label": _("The builder answers for it until"), "value": say_day(row.liable_until)}
        )
    return found


def _after(shown: Shown, found: WorksPage) -> list[dict[str, Any]]:
    """As it was built; the last photo where it was built again."""
    built = [one for one in found.papers if one.kind == WorksPaper.BUILT and one.file_id][-1:]
    return [{"href": _photo(shown, "paper", one.uid), "word": _("As it is now")} for one in built]


def _how_far(found: WorksPage) -> str:
    done = sum(1 for one in found.milestones if one.done_at is not None)
    told = {"done": done, "all": len(found.milestones)}
    return _("%(done)s of %(all)s steps done") % told if found.milestones else ""


def _steps(shown: Shown, found: WorksPage) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "planned": say_day(one.planned_on),
            "done": say_date(one.done_at) if one.done_at else "",
            "is_late": one.done_at is None and one.planned_on < shown.now.date(),
            "words": one.words,
            "photo": _photo(shown, "step", one.uid) if one.photo_id else "",
        }
        for one in found.milestones
    ]


def _changes(found: WorksPage) -> dict[str, Any] | None:
    if not found.changes:
        return None
    heads = [_("Change"), _("Cost before"), _("Cost after"), _("Why"), _("Stands")]
    rows = [
        (
            str(one.no),
            say_yuan(one.from_fen),
            say_yuan(one.to_fen),
            one.why,
            "：".join(filter(None, (say_change_state(one.state)["word"], one.answer))),
        )
        for one in found.changes
    ]
    return table(_("Changes of the cost"), heads, rows, (1, 2))


def _inspections(shown: Shown, found: WorksPage) -> list[dict[str, Any]]:
    """Each inspection: when, by which bodies and how many people besides, what they found."""
    at: dict[Any, dict[str, Any]] = {}
    for one in found.inspectors:
        told = at.setdefault(
            one.at,
            {"when": say_date(one.at), "bodies": [], "people": 0, "words": one.words,
             "is_fit": one.is_fit},
        )  # fmt: skip
        if one.body:
            told["bodies"].append(one.body.name)
        else:
            told["people"] += 1
    return list(at.values())


def _looks(shown: Shown, found: WorksPage) -> list[dict[str, Any]]:
    rows = [
        {
            "uid": one.uid,
            "body__name": one.body.name if one.body else "",
            "words": one.words,
            "photo_id": one.photo_id,
            "at": one.at,
        }
        for one in found.looks
    ]
    return [said_look(shown, row) for row in rows]


def said_look(shown: Shown, row: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody saw, as everybody reads it: a committee by its name, a resident without."""
    return {
        "who": row["body__name"] or _("A resident"),
        "when": say_when(row["at"], shown.now),
        "words": row["words"],
        "photo": _photo(shown, "look", row["uid"]) if row["photo_id"] else "",
    }


def _papers(shown: Shown, found: WorksPage) -> list[dict[str, str]]:
    return [
        {
            "href": reverse("project_paper", args=[shown.row.uid, one.uid]),
            "word": _("%(paper)s, %(day)s")
            % {
                "paper": say_works_paper(one.kind),
                "day": say_date(one.at),
            },
        }
        for one in found.papers
        if one.file_id
    ]


def _scores(found: WorksPage) -> dict[str, Any] | None:
    whole = sum(found.scores.values())
    if not whole:
        return None
    rows = [(say_score(one), found.scores.get(one.value, 0)) for one in SCORES]
    caption = _("%(n)s residents scored it") % {"n": f"{whole:,}"}
    return table(caption, [_("How satisfied"), _("How many")], rows, (1,))


def _few(shown: Shown, found: WorksPage) -> str:
    """Where too few have scored it: how many did, of how many it takes. "" before the round
    asked for scores, and where enough did."""
    row, whole = shown.row, sum(found.scores.values())
    stage = scored_in(shown.held.procedure, row.topic)
    if row.state != ProjectState.HANDED_OVER or stage is None or whole >= fewest(stage):
        return ""
    if shown.stands_in(StageKind.APPRAISE):
        return _("%(have)s so far; it takes %(need)s.") % {"have": whole, "need": fewest(stage)}
    return say_too_few(whole, fewest(stage))


def _sheets(shown: Shown, found: WorksPage) -> list[dict[str, str]]:
    uid, sheets = shown.row.uid, []
    if found.inspectors or shown.row.state == ProjectState.BUILT:
        word = _("Sheet of the inspection, for print")
        sheets.append({"href": reverse("project_inspection", args=[uid]), "word": word})
    if shown.row.settled_fen is not None:
        word = _("Sheet of the final account, for print")
        sheets.append({"href": reverse("project_final", args=[uid]), "word": word})
    return sheets


def _photo(shown: Shown, kind: str, row_uid: str) -> str:
    return reverse("project_photo", args=[shown.row.uid, kind, row_uid])
