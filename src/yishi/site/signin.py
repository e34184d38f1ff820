"""Settings of signing in: allauth, lock-out, passwords, sessions."""

from datetime import timedelta

# A session remembers the door it came in by. Only the staff door (password, then a second
# factor) opens what an appointment allows; a phone alone makes anybody a resident.
STAFF_BACKEND = "django.contrib.auth.backends.ModelBackend"
RESIDENT_BACKEND = "yishi.web.account.door.ResidentDoor"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    STAFF_BACKEND,
    RESIDENT_BACKEND,
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"

# allauth gives time-based codes, passkeys, recovery codes, limits and the list of sessions. Its
# own pages are not mounted: ours name their act and speak our language.
ACCOUNT_ADAPTER = "yishi.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "yishi.web.account.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# An office clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# One forgotten password locks one person at one address, not a whole office behind one router.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
# The key under which Django's own back end, not our form, names the login.
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "yishi.web.account.door.address_of"
AXES_LOCKOUT_CALLABLE = "yishi.web.account.staff.locked_out"
AXES_VERBOSE = False

PASSWORD_HASHERS = ["yishi.site.hashers.ModestArgon2PasswordHasher"]

# 等保 level 3, application part: at least ten characters of mixed kinds.
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "yishi.site.passwords.MixedClassesValidator", "OPTIONS": {"classes": 3}},
]

# 等保 level 3: a staff password is changed every quarter.
PASSWORD_DAYS = 90

SESSION_COOKIE_NAME = "yishi_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A resident's phone stays signed in for two weeks; staff are signed out after
# STAFF_IDLE_SECONDS without a request.
SESSION_COOKIE_AGE = 14 * 24 * 3600
STAFF_IDLE_SECONDS = 30 * 60

CSRF_COOKIE_NAME = "yishi_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
