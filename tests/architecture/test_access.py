"""Every page and route says who may use it, and every permission is of use."""

from django.urls import URLPattern, URLResolver, get_resolver, path

from alongside.api.access import REQUIRED_API
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Permission, Role
from alongside.web.access import FRESH, PUBLIC, REQUIRED, SIGNED_IN
from tests.architecture.house import sources

# What anybody may open: the way in and out, and whether a session still lives.
AGREED_PUBLIC = {
    f"alongside.web.accounts.views.{name}"
    for name in (
        *("signing_in.home", "signing_in.sign_in", "signing_in.choose"),
        *("signing_in.sign_out", "signing_in.still_here"),
        *("second_factor.second_factor", "setting_up.set_up"),
        *("setting_up.set_up_passkey", "outside.set_out", "outside.come_back"),
        *("invitation.invitation",),
    )
}
# The API has routes of its own, which test_api_access sees to.
API = ("ninja.", "alongside.api.")


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield f"{view.__module__}.{view.__qualname__}"


def undeclared(patterns):
    declared = REQUIRED.keys() | PUBLIC | SIGNED_IN
    return {v for v in views(patterns) if not v.startswith(API)} - declared


def test_every_page_says_who_may_open_it():
    assert undeclared(get_resolver("config.urls").url_patterns) == set()


def test_a_page_that_says_nothing_is_caught():
    def careless(request): ...

    found = undeclared([path("planted", careless)])
    assert any(name.endswith("careless") for name in found)


def test_the_public_pages_are_the_agreed_ones():
    assert PUBLIC == AGREED_PUBLIC
    assert not PUBLIC & REQUIRED.keys()
    assert not SIGNED_IN & (PUBLIC | REQUIRED.keys())


def test_a_fresh_factor_is_asked_of_who_has_signed_in():
    assert FRESH - REQUIRED.keys() - SIGNED_IN == set()


def unused(used, held):
    """Permissions that nothing asks for, or that no role holds."""
    return set(Permission) - (used & held)


def asked_for():
    """By pages, routes, operations and workflows."""
    texts = [path.read_text(encoding="utf-8") for path in sources("alongside")]
    named = {p for p in Permission if any(f"Permission.{p.name})" in t for t in texts)}
    return {*REQUIRED.values(), *REQUIRED_API.values(), *named}


def held():
    return set().union(*ROLE_PERMISSIONS.values())


def test_every_permission_is_asked_for_and_held():
    assert unused(asked_for(), held()) == set()


def test_a_permission_nobody_asks_for_or_holds_is_caught():
    asked, held_by_all = asked_for(), held()
    some = Permission.CASE_VIEW
    assert unused(asked - {some}, held_by_all) == {some}
    assert unused(asked, held_by_all - {some}) == {some}


def test_every_role_has_its_permissions():
    assert ROLE_PERMISSIONS.keys() == set(Role)
    counts = {Permission.NOTICE_VIEW, Permission.COUNTS_VIEW}
    assert ROLE_PERMISSIONS[Role.COMMISSIONER] == counts
    assert ROLE_PERMISSIONS[Role.PANEL_MEMBER] == {Permission.NOTICE_VIEW}
