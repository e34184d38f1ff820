"""The line to a higher system: who is on it, orders by sheet, answers that go back."""

from django.urls import URLPattern

from yishi.web.outside import line, sheet, system

urls: list[URLPattern] = [*system.urls, *sheet.urls, *line.urls]
