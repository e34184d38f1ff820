"""`yishi setup`: the first district, its rules and calendars, the first administrator, the key."""

import argparse
from typing import TYPE_CHECKING

from yishi.cli.asking import ask_now, need

if TYPE_CHECKING:
    from yishi.records.models import Person, Place

NAME = "setup"
HELP = "prepare an installation: district, rules, calendars, first administrator, log key"
CODE_DIGITS = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `setup`."""
    parser.add_argument("--district", required=True, help="name of the district, 清河区")
    parser.add_argument("--code", required=True, help="its code, 500112")
    parser.add_argument("--name", required=True, help="name of the first administrator")
    parser.add_argument("--phone", required=True, help="their mobile phone")
    parser.add_argument("--login", required=True, help="the name they sign in by")


def run(options: argparse.Namespace) -> int:
    """Safe to repeat: what is there stays, and the administrator gets fresh slips."""
    from django.utils.translation import gettext as _

    from yishi.cli import say
    from yishi.jobs.prepare import prepare
    from yishi.jobs.sequence import sequence
    from yishi.records.models import CalendarYear, Person

    prepare()
    place = _district(options)
    _rules(place)
    _administrator(options)
    person = Person.objects.get(login=options.login)
    codes = _slips(person)
    sequence()
    years = sorted(set(CalendarYear.objects.values_list("year", flat=True)))
    say(
        _("%(district)s is set up, with the calendars of %(years)s.")
        % {"district": place.name, "years": ", ".join(map(str, years))},
        _("%(name)s signs in as %(login)s. Good once, for 24 hours:")
        % {"name": options.name, "login": person.login},
        _("  to set a password: %(code)s") % {"code": codes[0]},
        _("  in place of the second factor: %(code)s") % {"code": codes[1]},
        _("Keep the folder of keys and the settings file apart from the backups."),
    )
    return 0


def _district(options: argparse.Namespace) -> "Place":
    from yishi.acts import place as acts
    from yishi.records.models import Place

    row = {"编码": options.code, "名称": options.district, "级别": "区", "上级编码": ""}
    if not Place.objects.filter(code=options.code).exists():
        need(acts.load(ask_now(), None, {"区划": [row]}))
    return Place.objects.get(code=options.code)


def _rules(place: "Place") -> None:
    from yishi.acts import rule
    from yishi.cli.shipped_rules import load_shipped
    from yishi.records.models import Adoption
    from yishi.records.queries.rule import today_of
    from yishi.rulebook.shipped import ADOPTED, shipped

    load_shipped()
    for bundle in shipped():
        held = Adoption.objects.filter(place=place, kind=bundle.kind)
        if bundle.kind in ADOPTED and not held.exists():
            ask = ask_now()
            need(rule.adopt(ask, place, bundle, today_of(ask.now)))


def _administrator(options: argparse.Namespace) -> None:
    from yishi.acts import person
    from yishi.acts.appointment import listed
    from yishi.core.person import Role
    from yishi.records.models import Appointment
    from yishi.records.queries.rule import today_of

    who = {"手机": options.phone, "姓名": options.name, "登录名": options.login}
    need(person.load(ask_now(), None, {"人员": [who]}))
    if Appointment.objects.filter(role=Role.ADMINISTRATOR, person__login=options.login).exists():
        return
    ask = ask_now()
    post = {
        "手机": options.phone,
        "角色": "管理员",
        "区划编码": options.code,
        "起始日": today_of(ask.now).isoformat(),
    }
    need(listed.load(ask, None, {"任职": [post]}))


def _slips(person: "Person") -> list[str]:
    """Two codes, printed once and kept only as a blind index."""
    from yishi.acts import account
    from yishi.core.person import SlipPurpose
    from yishi.records.entropy import SYSTEM_ENTROPY

    codes = []
    for purpose in (SlipPurpose.PASSWORD, SlipPurpose.FACTOR):
        code = f"{SYSTEM_ENTROPY.below(10**CODE_DIGITS):0{CODE_DIGITS}}"
        need(account.staff_slip(ask_now(), person, purpose, code))
        codes.append(f"{code[:5]}-{code[5:]}")
    return codes
