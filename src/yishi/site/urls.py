"""Addresses: all of them belong to the pages."""

from django.urls import include, path

urlpatterns = [path("", include("yishi.web.urls"))]

handler400 = "yishi.web.errors.bad_request"
handler404 = "yishi.web.errors.not_found"
handler500 = "yishi.web.errors.broken"
