"""The signed interface: who may speak, what is read, what is answered; all of it is signed."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.test import Client

from tests.acts.test_outside import answer, system
from tests.acts.world import NOW, World
from tests.needs import ROOT
from tests.web.staff import at
from yishi.acts.door import Done
from yishi.acts.outside.system import end_system
from yishi.jobs.tick import Ticker
from yishi.records.models import Audit, Case, OutsideCall, OutsideOrder, OutsideSystem, Report
from yishi.records.outside_key import public_key

pytestmark = pytest.mark.django_db

OWN = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
ORDERS = "/api/outside/12345/orders"
ANSWERS = "/api/outside/12345/answers"
RECEIVED = "/api/outside/12345/answers/received"
ORDER = {
    "number": "2026031100017",
    "words": "柳荫苑门口井盖不见了，晚上看不清。",
    "nature": "complaint",
    "due_at": "2026-03-13T17:00:00+08:00",
    "street": "望江街道",
    "community": "柳荫社区",
    "address": "柳荫路12号门口",
    "name": "周女士",
    "phone": "13800000009",
}


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


class Line:
    """A higher system at its end of the line."""

    def __init__(self, world: World) -> None:
        self.world, self.client, self.calls = world, Client(enforce_csrf_checks=True), 0
        self.system = system(world, public_key=public(OWN))

    def headers(
        self,
        method: str,
        address: str,
        body: bytes,
        key: Ed25519PrivateKey = OWN,
        moment: datetime = NOW,
        nonce: str = "",
    ) -> dict[str, str]:
        self.calls += 1
        date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        nonce = nonce or f"nonce-number-{self.calls:06}"
        lines = ("yishi-1", method, address, date, nonce, hashlib.sha256(body).hexdigest())
        signature = base64.b64encode(key.sign("\n".join(lines).encode())).decode()
        return {"Signature-Date": date, "Signature-Nonce": nonce, "Signature": signature}

    def send(
        self, method: str, address: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and body of the answer, which must be signed by this installation."""
        said = self.headers(method, address, body) if headers is None else headers
        response = self.client.generic(
            method, address, body, content_type="application/json", headers=said
        )
        parts = (
            "yishi-1",
            str(response.status_code),
            response["Signature-Nonce"],
            response["Signature-Date"],
            hashlib.sha256(response.content).hexdigest(),
        )
        theirs = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key()))
        theirs.verify(base64.b64decode(response["Signature"]), "\n".join(parts).encode())
        assert response["Signature-Nonce"] in (said.get("Signature-Nonce", ""), "")
        assert response.cookies == {}
        return response.status_code, json.loads(response.content)

    def post(self, address: str, value: object) -> tuple[int, Any]:
        return self.send("POST", address, json.dumps(value, ensure_ascii=False).encode())

    def hand_in(self, *orders: object) -> list[dict[str, Any]]:
        status, told = self.post(ORDERS, {"orders": list(orders)})
        assert status == 200, told
        found: list[dict[str, Any]] = told["orders"]
        return found


@pytest.fixture
def line(world: World, monkeypatch: pytest.MonkeyPatch) -> Line:
    at(monkeypatch)
    return Line(world)


def test_an_order_comes_in_and_its_answer_goes_out(line: Line) -> None:
    (entered,) = line.hand_in(ORDER)
    case = Case.objects.get()
    number = f"{case.number[:4]}-{case.number[4:8]}-{case.number[8:]}"
    assert entered == {"number": ORDER["number"], "result": "entered", "our_number": number}
    assert line.send("GET", ANSWERS) == (200, {"answers": [], "more": False, "next": ""})
    given = answer(line.world, case, minutes=0)
    (told,) = line.send("GET", ANSWERS)[1]["answers"]
    assert told == {
        "number": ORDER["number"],
        "our_number": number,
        "outcome": "answered",
        "words": "井盖已换好。",
        "unit": "柳荫社区居委会",
        "answered_at": given.isoformat(),
        "due_at": "2026-03-13T09:00:00+00:00",
        "late": False,
    }
    receipt = {"number": told["number"], "answered_at": told["answered_at"]}
    assert line.post(RECEIVED, {"received": [receipt]}) == (
        200,
        {"received": [{"number": ORDER["number"], "result": "received"}]},
    )
    assert line.send("GET", ANSWERS)[1]["answers"] == []
    since = f"{ANSWERS}?since=2026-03-11T00:00:00Z"
    assert line.send("GET", since)[1]["answers"] == [told]
    assert OutsideOrder.objects.get().sent_back_by is None


