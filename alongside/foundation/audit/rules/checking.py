"""Whether entries are what was sealed. Entries and seals come in, words go out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct

from alongside.foundation.audit.rules.sealing import (
    FIRST_CHAIN,
    PublicKeys,
    count_foreign,
    is_signed,
    next_chain,
)
from alongside.foundation.audit.types import Damage, Place, Seal

# PostgreSQL's binary form of a row: how many fields, then of each its type, its
# length and itself. Ours begin with id, era, transaction and when it was written.
HEAD = Struct(">12xq8xi8xQ8xq")
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Checker:
    """Goes through the trail in order, and keeps what it found.

    `before` is the seal that the first one given must follow; None to begin at the
    beginning.
    """

    keys: PublicKeys
    before: Seal | None = None
    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    damage: list[Damage] = field(default_factory=list)
    warnings: list[Damage] = field(default_factory=list)

    def check(self, entries: Iterable[bytes], seals: Sequence[Seal]) -> Iterator[int]:
        """Check the next stretches; yields how many entries are done, now and then.

        `entries` are all there are after the seal before and up to the last of `seals`.
        """
        coming = iter(entries)
        entry = next(coming, None)
        for seal in seals:
            digest, rows, place = sha256(), 0, seal.place
            while entry is not None and _place(entry) <= place:
                digest.update(entry)
                rows += 1
                entry = next(coming, None)
            self.entries += rows
            self._judge(seal, digest.digest(), rows)
            self.before = seal
            self.seals += 1
            yield self.entries

    def count_rest(self, entries: Iterable[bytes]) -> None:
        """Count the entries after the last seal."""
        for entry in entries:
            *_, written = HEAD.unpack_from(entry)
            moment = POSTGRES_EPOCH + timedelta(microseconds=written)
            self.oldest_unsealed = min(self.oldest_unsealed or moment, moment)
            self.unsealed += 1

    def _judge(self, seal: Seal, digest: bytes, rows: int) -> None:
        number = self.before.n + 1 if self.before else 1
        chain = self.before.chain if self.before else FIRST_CHAIN
        if seal.n != number:
            self._add(seal, _words_of_gap(number, seal))
        elif next_chain(chain, digest) != seal.chain:
            self._add(seal, _words_of_change(seal, rows))
        if not is_signed(seal, self.keys):
            self._add(
                seal,
                f"Seal {seal.n:,} is not signed by a key of ours, so nothing vouches"
                f" for {words_of_range(seal)}",
            )
        elif foreign := count_foreign(seal, self.keys):
            words = f"Seal {seal.n:,} carries {foreign} signature(s) not by our keys"
            self.warnings.append(Damage(words=words, seal=seal.n))

    def _add(self, seal: Seal, words: str) -> None:
        self.damage.append(Damage(words=words, seal=seal.n))


def words_of_range(seal: Seal) -> str:
    """The entries under a seal, as one says it."""
    return (
        f"entries {seal.first_id:,} to {seal.last_id:,}, written between "
        f"{words_of_moment(seal.first_at)} and {words_of_moment(seal.last_at)}"
    )


def words_of_moment(moment: datetime) -> str:
    """A moment to the second, as one says it."""
    return f"{moment.astimezone(UTC):%-d %B %Y %H:%M:%S} UTC"


def _words_of_change(seal: Seal, rows: int) -> str:
    between = words_of_range(seal)
    if rows < seal.rows:
        return f"{seal.rows - rows:,} missing of {between}"
    if rows > seal.rows:
        return f"{rows - seal.rows:,} put in later among {between}"
    return f"At least one was changed of {between}; or the seal before them was"


def _words_of_gap(number: int, seal: Seal) -> str:
    gone = f"Seal {number:,} is" if number == seal.n - 1 else ""
    gone = gone or f"Seals {number:,} to {seal.n - 1:,} are"
    return (
        f"{gone} missing: nothing vouches for what came before {words_of_range(seal)}"
    )


def _place(entry: bytes) -> Place:
    number, era, xid, _ = HEAD.unpack_from(entry)
    return era, xid, number
