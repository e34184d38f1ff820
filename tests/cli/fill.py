"""Fills an empty installation with the small world, a handled matter and one just raised."""

import django

django.setup()

from tests.acts.test_whole_way import STARS, done, photo  # noqa: E402
from tests.acts.world import make_world  # noqa: E402
from yishi.acts import report  # noqa: E402
from yishi.acts.case import closing, handling, intake  # noqa: E402
from yishi.acts.report import Words  # noqa: E402
from yishi.jobs.prepare import prepare  # noqa: E402
from yishi.jobs.sequence import sequence  # noqa: E402
from yishi.records.models import Report  # noqa: E402

prepare()
world = make_world()
building = world.buildings["柳荫1栋"].uid
uid = done(report.file(world.ask("王桂英"), Words("井盖不见了", building=building))).uid
done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
done(handling.sign(world.ask("城管小孙"), uid))
done(handling.contact(world.ask("城管小孙"), uid, True, "已电话告知"))
done(handling.submit_result(world.ask("城管小孙"), uid, "已换", [photo()], "与水务无关"))
done(closing.check(world.ask("网格员小陈"), uid, True, "井盖完好"))
done(closing.answer(world.ask("城管小孙"), uid, "井盖已换好。"))
own = Report.objects.get()
done(report.rate(world.ask("王桂英"), own.uid, uid, True, "satisfied", STARS, "很快"))
sequence()
done(report.file(world.ask("李建国"), Words("路灯不亮", building=building)))
sequence()
