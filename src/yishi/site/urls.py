"""Addresses: the pages, and the signed interface of other systems."""

from django.urls import include, path

from yishi.api import outside

urlpatterns = [path("", include("yishi.web.urls")), *outside.urls]

handler400 = "yishi.web.errors.bad_request"
handler404 = "yishi.web.errors.not_found"
handler500 = "yishi.web.errors.broken"
