"""An election of projects counted: a `.pb` file, one rule or two, and why for each project.

The file is counted while its sender waits and kept nowhere. How large it may be and how long a
count may take is bounded and said.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.counting.budget.again import explained
from yishi.counting.budget.counted import Counted, Rule
from yishi.counting.budget.effort import ends_within, steps_most
from yishi.counting.budget.pabulib import File
from yishi.counting.budget.pabulib_in import BadFile, read
from yishi.counting.budget.stated import count_file, stated_rule
from yishi.phrases.budget import Money, say_rule, say_rule_how
from yishi.phrases.budget_file import say_column, say_expected
from yishi.phrases.office import say_office
from yishi.phrases.refusal import say_refusal
from yishi.web.count_example import EXAMPLE
from yishi.web.count_shown import Named, election_shown
from yishi.web.gate import UNPROCESSABLE, page
from yishi.web.office import choices, table
from yishi.web.typed import seen
from yishi.web.uploads import file_sent

BYTES_MOST = 4_000_000
PROJECTS_MOST = 400
WORK_MOST = 40_000_000
"""Names on ballots looked at for one count: at most two seconds of one processor for any published
vote, five at the worst that was thought up (measured)."""
STATED, NONE = "stated", "none"


@page("budget.count", methods=("GET", "HEAD", "POST"))
def count_page(request: HttpRequest) -> HttpResponse:
    """The form; after it the count, which is stored nowhere. `?example` counts a small one."""
    if request.method != "POST":
        if "example" not in request.GET:
            return _form(request)
        return _counted(request, read(EXAMPLE))
    sent = file_sent(request, BYTES_MOST)
    if isinstance(sent, Refusal):
        if sent.code == "file_too_large":
            sent = Refusal("election_file_too_large", sent.need, sent.have, sent.unit)
        return _form(request, say_office(sent))
    try:
        file = read(seen(sent[0].decode("utf-8-sig")))
    except UnicodeDecodeError:
        return _form(request, say_refusal(Refusal("election_not_text", have=sent[1][:80])))
    except BadFile as bad:
        return _form(request, faults=bad)
    return _counted(request, file)


def _counted(request: HttpRequest, file: File) -> HttpResponse:
    """The page of a count, or why it was not begun."""
    if len(file.names) > PROJECTS_MOST:
        have = len(file.names)
        return _form(request, say_refusal(Refusal("election_too_large", PROJECTS_MOST, have)))
    rules = _rules(request, file)
    if not rules:
        return _form(request, say_refusal(Refusal("election_rule_unknown")))
    counts = []
    for rule in rules:
        steps = steps_most(file.election, WORK_MOST)
        if not ends_within(file.election, file.lot, rule, steps, file.step):
            told = Refusal("election_too_long", need=steps)
            return _form(request, say_refusal(told))
        counts.append(count_file(file, rule))
    money = Money(file.unit, file.meta.get("currency", ""))
    named = [Named(row["project_id"], row.get("name", "")) for row in file.projects]
    context = {
        "title": file.meta.get("description", "") or _("An election of projects"),
        "file": _of_file(file, counts[0]),
        **election_shown(counts, [explained(one, WORK_MOST) for one in counts], named, money),
        **_offered(request),
    }
    return render(request, "yishi/count/counted.html", context)


def _rules(request: HttpRequest, file: File) -> list[Rule]:
    """The rules asked for, each once; none where the file's own is not known."""
    chosen = request.POST.get("rule", STATED)
    first = stated_rule(file) if chosen == STATED else _rule(chosen)
    if first is None:
        return []
    second = _rule(request.POST.get("beside", Rule.GREEDY_SKIP))
    return [first] if second is None or second is first else [first, second]


def _rule(value: str) -> Rule | None:
    return Rule(value) if value in tuple(Rule) else None


def _of_file(file: File, counted: Counted) -> dict[str, str]:
    """What the file says of its own winners, and of what it does not say."""
    said = {}
    if file.official is not None:
        won = {file.names[project] for project in counted.winners}
        same = _("The file names the same winners as the first rule here.")
        other = _("The file names other winners than the first rule here.")
        said["official"] = same if won == file.official else other
    return said


def _form(
    request: HttpRequest,
    refusal: dict[str, Any] | None = None,
    faults: BadFile | None = None,
) -> HttpResponse:
    context = {
        "refusal": refusal,
        "faults": _faults(faults) if faults else None,
        **_offered(request),
    }
    status = UNPROCESSABLE if refusal or faults else 200
    return render(request, "yishi/count/count.html", context, status=status)


def _faults(bad: BadFile) -> dict[str, Any]:
    return table(
        _("What is wrong in the file"),
        [_("Line"), _("Column"), _("Expected"), _("What stands there")],
        [
            (one.line, say_column(one.column), say_expected(one.expected), one.found or "—")
            for one in bad.wrong
        ],
    )


def _offered(request: HttpRequest) -> dict[str, Any]:
    rules: Sequence[tuple[str, str]] = [(rule.value, say_rule(rule)) for rule in Rule]
    own = (STATED, _("The one the file states"))
    return {
        "rules": choices([own, *rules], request.POST.get("rule", STATED)),
        "beside": choices(
            [*rules, (NONE, _("No second rule"))],
            request.POST.get("beside", Rule.GREEDY_SKIP.value),
        ),
        "explained": [{"name": say_rule(rule), "how": say_rule_how(rule)} for rule in Rule],
        "megabytes": BYTES_MOST // 1_000_000,
        "projects_most": PROJECTS_MOST,
    }


urls: list[URLPattern] = [path("count", count_page, name="count")]
