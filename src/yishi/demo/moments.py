"""When people do things: residents at any waking hour, offices on working days, desks by day."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from yishi.core.calendar import Calendar, CalendarMissing

DESK = (time(8, 30), time(20, 30))
OFFICE = (time(9, 5), time(17, 50))
AWAKE = (time(6, 40), time(22, 20))
SOON = timedelta(minutes=5)


class Moments:
    """Moments of one case, drawn from its own seeded source, never later than `now`."""

    def __init__(self, now: datetime, calendar: Calendar, seed: str) -> None:
        self.now = now.astimezone(calendar.zone)
        self.calendar = calendar
        self.draw = random.Random(seed)

    def filed(self, written: str) -> datetime:
        """The moment a story says it was filed. Raises ValueError for a form it does not know."""
        if written.endswith("m"):
            return self.now + timedelta(minutes=int(written[:-1]))
        if written.endswith("h"):
            return self.now + timedelta(hours=int(written[:-1]))
        days, _, clock = written.partition(" ")
        at = time.fromisoformat(clock)
        if days.endswith("w"):
            day = self.now.date()
            for _ in range(-int(days[:-1])):
                day -= timedelta(days=1)
                while not self.works(day):
                    day -= timedelta(days=1)
        else:
            day = self.now.date() + timedelta(days=int(days))
        return self._at(day, at)

    def after(
        self,
        moment: datetime,
        least: float,
        most: float,
        hours: "Callable[[datetime], datetime] | None" = None,
    ) -> datetime:
        """`least` to `most` hours after `moment`, moved into `hours`, and before now.

        What would lie ahead of us is drawn back between `moment` and now, so that the story
        reaches the state it was written for whatever day it is told on.
        """
        later = moment + timedelta(hours=self.draw.uniform(least, most))
        return self.before_now(moment, hours(later) if hours else later)

    def before_now(self, moment: datetime, later: datetime) -> datetime:
        """`later`, or where that is not past, a moment between `moment` and now."""
        if later <= self.now - SOON:
            return later
        return moment + (self.now - moment) * self.draw.uniform(0.25, 0.45)

    def desk(self, moment: datetime) -> datetime:
        """The next moment somebody sits at the desk: every day, by day."""
        return self._within(moment, DESK, lambda day: True)

    def awake(self, moment: datetime) -> datetime:
        """The next moment a resident looks at their phone."""
        return self._within(moment, AWAKE, lambda day: True)

    def office(self, moment: datetime) -> datetime:
        """The next moment an office works."""
        return self._within(moment, OFFICE, self.works)

    def works(self, day: date) -> bool:
        """Whether offices work on `day`; by the week where its calendar is not loaded."""
        try:
            return self.calendar.is_working(day)
        except CalendarMissing:
            return day.weekday() < 5

    def _within(
        self, moment: datetime, hours: tuple[time, time], open_on: Callable[[date], bool]
    ) -> datetime:
        local = moment.astimezone(self.calendar.zone)
        day, clock = local.date(), local.time()
        if open_on(day) and hours[0] <= clock <= hours[1]:
            return local
        if clock > hours[0] or not open_on(day):
            day += timedelta(days=1)
        while not open_on(day):
            day += timedelta(days=1)
        # A few matters at opening, the rest through the morning.
        return self._at(day, hours[0]) + timedelta(minutes=self.draw.randint(2, 150))

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.calendar.zone)
