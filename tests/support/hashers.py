"""How the tests hash passwords: as the product does, for next to nothing."""

from config.hashers import OneLaneArgon2


class QuickArgon2(OneLaneArgon2):
    """The product's hasher at the least that Argon2 takes: 8 KiB, one pass.

    A quarter of the time of the tests of pages went into signing in. Tests of what
    hashing costs take the product's own (`real_hashing`).
    """

    memory_cost = 8
    time_cost = 1
