"""Making accounts and tokens, signing in, and telling people things."""

from alongside.foundation.accounts.operations.administration import (
    AlreadyThere,
    NewRole,
    add_membership,
    end_account,
    end_machine_token,
    end_membership,
    give_machine_token,
    invite,
    make_account,
    start_again,
)
from alongside.foundation.accounts.operations.invitations import (
    set_up_invitation,
    use_invitation,
)
from alongside.foundation.accounts.operations.notices import mark_read, send_notice
from alongside.foundation.accounts.operations.outside import join_outside
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
    "AlreadyThere",
    "LastFactor",
    "NewAccount",
    "NewRole",
    "WrongCode",
    "WrongPassword",
    "add_app",
    "add_membership",
    "add_passkey",
    "change_password",
    "count_try",
    "end_account",
    "end_machine_token",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "forget_tries",
    "give_app_code",
    "give_machine_token",
    "give_recovery_code",
    "invite",
    "join_outside",
    "make_account",
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
    "set_up_invitation",
    "start_again",
    "use_invitation",
]
