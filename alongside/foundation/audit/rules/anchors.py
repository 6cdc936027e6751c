"""Anchors: seals as they were noted outside the database, one JSON line each."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from alongside.foundation.audit.rules.checking import words_of_moment, words_of_range
from alongside.foundation.audit.rules.sealing import PublicKeys, is_signed
from alongside.foundation.audit.types import Anchor, Damage, Seal

TIMES = ("first_at", "last_at", "sealed_at")


def write_anchor(anchor: Anchor) -> str:
    """The anchor as one line."""
    fields: dict[str, Any] = asdict(anchor.seal)
    fields |= {name: fields[name].isoformat() for name in TIMES}
    fields["chain"] = anchor.seal.chain.hex()
    fields["signatures"] = [[k, mark.hex()] for k, mark in anchor.seal.signatures]
    around = {"anchored_at": anchor.anchored_at.isoformat()}
    if anchor.restored:
        around["restored"] = anchor.restored
    return json.dumps({**around, **fields})


def read_anchor(line: str) -> Anchor:
    """What a line says.

    Raises:
        ValueError: it is not an anchor.
    """
    try:
        fields = json.loads(line)
        anchored_at = datetime.fromisoformat(fields.pop("anchored_at"))
        restored = str(fields.pop("restored", ""))
        fields |= {name: datetime.fromisoformat(fields[name]) for name in TIMES}
        fields["chain"] = bytes.fromhex(fields["chain"])
        fields["signatures"] = tuple(
            (name, bytes.fromhex(mark)) for name, mark in fields["signatures"]
        )
        seal = Seal(**fields)
        return Anchor(seal=seal, anchored_at=anchored_at, restored=restored)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError("not an anchor") from error


def is_behind(newest: Seal | None, anchored: Seal) -> bool:
    """Whether the trail ends before, or otherwise than, what was anchored.

    `newest` is the seal of the anchored one's number, or the last there is.
    """
    return newest is None or newest.n < anchored.n or newest.chain != anchored.chain


def still_count(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors whose seals no later restoring has undone."""
    counting: list[Anchor] = []
    for anchor in anchors:
        if anchor.restored:
            counting = [one for one in counting if one.seal.n < anchor.seal.n]
        counting.append(anchor)
    return counting


def list_restorings(anchors: Iterable[Anchor]) -> list[Damage]:
    """Each time the trail went on from an earlier seal, and why, to be looked at."""
    return [
        Damage(
            words=f"On {words_of_moment(one.anchored_at)} the trail went on from seal"
            f" {one.seal.n:,} after a restore: {one.restored}",
            seal=one.seal.n,
        )
        for one in anchors
        if one.restored
    ]


def check_anchors(
    anchors: Iterable[Anchor],
    found: dict[int, Seal],
    *,
    newest: int,
    keys: PublicKeys,
) -> list[Damage]:
    """What the anchors say against the trail. `found` are the trail's seals by number;
    `newest` is the last of them."""
    damage = []
    for anchor in anchors:
        seal = anchor.seal
        noted = f"the anchor of {words_of_moment(anchor.anchored_at)}"
        kept = found.get(seal.n)
        if not is_signed(seal, keys):
            words = f"{noted[0].upper()}{noted[1:]} is not signed by a key of ours"
        elif seal.n > newest:
            words = (
                f"Seals up to {seal.n:,} are in {noted}, and the trail ends with seal"
                f" {newest:,}: its end was taken away, up to {words_of_range(seal)}"
            )
        elif kept is not None and kept.chain != seal.chain:
            words = (
                f"Seal {seal.n:,} is not the one in {noted}: the trail was written"
                f" anew up to {words_of_range(seal)}"
            )
        else:
            continue
        damage.append(Damage(words=words, seal=seal.n))
    return damage