def test_the_same_order_again_and_a_changed_one(line: Line) -> None:
    line.hand_in(ORDER)
    again, changed = line.hand_in(ORDER, ORDER | {"words": "是两个井盖"})
    assert again["result"] == "again"
    assert (changed["result"], changed["error"]["code"]) == ("refused", "order_changed")
    assert Report.objects.get().words == ORDER["words"]


def test_each_order_is_answered_by_itself_naming_the_field(line: Line) -> None:
    answers = line.hand_in(
        ORDER | {"number": ""},
        ORDER | {"due_at": "尽快"},
        ORDER | {"number": "3", "nature": "joke"},
        ORDER | {"number": "4", "community": "滨江社区"},
        ORDER | {"number": "5", "deadline": "2026-03-13"},
        ORDER | {"number": "6", "words": {"text": "没有路灯"}},
        "an order",
        ORDER | {"number": "8"},
    )
    told = [
        (a["result"], a.get("error", {}).get("code"), a.get("error", {}).get("field"))
        for a in answers
    ]
    assert told == [
        ("refused", "cell_required", "number"),
        ("refused", "cell_not_time", "due_at"),
        ("refused", "nature_unknown", "nature"),
        ("refused", "place_unknown", ""),
        ("refused", "field_unknown", "deadline"),
        ("refused", "field_not_text", "words"),
        ("refused", "order_not_object", ""),
        ("entered", None, None),
    ]
    assert answers[3]["error"]["en"] == "There is no place called “滨江社区” here"
    assert answers[3]["error"]["zh"] != answers[3]["error"]["en"]


def test_half_a_pair_of_signs_is_refused_and_told_back_as_it_came(line: Line) -> None:
    body = json.dumps({"orders": [{**ORDER, "number": "\ud800"}, ORDER]}).encode()
    status, told = line.send("POST", ORDERS, body)
    assert status == 200
    assert [(one["number"], one["result"]) for one in told["orders"]] == [
        ("\ud800", "refused"),
        (ORDER["number"], "entered"),
    ]
    receipt = {"number": "\ud800", "answered_at": "2026-03-12T08:20:00+00:00"}
    status, told = line.send("POST", RECEIVED, json.dumps({"received": [receipt]}).encode())
    assert (status, told["error"]["code"]) == (400, "receipt_unreadable")


def test_words_in_any_script_stay_as_they_are(line: Line) -> None:
    words = "楼上漏水💧，ئۇيغۇرچە، 𠮷野家门口\n第二行"
    line.hand_in(ORDER | {"words": words, "number": "号-№1"})
    assert Report.objects.get().words == words
    assert OutsideOrder.objects.get().their_number == "号-№1"


def unsigned(line: Line, headers: dict[str, str], address: str = ORDERS) -> None:
    body = json.dumps({"orders": [ORDER]}).encode()
    status, told = line.send("POST", address, body, headers)
    assert (status, told["error"]["code"]) == (401, "signature_refused")
    assert Case.objects.count() == 0


BODY = json.dumps({"orders": [ORDER]}).encode()


def test_without_a_signature_nothing_is_told(line: Line) -> None:
    unsigned(line, {})


def test_with_another_key_nothing_is_told(line: Line) -> None:
    unsigned(line, line.headers("POST", ORDERS, BODY, OTHER))


def test_a_system_nobody_knows_gets_the_same_answer(line: Line) -> None:
    nobody = "/api/outside/nobody/orders"
    unsigned(line, line.headers("POST", nobody, BODY), nobody)


def test_a_system_that_only_sends_sheets_cannot_sign(line: Line) -> None:
    OutsideSystem.objects.update(public_key="")
    unsigned(line, line.headers("POST", ORDERS, BODY))


def test_a_system_off_the_line_cannot_sign(line: Line) -> None:
    assert isinstance(end_system(line.world.ask("管理员"), line.system.uid), Done)
    unsigned(line, line.headers("POST", ORDERS, BODY))


