"""`yishi reindex`: an index of another version is noticed and made again."""

import pytest

from tests.acts.world import NOW, World
from yishi.acts import report
from yishi.acts.report import Words
from yishi.cli.reindex import refill
from yishi.jobs.doctor import look
from yishi.jobs.reindex import reindex, waiting
from yishi.records.index import forget
from yishi.records.models import SearchDoc


def seen() -> list[str]:
    return [checked.code for checked in look(NOW, []) if checked.code.startswith("index")]


def test_the_doctor_notices_and_reindex_mends(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        words = Words(f"第{number}盏路灯不亮", building=world.buildings["柳荫1栋"].uid)
        report.file(world.ask("王桂英"), words)
    assert (seen(), waiting()) == (["index"], 0)
    SearchDoc.objects.all().delete()
    assert (seen(), waiting()) == (["index_old"], 3)
    told: list[int] = []
    assert reindex(NOW, told.append) == 3
    assert (seen(), told) == (["index"], [3])
    forget()
    assert seen() == ["index_old"]
    refill()
    assert seen() == ["index"]
    refill()
    assert "查找索引是最新的" in capsys.readouterr().out
