"""In an upgraded installation: what the new acts say by the old rules, and by the new ones."""

import os
from datetime import date

import django

django.setup()

from tests.acts.test_whole_way import done  # noqa: E402
from yishi.acts import rule  # noqa: E402
from yishi.acts.case import intake, returning  # noqa: E402
from yishi.acts.door import Ask  # noqa: E402
from yishi.core.person import SYSTEM, Actor  # noqa: E402
from yishi.core.refusal import Refusal  # noqa: E402
from yishi.records.models import Case, DutyRow, Person, Place  # noqa: E402
from yishi.records.queries.actor import actor_of  # noqa: E402
from yishi.records.wallclock import now  # noqa: E402
from yishi.rulebook.shipped import shipped  # noqa: E402


def ask(who: str | Actor) -> Ask:
    actor = who if isinstance(who, Actor) else actor_of(Person.objects.get(login=who), TODAY)
    return Ask(actor, now(), os.urandom(8).hex())


TODAY = date(2026, 3, 11)
uid = Case.objects.get(state="submitted").uid
done(intake.dispatch(ask("分拨员老赵"), uid, DutyRow.objects.get(title="井盖缺失").uid))
refused = returning.ask_return(ask("城管小孙"), uid, "不是我们的井盖", "清单第三行：水务")
assert isinstance(refused, Refusal), refused
assert refused.code == "rules_older", refused
bundle = next(b for b in shipped() if b.kind == "casework")
done(rule.adopt(ask(SYSTEM), Place.objects.get(parent=None), bundle, TODAY))
done(returning.ask_return(ask("城管小孙"), uid, "不是我们的井盖", "清单第三行：水务"))
assert Case.objects.get(uid=uid).state == "returning"
