"""Whose wish it is: named where its author wishes it, no longer; its photo tells nothing else."""

import io
import json

import pytest
from django.test import Client
from PIL import Image

from tests.acts.hall import DESK, SECRETARY
from tests.acts.world import World
from tests.web.test_round import NEIGHBOUR, RESIDENT, Town
from yishi.records.files import file_path
from yishi.records.models import Entry, Proposal, ProposalPhoto


@pytest.fixture
def town(world: World, monkeypatch: pytest.MonkeyPatch) -> Town:
    return Town(world, monkeypatch)


def test_an_author_is_named_where_they_tick_it_and_takes_it_back(town: Town) -> None:
    form = town.desk.get(RESIDENT, f"/rounds/{town.uid}/propose")
    assert "写上我的名字" in form and "只显示“王某”" in form
    town.wished(shows_name="on")
    page = f"/proposals/{Proposal.objects.get().uid}"
    public = Client().get(page).content.decode()
    assert "王桂英" in public and "不再写我的名字" not in public
    for entry in Entry.objects.filter(subject_kind="proposal"):
        assert "王桂英" not in json.dumps(entry.params, ensure_ascii=False)
        assert "王桂英" not in bytes(entry.leaf).decode()
    own = town.desk.get(RESIDENT, page)
    assert "不再写我的名字" in own and "人人看得到您的名字" in own
    town.desk.get(RESIDENT, f"{page}/unname")
    assert town.send(RESIDENT, f"{page}/unname")["Location"] == page
    public = Client().get(page).content.decode()
    assert "王桂英" not in public and "王某" in public
    assert town.send(NEIGHBOUR, f"{page}/name").status_code == 403
    assert town.send(DESK, f"{page}/name").status_code == 403
    assert town.send(RESIDENT, f"{page}/name")["Location"] == page
    assert "王桂英" in Client().get(page).content.decode()


def test_nobody_is_named_who_did_not_ask_for_it(town: Town) -> None:
    town.wished(DESK, name="张建军", shows_name="on")
    uid = Proposal.objects.get().uid
    assert "张建军" not in Client().get(f"/proposals/{uid}").content.decode()


def test_who_screens_reads_at_the_field_that_everybody_reads_it(town: Town) -> None:
    town.wished()
    town.to("screen")
    uid = Proposal.objects.get().uid
    form = town.desk.get(SECRETARY, f"/proposals/{uid}/pass")
    assert form.count("人人可看") + form.count("人人看得到") >= 2
    fields = {
        "planned": "no",
        "checked": "查过街道计划",
        "title": "门口路灯",
        "words": "装一盏路灯",
        "kind": "works",
        "answer": "有事打13800138000",
        "version": Proposal.objects.get().version,
    }
    answer = town.send(SECRETARY, f"/proposals/{uid}/pass", **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "能认出人、联系到人的信息" in page and "有事打13800138000" in page
    assert 'id="pass_answer_error"' in page
    assert Proposal.objects.get().state == "filed"


def test_a_photo_of_a_wish_keeps_no_place_and_no_device(town: Town) -> None:
    sent, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x8825] = "Huawei", {2: (30.0, 15.0, 1.0)}
    Image.new("RGB", (40, 30), "red").save(sent, "JPEG", exif=exif)
    sent.seek(0)
    sent.name = "p.jpg"
    assert b"Huawei" in sent.getvalue()
    town.wished(photos=sent)
    kept = file_path(ProposalPhoto.objects.get().file.sha256).read_bytes()
    assert b"Huawei" not in kept and b"Exif" not in kept
