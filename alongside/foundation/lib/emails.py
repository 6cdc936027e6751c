"""E-mail addresses as text."""

import re

# Not the whole grammar of RFC 5322: what people have, in any alphabet.
SHAPE = re.compile(r"""[^@\s,;:<>()"\\]+@[^@\s,;:<>()"\\.]+(?:\.[^@\s,;:<>()"\\.]+)+""")
LONGEST = 254  # RFC 5321 section 4.5.3.1.3, less its angle brackets


def read_email(text: str) -> str | None:
    """The address in lower case, or None when nothing could be sent to it."""
    address = text.lower()
    if len(address) > LONGEST or SHAPE.fullmatch(address) is None:
        return None
    return address
