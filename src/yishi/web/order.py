"""Supervisory orders: their forms stand on the case page."""

from django.urls import URLPattern

from yishi.web.case.act import addresses
from yishi.web.case.deeds import ORDER

urls: list[URLPattern] = addresses(ORDER)
