"""A rule file is read in words, with its sources; as it was written it lies behind a fold."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.acts.world import World
from tests.web.staff import BACKEND
from yishi import demo
from yishi.acts import duty, rule
from yishi.acts.door import Done
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.rulebook.load import Bundle, load_bundle, read_bundle
from yishi.rulebook.shipped import shipped

KEY = re.compile(r"<(?:th|td)[^>]*>(?:<span>)?([a-z]+(?:[_.][a-z]+)+)<")
LIST = load_bundle(Path(demo.__file__).parent / "duties" / "demo.toml")


@pytest.fixture
def reader(world: World, client: Client) -> Client:
    """The administrator, where every rule file there is has been loaded."""
    for bundle in shipped():
        done: Done | Refusal = rule.load_bundle(world.ask(SYSTEM), bundle)
        assert isinstance(done, Done), done
    done = duty.load(world.ask(SYSTEM), world.places["清河区"], LIST)
    assert isinstance(done, Done), done
    client.force_login(world.people["管理员"], BACKEND)
    return client


def page(client: Client, bundle: Bundle, asked: str = "", **headers: str) -> tuple[str, str]:
    """The page of a rule file: what is read, and the file as it was written."""
    address = f"/rules/files/{bundle.kind}/{bundle.id}/{bundle.version}{asked}"
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    read, written = answer.content.decode().split('<pre class="raw">')
    return read, written


def shown(kind: str, id: str = "standard") -> Bundle:
    return next(made for made in shipped() if (made.kind, made.id) == (kind, id))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("bundle", [*shipped(), LIST], ids=lambda made: f"{made.kind}/{made.id}")
def test_every_rule_file_is_read_without_a_key_of_ours(
    reader: Client, bundle: Bundle, language: str
) -> None:
    read, written = page(reader, bundle, **{"accept-language": language})
    own = (
        {"rec_id", "unit_id", "closed_in_time", "closed_overdue"} if bundle.id == "pingshan" else ()
    )
    assert set(KEY.findall(read)) - set(own) == set()
    assert "{&#x27;" not in read
    assert f"id = &quot;{bundle.id}&quot;" in written
    assert read.count("<h2>") > 0


@pytest.mark.parametrize(
    ("bundle", "words"),
    [
        (
            shown("casework"),
            ["各环节时限", "签收", "2 小时", "晴隆 2021 接诉即办办法", "80%", "10 MB", "求助"],
        ),
        (shown("channels"), ["渠道大类", "楼栋码", "居民", "本平台"]),
        (shown("hours"), ["09:00", "12:00"]),
        (shown("calendar", "2026"), ["放假", "春节", "调休上班"]),
        (shown("mapping", "pingshan"), ["对方表格的列", "rec_id", "是", "投诉", "诉求清单"]),
        (shown("mapping", "yuncheng"), ["紧急工作日", "天", "GB/T 30428 的读法"]),
        (shown("instant"), ["最长有效", "90 天", "可以秒回的性质", "咨询、投诉", "煤气", "500"]),
        (shown("redaction"), ["手机号", "****", "姓名替换成"]),
        (LIST, ["上水井盖缺损", "清河水务有限公司", "4小时", "《城市道路管理条例》第二十三条"]),
    ],
    ids=lambda value: f"{value.kind}/{value.id}" if isinstance(value, Bundle) else "",
)
def test_a_rule_file_says_what_it_holds(reader: Client, bundle: Bundle, words: list[str]) -> None:
    read, _written = page(reader, bundle)
    assert [each for each in words if each not in read] == []


def test_a_long_responsibility_list_is_paged(reader: Client) -> None:
    rows = LIST.data["rows"]
    pages = -(-len(rows) // 50)
    titles = [page(reader, LIST, f"?page={number}")[0] for number in range(1, pages + 1)]
    counts = [text.count('<th scope="row"') for text in titles]
    assert (sum(counts), max(counts), counts[0]) == (len(rows), 50, 50)


def test_a_pattern_is_not_read_but_stands_in_the_file(reader: Client) -> None:
    read, written = page(reader, shown("redaction"))
    assert "(?P" not in read
    assert "(?P&lt;hide&gt;" in written


def test_a_very_long_file_is_shown_from_its_beginning(world: World, client: Client) -> None:
    text = 'kind = "hours"\nid = "long"\nversion = "1"\nvalid_from = 2018-01-01\nsource = "ours"\n'
    text += 'windows = [{ from = "09:00", to = "12:00" }]\n' + "# 长\n" * 60_000
    made = read_bundle("hours", {"long.toml": text.encode()})
    assert isinstance(rule.load_bundle(world.ask(SYSTEM), made), Done)
    client.force_login(world.people["管理员"], BACKEND)
    read, written = page(client, made)
    assert "文件太长，这里只是开头" in read
    assert len(written) < 120_000
