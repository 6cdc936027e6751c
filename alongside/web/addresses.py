"""Where a request comes from, and where it may be sent on to."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def network_address(request: HttpRequest) -> str:
    """The address of whoever asks, as the nearest machine we trust saw it.

    `settings.PROXIES` is how many of our own proxies stand before us; what anybody
    else wrote into the header is not believed.
    """
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return seen[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to a page of this site and nowhere else."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(
        address,
        allowed_hosts={request.get_host()},
        require_https=request.is_secure(),
    )
