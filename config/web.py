"""The settings of processes that answer the web: nothing of the database's owner.

They serve under the walls and migrate nothing. Whoever took one over would find no
password with which to take the walls down.
"""

from config import settings as _whole

_whole.DATABASES.pop("owner")
del _whole.SECRETS, _whole._connections

from config.settings import *  # noqa: E402, F403