@pytest.mark.parametrize(
    "headers",
    [
        {"Signature-Nonce": "short"},
        {"Signature-Nonce": "nonce with a space in it"},
        {"Signature-Date": "2026-03-11 01:00"},
        {"Signature": "not base64"},
        {"Signature": ""},
    ],
)
def test_an_ill_formed_header_is_no_signature(line: Line, headers: dict[str, str]) -> None:
    unsigned(line, line.headers("POST", ORDERS, BODY) | headers)


@pytest.mark.parametrize(
    ("signed", "sent"),
    [
        (("POST", RECEIVED, BODY), ORDERS),
        (("GET", ORDERS, BODY), ORDERS),
        (("POST", ORDERS, BODY + b" "), ORDERS),
        (("POST", ORDERS + "?x=1", BODY), ORDERS),
    ],
)
def test_a_signature_is_of_this_very_request(
    line: Line, signed: tuple[str, str, bytes], sent: str
) -> None:
    unsigned(line, line.headers(*signed), sent)


@pytest.mark.parametrize(
    ("off", "status"),
    [
        (timedelta(minutes=5), 200),
        (-timedelta(minutes=5), 200),
        (timedelta(minutes=5, seconds=1), 401),
        (-timedelta(minutes=5, seconds=1), 401),
    ],
)
def test_five_minutes_off_is_the_most(line: Line, off: timedelta, status: int) -> None:
    headers = line.headers("POST", ORDERS, BODY, moment=NOW + off)
    assert line.send("POST", ORDERS, BODY, headers)[0] == status


def test_the_same_request_twice_is_acted_on_once(line: Line) -> None:
    headers = line.headers("POST", ORDERS, BODY)
    assert line.send("POST", ORDERS, BODY, headers)[0] == 200
    assert line.send("POST", ORDERS, BODY, headers)[0] == 401
    assert OutsideCall.objects.count() == 1


def test_a_nonce_belongs_to_one_system(line: Line) -> None:
    system(line.world, code="dpt", name="区平台", public_key=public(OTHER))
    other = "/api/outside/dpt/orders"
    nonce = "one-nonce-of-two-systems"
    first = line.headers("POST", ORDERS, BODY, nonce=nonce)
    second = line.headers("POST", other, BODY, OTHER, nonce=nonce)
    assert line.send("POST", ORDERS, BODY, first)[0] == 200
    assert line.send("POST", other, BODY, second)[0] == 200


def test_a_system_neither_sees_nor_acknowledges_what_another_sent(line: Line) -> None:
    system(line.world, code="dpt", name="区平台", public_key=public(OTHER))
    line.hand_in(ORDER)
    given = answer(line.world, Case.objects.get(), minutes=0)
    address = "/api/outside/dpt/answers"
    status, told = line.send("GET", address, headers=line.headers("GET", address, b"", OTHER))
    assert (status, told["answers"]) == (200, [])
    receipt = {"number": ORDER["number"], "answered_at": given.isoformat()}
    body = json.dumps({"received": [receipt]}).encode()
    headers = line.headers("POST", f"{address}/received", body, OTHER)
    status, told = line.send("POST", f"{address}/received", body, headers)
    assert told == {"received": [{"number": ORDER["number"], "result": "unknown"}]}
    assert OutsideOrder.objects.get().sent_back_at is None


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"\xff\xfe", b'{"orders": ' + b"[" * 100_000, b'"orders"'],
)
def test_a_body_that_is_no_object_is_refused(line: Line, body: bytes) -> None:
    status, told = line.send("POST", ORDERS, body)
    assert (status, told["error"]["code"]) == (400, "body_unreadable")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "list_missing"),
        ({"orders": {}}, "list_missing"),
        ({"orders": [ORDER] * 101}, "list_too_long"),
    ],
)
def test_a_list_of_at_most_a_hundred_is_wanted(line: Line, value: object, code: str) -> None:
    status, told = line.post(ORDERS, value)
    assert (status, told["error"]["code"]) == (400, code)


@pytest.mark.parametrize("one", [{}, {"number": "1"}, {"number": 1, "answered_at": "x"}, "1"])
def test_a_receipt_names_number_and_moment(line: Line, one: object) -> None:
    status, told = line.post(RECEIVED, {"received": [one]})
    assert (status, told["error"]["code"]) == (400, "receipt_unreadable")


