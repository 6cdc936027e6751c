"""The file of keys, doing what a key service does."""

import hmac
from collections.abc import Callable

from alongside.foundation.gateways.key_ring import AreaKeys, KeyRing
from alongside.foundation.lib.sealing import DataKey, Sealer
from alongside.foundation.vault.rules.envelope import KeyMissing

# Enough to find by, too short to prove a guess.
TOKEN_BYTES = 8


class AreaWithoutKeys(KeyMissing):
    """The file of keys knows nothing of the area."""

    user_message = "This area has no keys yet: the system administrator can make them"


class RingKeys:
    """Wraps, unwraps and makes tokens with the keys of a ring.

    `read` gives the ring as it is now, so that a rotation is noticed at once; ciphers
    are kept for as long as it gives the same one.
    """

    def __init__(self, read: Callable[[], KeyRing]) -> None:
        self._read = read
        self._of: tuple[KeyRing | None, dict[str, Sealer]] = (None, {})

    def current(self, area_code: str) -> str:
        """The name of the key that wraps new keys of persons in the area.

        Raises:
            AreaWithoutKeys: the area has none.
        """
        return self._area(area_code).wrapping[-1].name

    def wrap(self, name: str, data: bytes, *, label: bytes) -> bytes:
        """Encrypt a person's key under the named key, bound to the label.

        Raises:
            KeyMissing: there is no key of that name.
        """
        return self._sealer(name).seal(data, label=label)

    def unwrap(self, name: str, wrapped: bytes, *, label: bytes) -> bytes:
        """The person's key again.

        Raises:
            KeyMissing: there is no key of that name.
            Tampered: the key or its label is not what was wrapped.
        """
        return self._sealer(name).open(wrapped, label=label)

    def index_names(self, area_code: str) -> tuple[str, ...]:
        """The area's index keys, the current one first.

        Raises:
            AreaWithoutKeys: the area has none.
        """
        return tuple(key.name for key in reversed(self._area(area_code).index))

    def index_token(self, name: str, *, field: str, text: str) -> bytes:
        """A short token for a value of a field: a key of its own for each field.

        Raises:
            KeyMissing: there is no key of that name.
        """
        of_field = hmac.digest(self._key(name), b"index|v1|" + field.encode(), "sha256")
        return hmac.digest(of_field, text.encode(), "sha256")[:TOKEN_BYTES]

    def _area(self, code: str) -> AreaKeys:
        keys = self._read().areas.get(code)
        if keys is None or not keys.wrapping or not keys.index:
            raise AreaWithoutKeys
        return keys

    def _sealer(self, name: str) -> Sealer:
        ring = self._read()
        if self._of[0] is not ring:
            self._of = (ring, {})
        sealers = self._of[1]
        if name not in sealers:
            sealers[name] = Sealer(DataKey(self._key(name)))
        return sealers[name]

    def _key(self, name: str) -> bytes:
        for area in self._read().areas.values():
            for key in (*area.wrapping, *area.index):
                if key.name == name:
                    return key.key
        raise KeyMissing
