"""Django's sessions, kept so that whoever reads the table cannot use one.

The browser has the key; the table has its SHA-256. A copy of the database, or of a
backup, holds nobody's cookie.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import (
    CreateError,
    SessionBase,
    UpdateError,
)
from django.utils import timezone

from alongside.foundation.accounts import queries
from alongside.foundation.accounts.operations import sessions

DEVICE = "device"
STORE = "session store"  # who acts, for what is no person's doing


def hash_key(key: str | None) -> bytes:
    """What the table knows a session's key by."""
    return sha256((key or "").encode()).digest()


class SessionStore(SessionBase):
    """The engine that SESSION_ENGINE names."""

    def load(self) -> dict[str, Any]:
        """What the session holds; of one that is over or unknown, nothing."""
        kept = queries.find_session_data(
            sha256=hash_key(self.session_key), now=timezone.now()
        )
        if kept is None:
            self._session_key = None
            return {}
        return dict(self.decode(kept))

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of that key."""
        return queries.is_session(sha256=hash_key(session_key))

    def create(self) -> None:
        """Take a new key, which nobody has."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the session.

        Raises:
            CreateError: the new key is taken.
            UpdateError: the session was ended in another request meanwhile.
        """
        if self.session_key is None:
            return self.create()
        now = timezone.now()
        kept = self._kept(now, no_load=must_create)
        if must_create:
            if not sessions.add_session(actor=STORE, now=now, kept=kept):
                raise CreateError
        elif not sessions.change_session(actor=STORE, now=now, kept=kept):
            raise UpdateError

    def _kept(self, now: datetime, *, no_load: bool) -> sessions.KeptSession:
        data = self._get_session(no_load=no_load)  # type: ignore[attr-defined]
        user_id = data.get(SESSION_KEY)
        return sessions.KeptSession(
            sha256=hash_key(self.session_key),
            data=self.encode(data),
            user_id=int(user_id) if user_id else None,
            device=str(data.get(DEVICE, "")),
            expires_at=self.get_expiry_date(modification=now),
        )

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session."""
        key = session_key or self.session_key
        if key is not None:
            sessions.drop_session(actor=STORE, now=timezone.now(), sha256=hash_key(key))

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing to do: each new session clears away those that are over."""
