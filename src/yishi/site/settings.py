"""Django's settings, worked out from the few options in `options`.

Nothing here refuses: `checks.refusals` says in sentences what keeps an installation from
starting, so that an operator never meets a traceback.
"""

import os
from pathlib import Path

from yishi.site import sqlite

sqlite.use_bundled()  # before Django imports sqlite3

from environ import Env  # noqa: E402

from yishi.site import databases, logs, options  # noqa: E402
from yishi.site.keys import BadKey, parse_data_keys  # noqa: E402
from yishi.site.senders import senders  # noqa: E402
from yishi.site.signin import *  # noqa: E402, F403

PACKAGE = Path(__file__).resolve().parent.parent

env = Env()
if os.environ.get("YISHI_SETTINGS_FILE"):
    env.read_env(os.environ["YISHI_SETTINGS_FILE"], overwrite=False)

_given = options.given(env)
YISHI_EFFECTIVE = options.masked(_given)
YISHI_MODE = _given["YISHI_MODE"]
YISHI_DEMO = YISHI_MODE == options.Mode.DEMO
_production = YISHI_MODE not in (options.Mode.DEMO, options.Mode.TEST)


def _yes(name: str) -> bool:
    return _given[name].strip().lower() in Env.BOOLEAN_TRUE_STRINGS


YISHI_FAULTS: list[str] = []
"""Sentences about options that could not be read at all; `checks` reports them."""

YISHI_VAR = Path(_given["YISHI_VAR"]).absolute()
YISHI_FILES_DIR = YISHI_VAR / "files"
YISHI_KEYS_DIR = YISHI_VAR / "keys"
YISHI_LOG_DIR = YISHI_VAR / "log"
for _folder in (YISHI_FILES_DIR, YISHI_KEYS_DIR, YISHI_LOG_DIR):
    try:
        _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        YISHI_FAULTS.append(f"YISHI_VAR: the folder {_folder} cannot be made ({error.strerror}).")

YISHI_SENDERS, _faults = senders(_given)
YISHI_FAULTS += _faults
YISHI_CODES = _given["YISHI_CODES"]
if YISHI_CODES not in ("slip", "sms", "console"):
    YISHI_FAULTS.append(f"YISHI_CODES is {YISHI_CODES!r}; it must be slip, sms or console.")
if YISHI_CODES == "sms" and "sms" not in YISHI_SENDERS:
    YISHI_FAULTS.append("YISHI_CODES is sms, and YISHI_SMS names no gateway.")

YISHI_LOG_ORIGIN = _given["YISHI_LOG_ORIGIN"]

SECRET_KEY = _given["YISHI_SECRET_KEY"]
YISHI_DATA_KEYS: dict[str, bytes] = {}
try:
    YISHI_DATA_KEYS = parse_data_keys(_given["YISHI_DATA_KEY"])
except BadKey as error:
    YISHI_FAULTS.append(str(error))

YISHI_CLOCK_OFFSET_SECONDS = 0
try:
    YISHI_CLOCK_OFFSET_SECONDS = int(_given["YISHI_CLOCK_OFFSET_SECONDS"])
except ValueError:
    YISHI_FAULTS.append("YISHI_CLOCK_OFFSET_SECONDS must be a whole number of seconds.")

try:
    _database = databases.database(_given["YISHI_DATABASE_URL"], YISHI_VAR)
except ValueError as error:
    YISHI_FAULTS.append(str(error))
    _database = databases.database("", YISHI_VAR)
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = _yes("YISHI_DEBUG")
ALLOWED_HOSTS = [host.strip() for host in _given["YISHI_HOSTS"].split(",") if host.strip()]
_scheme = "https" if _yes("YISHI_HTTPS") else "http"
YISHI_ADDRESS = (
    _given["YISHI_ADDRESS"].rstrip("/") or f"{_scheme}://{(ALLOWED_HOSTS or ['localhost'])[0]}"
)

INSTALLED_APPS = [
    "yishi.site.apps.SiteConfig",
    "yishi.web",  # before allauth, so that its pages are ours
    "yishi.records",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_structlog",
    "axes",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
AUTH_USER_MODEL = "records.Person"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yishi.web.middleware.CookieMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yishi.web.middleware_idle.IdleMiddleware",
    "yishi.web.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "yishi.site.urls"
WSGI_APPLICATION = "yishi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yishi.web.context.shell",
            ],
        },
    },
]

# Limits on codes and sign-ins live in the cache, so every process must see the same one.
# `local` is for fragments that any process may work out again.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "yishi_cache",
        # Culling forgets limits; a row is small.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "yishi_language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _given["YISHI_TIME_ZONE"]

STATIC_URL = "static/"
STATIC_ROOT = YISHI_VAR / "static"
_plain_static = DEBUG or YISHI_MODE == options.Mode.TEST
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": YISHI_FILES_DIR},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if _plain_static
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = _plain_static
WHITENOISE_AUTOREFRESH = _plain_static
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

_https = _yes("YISHI_HTTPS")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "yishi.web.stale.stale_form"
LANGUAGE_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
# The two health pages answer a probe on the machine itself, which speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _yes("YISHI_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A photo from a phone is up to 20 MB; a form without files never needs 2.5 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = [
    "yishi.web.uploads_limit.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOG_LEVEL = _given["YISHI_LOG_LEVEL"].upper()
logs.configure()
LOGGING = logs.logging_settings(
    folder=None if YISHI_MODE == options.Mode.TEST or YISHI_FAULTS else YISHI_LOG_DIR,
    level=LOG_LEVEL,
    screen_level=LOG_LEVEL if _production else "ERROR",
)
