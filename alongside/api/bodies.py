"""Taking a long body from the network, in little memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from alongside.api.problems import (
    BodyProblem,
    LengthNeeded,
    TooLarge,
    WrongKindOfBody,
)

BLOCK_BYTES = 1 << 18
MEGABYTE = 1 << 20
CONTENT_TYPES = ("text/csv", "application/x-ndjson")


@contextmanager
def spooled_body(request: HttpRequest) -> Iterator[BinaryIO]:
    """The whole body as a file without a name, which ends with the block.

    Raises:
        BodyProblem: it is of another kind, too long, or not all of it came.
    """
    length = _check_head(request)
    with tempfile.TemporaryFile() as file:
        came = 0
        try:
            while block := request.read(BLOCK_BYTES):
                came += len(block)
                file.write(block)
        except UnreadablePostError as error:
            raise BodyProblem from error
        if came != length:
            raise BodyProblem
        file.seek(0)
        yield cast(BinaryIO, file)


def _check_head(request: HttpRequest) -> int:
    """The length the body is said to have, looked at before any of it is read."""
    if request.content_type not in CONTENT_TYPES:
        raise WrongKindOfBody(f"Send the body as {' or '.join(CONTENT_TYPES)}")
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()):
        raise LengthNeeded
    if int(length) > settings.FEED_MAX_BYTES:
        limit = settings.FEED_MAX_BYTES // MEGABYTE
        raise TooLarge(f"The body is larger than the limit of {limit} MB")
    return int(length)
