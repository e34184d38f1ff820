"""Two addresses for a probe: is the process up, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from yishi.records.heartbeat import is_alive
from yishi.records.wallclock import now
from yishi.web.gate import page

UNAVAILABLE = 503


@page("health.view")
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of the database."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@page("health.view")
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and a worker was heard of in the last five minutes; else 503."""
    database, worker = True, False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = is_alive(now())
    except DatabaseError:
        database = False
    found = {
        "database": "ok" if database else "no answer",
        "worker": "ok" if worker else "silent",
    }
    status = 200 if database and worker else UNAVAILABLE
    return JsonResponse(found, status=status, headers={"Cache-Control": "no-store"})


urls: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
