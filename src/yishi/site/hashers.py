"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ModestArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    Django's own choice takes 100 MiB and near half a second for each sign-in, which a small
    office machine cannot spend on twenty people at nine o'clock.
    Source: OWASP Password Storage Cheat Sheet, Argon2id minimum (19 MiB, t=2, p=1).
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
