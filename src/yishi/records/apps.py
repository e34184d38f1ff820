"""The one Django app: what is remembered. It decides nothing."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The tables of Yishi."""

    name = "yishi.records"
    label = "records"
