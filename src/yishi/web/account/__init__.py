"""Signing in and one's own account, a file a door."""

from yishi.web.account import desk, erase, factors, own, resident, roles, staff, told

urls = [
    *resident.urls,
    *staff.urls,
    *own.urls,
    *factors.urls,
    *desk.urls,
    *roles.urls,
    *told.urls,
    *erase.urls,
]
