"""Making accounts and tokens, signing in, and telling people things."""

from alongside.foundation.accounts.operations.notices import mark_read, send_notice
from alongside.foundation.accounts.operations.passwords import (
    WrongPassword,
    change_password,
)
from alongside.foundation.accounts.operations.second_factors import (
    LastFactor,
    WrongCode,
    add_app,
    add_passkey,
    give_app_code,
    give_recovery_code,
    make_recovery_codes,
    note_passkey,
    remove_factor,
)
from alongside.foundation.accounts.operations.sessions import (
    end_other_sessions,
    end_session,
)
from alongside.foundation.accounts.operations.setting_up import (
    NewAccount,
    make_token,
    set_up_account,
    set_up_apps,
)
from alongside.foundation.accounts.operations.signing_in import (
    record_failure,
    record_sign_in,
    record_sign_out,
    record_throttled,
)
from alongside.foundation.accounts.operations.tries import count_try, forget_tries

__all__ = [
    "LastFactor",
    "NewAccount",
    "WrongCode",
    "WrongPassword",
    "add_app",
    "add_passkey",
    "change_password",
    "count_try",
    "end_other_sessions",
    "end_session",
    "forget_tries",
    "give_app_code",
    "give_recovery_code",
    "make_recovery_codes",
    "make_token",
    "mark_read",
    "note_passkey",
    "record_failure",
    "record_sign_in",
    "record_sign_out",
    "record_throttled",
    "remove_factor",
    "send_notice",
    "set_up_account",
    "set_up_apps",
]
