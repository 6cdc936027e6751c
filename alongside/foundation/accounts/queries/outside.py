"""Who comes from outside: with a link, or from an agency's identity provider."""

from datetime import datetime

from alongside.foundation.accounts.models import Invitation, OutsideIdentity, User
from alongside.foundation.accounts.rules.links import hash_link


def find_invited(*, secret: str, now: datetime) -> str | None:
    """The e-mail address of whoever the live link is for; None for any other link."""
    rows = Invitation.objects.filter(
        sha256=hash_link(secret), used_at=None, until__gt=now, user__is_active=True
    )
    return rows.values_list("user__email", flat=True).first()


def find_outside(*, provider: str, subject: str, email: str) -> int | None:
    """The account of whoever the provider vouches for; None where there is none.

    From the first time on the provider's own name for them decides. The e-mail
    address finds the account once, and never one that the provider knows by another
    name: addresses are given to new people.
    """
    known = OutsideIdentity.objects.filter(provider=provider, subject=subject)
    found = known.filter(user__is_active=True).values_list("user_id", flat=True).first()
    if found is not None or known.exists():
        return found
    rows = User.objects.filter(email=email, is_active=True)
    taken = OutsideIdentity.objects.filter(provider=provider).values("user_id")
    return rows.exclude(pk__in=taken).values_list("pk", flat=True).first()
