"""The second factor of the demonstration's accounts, as a test gives it."""

from django.utils import timezone

from alongside.demo.area import read_practice_secret
from alongside.foundation.accounts.models import SecondFactor
from alongside.foundation.accounts.rules import app_codes

PAGE = "/sign-in/second-factor"


def fresh_code(email: str) -> str:
    """The code an account's app shows now, whether or not a test has used it."""
    factors = SecondFactor.objects.filter(user__email=email.strip().lower())
    factors.update(last_step=0)
    secret = app_codes.read_secret(read_practice_secret())
    return app_codes.code_of(secret, app_codes.step_at(timezone.now()))
