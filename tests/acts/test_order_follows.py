"""A supervisory order outlives the unit it was written to: whoever leads the case answers it."""

from tests.acts.test_whole_way import done
from tests.acts.world import World
from yishi.acts import order, report
from yishi.acts.case import handling, intake, returning
from yishi.acts.report import Words
from yishi.core.refusal import Refusal
from yishi.records.models import Case, Clock, Order


def test_an_order_follows_the_case_to_its_next_lead(world: World) -> None:
    water = world.duty("路面冒水", "区水务公司")
    building = world.buildings["柳荫1栋"].uid
    uid = done(report.file(world.ask("王桂英"), Words("路面冒水", building=building))).uid
    done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
    done(order.issue(world.ask("督查员老冯"), uid, "请两日内回复"))
    asked = returning.ask_return(world.ask("城管小孙"), uid, "是水管漏水", "清单：路面冒水")
    done(asked)
    request = Case.objects.get(uid=uid).requests.get()
    accepted = returning.decide_return(world.ask("分拨员老赵"), uid, request.uid, "accepted")
    done(accepted)
    assert Clock.objects.get(case__uid=uid, kind="order").state == "running"
    done(intake.dispatch(world.ask("分拨员老赵"), uid, water.uid))
    done(handling.sign(world.ask("水务小吴"), uid))
    row = Order.objects.get()
    gone = order.answer(world.ask("城管小孙"), uid, row.uid, "不归我们了")
    assert isinstance(gone, Refusal)
    done(order.answer(world.ask("水务小吴"), uid, row.uid, "今天下午关阀抢修"))
    assert Clock.objects.get(case__uid=uid, kind="order").state == "done"
