from django.urls import path

from alongside.web.accounts.views import (
    administration,
    invitation,
    mine,
    outside,
    second_factor,
    setting_up,
    signing_in,
    tokens,
)

app_name = "accounts"
_ways_in = [
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-in/second-factor", second_factor.second_factor, name="second_factor"),
    path("sign-in/set-up", setting_up.set_up, name="set_up"),
    path("sign-in/set-up/passkey", setting_up.set_up_passkey, name="set_up_passkey"),
    path("sign-in/with/<slug:key>", outside.set_out, name="set_out"),
    path("sign-in/with/<slug:key>/back", outside.come_back, name="come_back"),
    path("sign-in/acting-for", signing_in.choose, name="choose"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("still-here", signing_in.still_here, name="still_here"),
    path("confirm", second_factor.confirm, name="confirm"),
    path("invitation/<str:secret>", invitation.invitation, name="invitation"),
]
_own = [
    path("account", mine.account, name="account"),
    path("account/password", mine.change_password, name="change_password"),
    path("account/app", mine.add_app, name="add_app"),
    path("account/passkey", mine.add_passkey, name="add_passkey"),
    path(
        "account/second-factors/<uuid:factor_id>/remove",
        mine.remove_factor,
        name="remove_factor",
    ),
    path("account/recovery-codes", mine.recovery_codes, name="recovery_codes"),
    path(
        "account/sessions/<uuid:session_id>/end", mine.end_session, name="end_session"
    ),
    path(
        "account/sessions/end-others",
        mine.end_other_sessions,
        name="end_other_sessions",
    ),
]
_everybodys = [
    path("accounts", administration.accounts, name="accounts"),
    path("accounts/new", administration.new_account, name="new"),
    path("accounts/<uuid:account_id>", administration.account, name="one"),
    path(
        "accounts/<uuid:account_id>/roles/add",
        administration.add_role,
        name="add_role",
    ),
    path(
        "accounts/<uuid:account_id>/roles/<int:membership_id>/end",
        administration.end_role,
        name="end_role",
    ),
    path("accounts/<uuid:account_id>/end", administration.end_account, name="end"),
    path("accounts/<uuid:account_id>/invite", administration.invite, name="invite"),
    path(
        "accounts/<uuid:account_id>/start-again",
        administration.start_again,
        name="start_again",
    ),
    path("machines", tokens.tokens, name="tokens"),
    path("machines/new", tokens.new_token, name="new_token"),
    path("machines/<uuid:token_id>/end", tokens.end_token, name="end_token"),
]
urlpatterns = [*_ways_in, *_own, *_everybodys]
