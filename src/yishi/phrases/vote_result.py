"""What a vote came to, in words and figures: the arithmetic per denominator, option by option."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yishi.core.method.language import Choose
from yishi.phrases.rule_file import say_source
from yishi.phrases.vote import say_amount, say_choice, say_side, say_way
from yishi.records.models import Vote

Options = Mapping[str, Mapping[str, Any]]
CHOICES = ("for", "against", "abstained")
# Above it a number is an area in square centimetres.
SMALL = 100_000
CENT_M2 = 100
MARKS = {"for": "done", "against": "soon", "abstained": ""}


def say_exact_share(have: int, whole: int) -> str:
    """A share in percent, cut and never rounded up, and exactly: about 55.5% (5/9). Of areas the
    fraction is in lowest terms, of votes as they were counted."""
    if whole <= 0:
        return "—"
    tenths, rest = divmod(have * 1_000, whole)
    percent = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    if have % whole == 0:
        return f"{percent}%"
    fraction = f"{have}/{whole}" if whole < SMALL else str(Fraction(have, whole))
    known = {"fraction": fraction, "percent": percent}
    if rest:
        return _("about %(percent)s%% (%(fraction)s)") % known
    return _("%(percent)s%% (%(fraction)s)") % known


def say_needed(by: str, need: int, unit: str) -> str:
    """The least that is enough. One square centimetre over a hundredth of a square metre is said
    as more than it."""
    if by == "area" and need % CENT_M2 == 1:
        return _("more than %(amount)s") % {"amount": say_amount(by, need - 1, unit)}
    return say_amount(by, need, unit)


def percent_of(have: int, whole: int) -> float:
    """The same for a bar that is drawn."""
    return 100 * have / whole if whole > 0 else 0.0


def say_verdict(vote: Vote, options: Options) -> dict[str, Any]:
    """What came of it, in a sentence and what follows: {title, words, kind, mark}."""
    result = vote.result
    outcome = result.get("outcome", "")
    chosen = options.get(result.get("chosen", ""), {})
    if "projects" in result:
        return _projects(result)
    if outcome == "passed":
        known = {"no": chosen.get("no", ""), "title": chosen.get("title", "")}
        also = [options[uid] for uid in result.get("passing", ()) if uid in options]
        more = [one for one in also if one is not chosen]
        words = ""
        if more:
            names = _(", ").join(f"{one['no']} {one['title']}" for one in more)
            words = _("These passed too, and come after it: %(names)s.") % {"names": names}
        title = _("Option %(no)s “%(title)s” passed") % known
        return {"title": title, "words": words, "kind": "done", "mark": "done"}
    if result.get("void") == "called_off":
        title = _("The vote was called off")
        words = _("Nothing was decided, its ballots were taken away. It may be held again.")
    elif outcome == "void":
        title = _("Below quorum: nothing passed")
        words = _say_short(result)
    elif outcome == "tied":
        title = _("As many votes for two options: nothing passed")
        words = _("It is voted on again.")
    else:
        title = _("Nothing passed")
        words = _("Enough took part, but no option has the votes it needs.")
    return {"title": title, "words": words, "kind": "soon", "mark": "refuse"}


def _projects(result: Mapping[str, Any]) -> dict[str, Any]:
    """Of a round: how many of its projects are chosen."""
    number = len(result.get("passing", ()))
    if not number:
        words = _("Enough took part, but no project was wanted that the money pays for.")
        return {"title": _("No project is chosen"), "words": words, "kind": "soon",
                "mark": "refuse"}  # fmt: skip
    words = ngettext("%(n)s project is chosen", "%(n)s projects are chosen", number)
    return {"title": words % {"n": number}, "words": "", "kind": "done", "mark": "done"}


def _say_short(result: Mapping[str, Any]) -> str:
    """Of owners it may be heads or area alone that is missing, and that is what they look for."""
    met = {one["by"]: one["met"] for one in result.get("quorums", ())}
    if met == {"heads": True, "area": False}:
        return _(
            "Enough heads took part but not enough area, and it takes both: no option passes, "
            "however many were for it. It is held again."
        )
    if met == {"heads": False, "area": True}:
        return _(
            "Enough area took part but not enough heads, and it takes both: no option passes, "
            "however many were for it. It is held again."
        )
    return _("Too few took part, so no option passes, however many were for it. It is held again.")


def say_quorums(vote: Vote) -> list[dict[str, Any]]:
    """Who took part, per denominator: {side, rows of arithmetic, met, share for the bar}."""
    return [
        {
            "side": say_side(one["by"]),
            "whole": say_amount(one["by"], one["whole"], vote.unit),
            "need": say_needed(one["by"], one["need"], vote.unit),
            "have": say_amount(one["by"], one["have"], vote.unit),
            "share": say_exact_share(one["have"], one["whole"]),
            "percent": percent_of(one["have"], one["whole"]),
            "met": one["met"],
            "source": say_source(one["source"]) if one["source"] else "",
        }
        for one in vote.result.get("quorums", ())
    ]


def say_supports(vote: Vote, options: Options) -> list[dict[str, Any]]:
    """Each option with what it has, per denominator, in the order of the paper."""
    found: dict[str, dict[str, Any]] = {}
    passing = vote.result.get("passing", ())
    for one in vote.result.get("options", ()):
        option = options.get(one["option"], {})
        told = found.setdefault(
            one["option"],
            {
                "no": option.get("no", ""),
                "title": option.get("title", ""),
                "passed": one["option"] in passing,
                "sides": [],
            },
        )
        told["sides"].append(_side(vote, one))
    return list(found.values())


def say_chosen(vote: Vote, options: Options) -> list[dict[str, Any]]:
    """Where one of several was chosen: per denominator what each option got and who chose none,
    {side, rows, lines, abstained, need, whole, source}. Empty where each option was voted on by
    itself, and where hands or another system were counted option by option all the same."""
    if vote.choose != Choose.ONE:
        return []
    sides: dict[str, list[Mapping[str, Any]]] = {}
    for one in vote.result.get("options", ()):
        sides.setdefault(one["by"], []).append(one)
    if any(len({(one["against"], one["abstained"]) for one in got}) > 1 or got[0]["against"]
           for got in sides.values()):  # fmt: skip
        return []
    return [_chosen(vote, by, got, options) for by, got in sides.items()]


def _chosen(
    vote: Vote, by: str, counted: Sequence[Mapping[str, Any]], options: Options
) -> dict[str, Any]:
    # Who chooses none abstains from every option: the number is the same with each of them.
    abstained = counted[0]["abstained"]
    cast = sum(one["for"] for one in counted) + abstained
    return {
        "side": say_side(by),
        "rows": [
            {
                "label": _label(options.get(one["option"], {})),
                "value": say_amount(by, one["for"], vote.unit),
                "bar": percent_of(one["for"], cast),
                "share": say_exact_share(one["for"], one["whole"]),
                "met": one["met"],
            }
            for one in counted
        ],
        "lines": len(counted) + bool(abstained),
        "abstained": say_amount(by, abstained, vote.unit) if abstained else "",
        "abstained_bar": percent_of(abstained, cast),
        "need": say_needed(by, counted[0]["need"], vote.unit),
        "whole": say_amount(by, counted[0]["whole"], vote.unit),
        "source": say_source(counted[0]["source"]) if counted[0]["source"] else "",
    }


def _label(option: Mapping[str, Any]) -> str:
    return f"{option.get('no', '')} {option.get('title', '')}".strip()


def _side(vote: Vote, one: Mapping[str, Any]) -> dict[str, Any]:
    by, whole = one["by"], one["whole"]
    cast = sum(one[name] for name in CHOICES)
    words = dict(zip(CHOICES, ("for", "against", "abstain"), strict=True))
    return {
        "side": say_side(by),
        "rows": [
            {
                "label": say_choice(words[name]),
                "value": say_amount(by, one[name], vote.unit),
                "share": percent_of(one[name], max(cast, 1)),
                "kind": MARKS[name],
            }
            for name in CHOICES
        ],
        "need": say_needed(by, one["need"], vote.unit),
        "have": say_amount(by, one["for"], vote.unit),
        "whole": say_amount(by, whole, vote.unit),
        "share": say_exact_share(one["for"], whole),
        "met": one["met"],
        "source": say_source(one["source"]) if one["source"] else "",
    }


def say_turnout(ways: Mapping[str, int]) -> list[dict[str, Any]]:
    """How many took part by each way: {label, value}."""
    return [{"label": say_way(way), "value": number} for way, number in sorted(ways.items())]


def say_letters(letters: str, options: Sequence[Mapping[str, Any]]) -> str:
    """A ballot in words: option by option what it says."""
    words = {"f": say_choice("for"), "a": say_choice("against"), "x": say_choice("abstain")}
    said = [
        f"{one['no']} {words[letter]}"
        for one, letter in zip(options, letters, strict=False)
        if letter in words
    ]
    return _("; ").join(said)
