import logging
import sys

from config.logs import WordlessFormatter

QUOTED = "Key (surname)=(Nanda) already exists"
TYPED = "07700 900123"


def describe(error: Exception) -> str:
    try:
        raise error
    except Exception:  # noqa: BLE001 - as the log is given it
        record = logging.LogRecord(
            "alongside", logging.ERROR, __file__, 1, "Refused", None, sys.exc_info()
        )
    return WordlessFormatter("%(message)s").format(record)


def test_an_error_is_logged_by_kind_and_place() -> None:
    said = describe(ValueError(QUOTED))

    assert "ValueError" in said
    assert "test_logs.py" in said
    assert QUOTED not in said


def test_what_led_to_an_error_is_logged_without_words_too() -> None:
    try:
        int(TYPED)
    except ValueError as cause:
        error = LookupError(QUOTED)
        error.__cause__ = cause

    said = describe(error)

    assert "LookupError" in said
    assert "ValueError" in said
    assert TYPED not in said
    assert QUOTED not in said
