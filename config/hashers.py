"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OneLaneArgon2(Argon2PasswordHasher):
    """Argon2id in one lane: a sign-in takes one core for a moment, not all of them.

    64 MiB and two passes, above what OWASP's Password Storage Cheat Sheet asks for
    (46 MiB and one); docs/adr says what it costs.
    """

    memory_cost = 65_536  # KiB
    time_cost = 2
    parallelism = 1