def test_a_moment_is_wanted_after_since(line: Line) -> None:
    status, told = line.send("GET", f"{ANSWERS}?since=yesterday")
    assert (status, told["error"]["code"]) == (400, "since_unreadable")


def test_a_body_of_more_than_a_megabyte_is_not_read(line: Line) -> None:
    status, told = line.send("POST", ORDERS, b" " * 1_000_001)
    assert (status, told["error"]["code"]) == (413, "body_too_large")
    assert line.send("POST", ORDERS, b" " * 1_000_000)[0] == 400


@pytest.mark.parametrize(("method", "address"), [("GET", ORDERS), ("DELETE", ANSWERS)])
def test_each_address_takes_one_method(line: Line, method: str, address: str) -> None:
    status, told = line.send(method, address)
    assert (status, told["error"]["code"]) == (405, "method_wrong")


def test_sixty_requests_a_minute_are_the_most(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(60):
        assert line.send("GET", ANSWERS)[0] == 200
    status, told = line.send("GET", ANSWERS)
    assert (status, told["error"]["code"]) == (429, "too_often")
    later = at(monkeypatch, NOW + timedelta(seconds=61))
    assert (
        line.send("GET", ANSWERS, headers=line.headers("GET", ANSWERS, b"", moment=later))[0] == 200
    )


def test_more_than_a_hundred_answers_come_in_parts(line: Line) -> None:
    for start in range(0, 120, 60):
        line.hand_in(*(ORDER | {"number": f"{n:03}"} for n in range(start, start + 60)))
    Report.objects.update(answered_at=NOW, answer="好了")
    first = line.send("GET", f"{ANSWERS}?since=2026-03-11T01:00:00Z")[1]
    assert (len(first["answers"]), first["more"]) == (100, True)
    second = line.send("GET", first["next"])[1]
    assert (len(second["answers"]), second["more"], second["next"]) == (20, False, "")
    numbers = [a["number"] for a in first["answers"] + second["answers"]]
    assert numbers == [f"{n:03}" for n in range(120)]


def test_what_was_done_and_what_was_not_accepted_is_noted(line: Line) -> None:
    line.hand_in(ORDER)
    for _ in range(3):
        line.send("GET", ANSWERS, headers={})
    rows = Audit.objects.order_by("id").values_list("what", "success", "subject", "detail")
    assert list(rows) == [
        ("outside.receive.signed", True, line.system.uid, "12345"),
        ("outside.unsigned", False, "", ""),
    ]


def test_old_nonces_are_swept(line: Line) -> None:
    line.send("GET", ANSWERS)
    Ticker().tick(NOW + timedelta(minutes=10))
    assert OutsideCall.objects.count() == 1
    Ticker().tick(NOW + timedelta(minutes=16))
    assert OutsideCall.objects.count() == 0


def test_the_worked_example_of_the_description_is_right() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    digest = hashlib.sha256(b"").hexdigest()
    lines = ("yishi-1", "GET", ANSWERS, "2026-03-11T01:00:00Z", "example-nonce-01", digest)
    signature = base64.b64encode(OWN.sign("\n".join(lines).encode())).decode()
    assert f"    {signature}\n" in text
    assert public(OWN) in text


@pytest.mark.django_db(transaction=True)
def test_the_client_of_the_description_works(live_server: Any, transactional_db: None) -> None:
    from tests.acts.world import make_world

    world = make_world()
    system(world, public_key=public(OWN))
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {}
    exec(source, names)
    theirs = names["Line"](
        live_server.url, "12345", base64.b64encode(b"\x01" * 32).decode(), public_key()
    )
    status, told = theirs.hand_in([ORDER])
    assert (status, told["orders"][0]["result"]) == (200, "entered")
    Report.objects.update(answer="井盖已换好。", answered_at=datetime.now(UTC))
    status, told = theirs.answers()
    assert (status, [a["words"] for a in told["answers"]]) == (200, ["井盖已换好。"])
    status, told = theirs.received(told["answers"])
    assert told["received"][0]["result"] == "received"
    assert theirs.answers() == (200, {"answers": [], "more": False, "next": ""})
