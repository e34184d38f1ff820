"""Mine to do: the first screen of each role, and registering what somebody says on the spot."""

from django.urls import URLPattern, path

from yishi.web.work import filing, first, outbox

urls: list[URLPattern] = [
    path("work", first.view, name="work"),
    path("work/file", filing.file_for, name="file_for"),
    path("work/on-spot", filing.on_spot, name="on_spot"),
    path("outbox", outbox.mine, name="outbox"),
    path("offline/<str:kind>", outbox.shell, name="offline"),
    path("sw.js", outbox.worker, name="worker"),
]
