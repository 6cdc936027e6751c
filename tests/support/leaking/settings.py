"""The product's settings with forgetful pages; for the control, with no walls.

How connections are kept is said by the product's own variables.
"""

import json
import os
from typing import Any

from config.settings import *  # noqa: F403
from config.settings import DATABASES

ROOT_URLCONF = "tests.support.leaking.urls"
MIDDLEWARE = [
    "alongside.web.middleware.RequestTime",
    "tests.support.leaking.urls.by_token",
]

if "LEAK_DATABASE" in os.environ:
    _default: dict[str, Any] = DATABASES["default"]
    _default |= json.loads(os.environ["LEAK_DATABASE"])
