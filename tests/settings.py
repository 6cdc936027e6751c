"""The product's own settings, in a home of the tests' own."""

from tests.support.home import use_test_home

# Before anything else: the settings read the home's secrets as they load.
use_test_home()

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.support.hashers.QuickArgon2", *PASSWORD_HASHERS]  # noqa: F405
