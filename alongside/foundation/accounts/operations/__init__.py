"""Making accounts and tokens, recording who signs in, and telling people things."""

from alongside.foundation.accounts.operations.notices import mark_read, send_notice
from alongside.foundation.accounts.operations.setting_up import (
    NewAccount,
    PasswordTooShort,
    make_token,
    record_sign_in,
    record_sign_out,
    set_up_account,
)

__all__ = [
    "NewAccount",
    "PasswordTooShort",
    "make_token",
    "mark_read",
    "record_sign_in",
    "record_sign_out",
    "send_notice",
    "set_up_account",
]
