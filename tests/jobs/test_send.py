"""What leaves the house: at least once, one text for many, and nothing lost with a dead channel.

11 March 2026 is a Wednesday; NOW is 09:00 in Shanghai.
"""

import email
import email.policy
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from tests.acts.test_whole_way import done
from tests.acts.world import NOW, World
from tests.childenv import child_environment
from tests.jobs.gateways import Gateway, http_gateway, mail_server
from tests.needs import ROOT
from yishi.acts import contact, report
from yishi.acts.case import intake
from yishi.acts.report import Words
from yishi.core.message import MessageChannel
from yishi.core.number import show_number
from yishi.jobs.deliver import deliver
from yishi.jobs.pass_on import pass_on
from yishi.jobs.send import LEASE, send_all
from yishi.records.models import Adoption, Appointment, Carried, Delivery, Message, Person, Report
from yishi.records.sending import https, wecom

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
EVENING = NOW + 13 * HOUR
MORNING = NOW + 23 * HOUR
FROM = "议事 <yishi@example.cn>"


@pytest.fixture
def gateway(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """SMS through a gateway on this machine, which is waited for half a second."""
    monkeypatch.setattr(https, "TIMEOUT_SECONDS", 0.5)
    with http_gateway() as running:
        settings.YISHI_ADDRESS = "https://yishi.example.cn"
        settings.YISHI_SENDERS = {"sms": sms_at(running.address)}
        yield running


def sms_at(address: str) -> dict[str, object]:
    return {
        "url": f"{address}/sms",
        "body": {"mobile": "{phone}", "params": ["{text}"], "id": "{key}"},
        "headers": {"Authorization": "Bearer secret"},
        "accepted": '"ok"',
    }


def everything(world: World, who: str, *channels: str) -> None:
    wishes = {MessageChannel(channel): True for channel in channels or ("sms",)}
    done(contact.set_wishes(world.ask(who), wishes))


def dispatched(world: World, now: datetime = NOW, urgent: bool = False) -> str:
    building = world.buildings["柳荫1栋"].uid
    uid = done(report.file(world.ask("王桂英", now), Words("井盖不见了", building=building))).uid
    duty = world.duties["井盖缺失"].uid
    done(intake.dispatch(world.ask("分拨员老赵", now), uid, duty, urgent=urgent))
    return uid


def turn(now: datetime) -> int:
    """What one tick does with messages: on the page, made into sendings, sent."""
    deliver(now, 200)
    pass_on(now, 200)
    return send_all(now, 200)


def texts(gateway: Gateway) -> list[str]:
    return [body["params"][0] for _, body in gateway.taken]


def test_a_text_says_number_what_and_by_when_and_not_a_word_of_the_resident(
    world: World, gateway: Gateway
) -> None:
    everything(world, "王桂英")
    dispatched(world)
    assert turn(NOW) == 1
    number = Report.objects.get().number
    headers, body = gateway.taken[0]
    assert headers["Authorization"] == "Bearer secret"
    assert body["mobile"] == "13800000001"
    assert body["params"] == [
        f"您反映的事{show_number(number)}已派单，最迟3月11日11:00。"
        f"https://yishi.example.cn/m/{number}"
    ]
    delivery = Delivery.objects.get()
    assert (body["id"], body["params"][0]) == (delivery.uid, delivery.text)
    assert (delivery.sent_at, delivery.tries, delivery.error) == (NOW, 1, "")
    assert turn(NOW + MINUTE) == 0


def test_what_is_usual_goes_out_and_the_rest_is_on_the_page(world: World, gateway: Gateway) -> None:
    dispatched(world)
    assert turn(NOW) == 0
    message = Message.objects.get()
    assert (message.sent_at, message.pass_on_at) == (NOW, None)
    assert not Delivery.objects.exists()


def test_where_no_rule_is_adopted_messages_stay_on_the_page(world: World, gateway: Gateway) -> None:
    Adoption.objects.filter(kind="messages").delete()
    everything(world, "王桂英")
    dispatched(world)
    assert turn(NOW) == 0
    assert (Message.objects.get().sent_at, Message.objects.get().pass_on_at) == (NOW, None)


def test_three_at_once_are_one_text(world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    for _ in range(3):
        dispatched(world)
    assert turn(NOW) == 1
    assert texts(gateway) == ["您有3条新消息，登录查看：https://yishi.example.cn/messages"]
    assert Carried.objects.count() == 3
    assert turn(NOW + HOUR) == 0


def test_two_in_an_hour_and_then_one_for_the_rest(world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    sent = []
    for minute in (0, 10, 20, 30, 59, 60, 70):
        if minute <= 30:
            dispatched(world, NOW + minute * MINUTE)
        sent.append(turn(NOW + minute * MINUTE))
    assert sent == [1, 1, 0, 0, 0, 1, 0]
    assert texts(gateway)[2].startswith("您有2条新消息")


def test_the_night_is_quiet_but_for_what_is_urgent(world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    dispatched(world, EVENING, urgent=True)
    assert turn(EVENING) == 2
    assert {text[:2] for text in texts(gateway)} == {"急件"}
    assert {body["mobile"] for _, body in gateway.taken} == {
        phone.removeprefix("+86")
        for phone in (world.people["城管小孙"].phone, world.people["水务小吴"].phone)
    }
    assert turn(MORNING - MINUTE) == 0
    assert turn(MORNING) == 1
    assert texts(gateway)[2].startswith("您反映的事")


def test_a_sending_the_night_overtook_waits_for_the_morning(world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    dispatched(world, EVENING - 2 * HOUR)
    deliver(EVENING - 2 * HOUR, 10)
    assert pass_on(EVENING - 2 * HOUR, 10) == 1
    assert send_all(EVENING, 10) == 0
    assert Delivery.objects.get().not_before == MORNING
    assert send_all(MORNING, 10) == 1


def test_what_was_read_on_the_page_does_not_go_out_any_more(world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    dispatched(world, EVENING)
    assert turn(EVENING) == 0
    Message.objects.update(read_at=EVENING + MINUTE)
    assert turn(MORNING) == 0
    assert not Delivery.objects.exists()


ENDS = ("read", "not wanted", "no phone", "closed", "another's")


@pytest.mark.parametrize("why", ENDS)
def test_a_sending_nobody_waits_for_any_more_ends(why: str, world: World, gateway: Gateway) -> None:
    everything(world, "王桂英")
    dispatched(world)
    deliver(NOW, 10)
    assert pass_on(NOW, 10) == 1
    person = Person.objects.filter(pk=world.people["王桂英"].pk)
    match why:
        case "read":
            Message.objects.update(read_at=NOW)
        case "not wanted":
            done(contact.set_wishes(world.ask("王桂英"), {MessageChannel.SMS: False}))
        case "no phone":
            person.update(phone="")
        case "closed":
            person.update(is_active=False)
        case "another's":
            Report.objects.update(person=world.people["李建国"])
    assert send_all(NOW, 10) == 0
    assert gateway.taken == []
    delivery = Delivery.objects.get()
    assert (delivery.sent_at, delivery.ended_at, delivery.text) == (None, NOW, "")
    assert send_all(NOW + HOUR, 10) == 0


def test_who_has_left_the_post_is_told_nothing_more(world: World, gateway: Gateway) -> None:
    dispatched(world, urgent=True)
    deliver(NOW, 10)
    assert pass_on(NOW, 10) == 2
    left = Appointment.objects.filter(person=world.people["城管小孙"])
    left.update(until_on="2026-03-11")
    assert send_all(NOW, 10) == 1
    assert gateway.taken[0][1]["mobile"] == world.people["水务小吴"].phone.removeprefix("+86")


@pytest.mark.parametrize(
    ("behaves", "error"),
    [
        ("fails", "http 500"),
        ("refuses", "not accepted"),
        ("hangs", "TimeoutError"),
        ("sends on", "http 307"),
    ],
)
def test_a_gateway_that_fails_is_asked_again_later_and_nothing_is_lost(
    behaves: str, error: str, world: World, gateway: Gateway
) -> None:
    everything(world, "王桂英")
    dispatched(world)
    gateway.behaves = behaves
    assert turn(NOW) == 0
    delivery = Delivery.objects.get()
    assert (delivery.tries, delivery.error) == (1, error)
    assert (delivery.sent_at, delivery.not_before) == (None, NOW + MINUTE)
    assert turn(NOW + MINUTE) == 0
    assert Delivery.objects.get().not_before == NOW + 3 * MINUTE
    gateway.behaves = "works"
    gateway.over.set()
    assert turn(NOW + 2 * MINUTE) == 0
    assert turn(NOW + 3 * MINUTE) == 1
    assert Delivery.objects.get().tries == 3


def test_what_comes_while_the_channel_is_dead_goes_out_as_one_when_it_is_well(
    world: World, gateway: Gateway
) -> None:
    everything(world, "王桂英")
    gateway.behaves = "fails"
    for minute in range(6):
        dispatched(world, NOW + minute * MINUTE)
        assert turn(NOW + minute * MINUTE) == 0
    assert Delivery.objects.count() == 1
    assert Message.objects.filter(sent_at=None).count() == 0
    gateway.behaves = "works"
    assert turn(NOW + 7 * MINUTE) == 1
    assert turn(NOW + 8 * MINUTE) == 1
    assert texts(gateway)[0].startswith("您反映的事")
    assert texts(gateway)[1].startswith("您有5条新消息")
    assert Carried.objects.count() == 6


def test_a_dead_channel_holds_up_no_other(
    world: World, gateway: Gateway, settings: Settings
) -> None:
    Person.objects.filter(pk=world.people["王桂英"].pk).update(email="wang@example.cn")
    everything(world, "王桂英", "sms", "email")
    gateway.behaves = "fails"
    with mail_server() as mails:
        settings.YISHI_SENDERS = settings.YISHI_SENDERS | {"email": mail_at(mails)}
        dispatched(world)
        assert turn(NOW) == 1
        assert Delivery.objects.get(channel="email").sent_at == NOW
        assert Delivery.objects.get(channel="sms").sent_at is None
        mail = email.message_from_string(mails.taken[0], policy=email.policy.default)
    number = Report.objects.get().number
    assert mail["To"] == "wang@example.cn"
    assert (
        mail["Subject"].strip() == f"议事 您反映的事{show_number(number)}已派单，最迟3月11日11:00。"
    )
    assert mail["Message-ID"] == f"<{Delivery.objects.get(channel='email').uid}@example.cn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    said = mail.get_content()
    assert f"https://yishi.example.cn/m/{number}" in said
    assert "https://yishi.example.cn/account/told" in said
    for word in ("井盖", "王桂英", "柳荫", "城市管理局"):
        assert word not in said


def test_a_channel_set_up_wrongly_holds_up_no_other(
    world: World, gateway: Gateway, settings: Settings
) -> None:
    Person.objects.filter(pk=world.people["王桂英"].pk).update(email="wang@example.cn")
    everything(world, "王桂英", "sms", "email")
    with mail_server() as mails:
        settings.YISHI_SENDERS = {"sms": {"url": gateway.address}, "email": mail_at(mails)}
        dispatched(world)
        assert turn(NOW) == 1
    broken = Delivery.objects.get(channel="sms")
    assert (broken.error, broken.tries, broken.not_before) == ("KeyError", 1, NOW + MINUTE)


def mail_at(gateway: Gateway) -> dict[str, object]:
    at = {"host": "127.0.0.1", "port": gateway.port, "user": "", "password": ""}
    return {**at, "tls": "none", "from": FROM}


def test_a_mailbox_that_is_not_there_is_said_without_the_address(
    world: World, settings: Settings
) -> None:
    Person.objects.filter(pk=world.people["王桂英"].pk).update(email="wang@example.cn")
    with mail_server() as mails:
        mails.behaves = "refuses"
        settings.YISHI_SENDERS = {"email": mail_at(mails)}
        dispatched(world)
        assert turn(NOW) == 0
    assert Delivery.objects.get().error == "SMTPRecipientsRefused"


def test_wecom_asks_for_a_token_once_and_again_when_it_is_over(
    world: World, gateway: Gateway, settings: Settings
) -> None:
    wecom._tokens.clear()
    given = {"url": gateway.address, "corp": "corp", "agent": 7, "secret": "s"}
    settings.YISHI_SENDERS = {"wecom": given}
    Person.objects.filter(pk=world.people["城管小孙"].pk).update(wecom="sun")
    for at in (NOW, NOW + MINUTE):
        dispatched(world, at, urgent=True)
        assert turn(at) == 1
    assert gateway.tokens == 2
    body = gateway.taken[0][1]
    assert (body["touser"], body["agentid"], body["msgtype"]) == ("sun", 7, "text")
    assert body["text"]["content"].startswith("急件")
    gateway.behaves = "refuses"
    dispatched(world, NOW + 2 * MINUTE, urgent=True)
    assert turn(NOW + 2 * MINUTE) == 0
    assert Delivery.objects.get(sent_at=None).error == "wecom 81013"


def test_two_failures_and_the_channel_is_left_alone_until_the_next_turn(
    world: World, gateway: Gateway
) -> None:
    gateway.behaves = "fails"
    dispatched(world, urgent=True)
    dispatched(world, urgent=True)
    assert turn(NOW) == 0
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1, 1]


@pytest.mark.parametrize("template", ["case.refused", "case.answered", "staff.urgent"])
def test_a_usual_text_fits_one_sms(template: str) -> None:
    from django.utils.translation import override

    from yishi.phrases.outward import say_outward

    row = {"template": template, "number": "26114821353", "params": {}}
    if template == "staff.urgent":
        row["params"] = {"due": "2026-11-25T16:00:00+00:00"}
    with override("zh-hans"):
        text = say_outward(MessageChannel.SMS, [row], "https://yishi.gov.cn").text
    assert len(text) <= 70, text


def child(now: datetime) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "jobs" / "send_once.py"), now.isoformat()],
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(*children: "subprocess.Popen[str]") -> None:
    for process in children:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in children:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


@pytest.fixture
def outside(
    transactional_db: None, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[World, Gateway]]:
    """The small world in tables that other processes see, and where their SMS go."""
    from tests.acts.world import make_world

    monkeypatch.setenv("YISHI_SMS", f"{gateway.address}/sms")
    monkeypatch.setenv("YISHI_SMS_BODY", '{"params": ["{text}"], "id": "{key}"}')
    yield make_world(), gateway


def test_three_workers_send_each_once(outside: tuple[World, Gateway]) -> None:
    world, gateway = outside
    for _ in range(8):
        dispatched(world, urgent=True)
    deliver(NOW, 200)
    assert pass_on(NOW, 200) == 16
    workers = [child(NOW) for _ in range(3)]
    go(*workers)
    told = [int(worker.communicate(timeout=300)[0]) for worker in workers]
    keys = [body["id"] for _, body in gateway.taken]
    assert sum(told) == len(keys) == len(set(keys)) == 16
    assert Delivery.objects.filter(sent_at=NOW, tries=1).count() == 16


def test_a_worker_killed_while_sending_leaves_it_to_the_next_and_it_is_shown_once(
    outside: tuple[World, Gateway],
) -> None:
    world, gateway = outside
    everything(world, "王桂英")
    dispatched(world)
    deliver(NOW, 200)
    assert pass_on(NOW, 200) == 1
    gateway.behaves = "hangs"
    worker = child(NOW)
    go(worker)
    assert gateway.taken_one.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    gateway.behaves = "works"
    gateway.over.set()
    assert send_all(NOW + LEASE - MINUTE, 200) == 0
    assert send_all(NOW + LEASE, 200) == 1
    assert send_all(NOW + 2 * LEASE, 200) == 0
    first, again = (body["id"] for _, body in gateway.taken)
    assert first == again == Delivery.objects.get().uid
    assert Message.objects.filter(recipient=world.people["王桂英"]).count() == 1
