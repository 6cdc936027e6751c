"""How the API says no: a code for the machine and a sentence for the person."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.db import ProgrammingError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from alongside.care.intake.rules.examining import FileRefused
from alongside.care.linking.operations.arriving import RegisterBusy
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.organisations.queries import UnknownForce
from alongside.walls.refused import was_refused

View = Callable[..., HttpResponseBase]

NO_TOKEN = "Send a token that is live: Authorization: Bearer TOKEN"  # noqa: S105


class Problem(Schema):
    """Why a request was not done. `message` never repeats a personal value."""

    error: str
    message: str


class BodyProblem(DomainError):
    """The body cannot be taken, whatever it holds. Nothing was stored."""

    status = HTTPStatus.BAD_REQUEST
    code = "body_incomplete"
    user_message = "The body ended before its Content-Length: send it again"


class LengthNeeded(BodyProblem):
    status = HTTPStatus.LENGTH_REQUIRED
    code = "length_needed"
    user_message = "Say how long the body is: send Content-Length"


class TooLarge(BodyProblem):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too_large"


class WrongKindOfBody(BodyProblem):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "wrong_content_type"


class NotReceivedYet(DomainError):
    """The delivery has no rows to show: it waits, or was refused whole."""

    user_message = "This delivery has not been received: its state says how it stands"


STATUSES: tuple[tuple[type[DomainError], HTTPStatus, str], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND, "not_found"),
    (NotAllowed, HTTPStatus.FORBIDDEN, "not_allowed"),
    (FileRefused, HTTPStatus.UNPROCESSABLE_ENTITY, "file_refused"),
    (UnknownForce, HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_force"),
    (NotReceivedYet, HTTPStatus.CONFLICT, "not_received_yet"),
    (RegisterBusy, HTTPStatus.SERVICE_UNAVAILABLE, "try_again"),
    (DomainError, HTTPStatus.CONFLICT, "refused"),
)


def problem(status: int, code: str, message: str) -> HttpResponse:
    """An answer that says no."""
    return JsonResponse({"error": code, "message": message}, status=status)


def add_handlers(api: NinjaAPI) -> None:
    """Have every refusal, wherever it arises, answered in the same form."""
    api.add_exception_handler(DomainError, _refused)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(ProgrammingError, _refused_by_walls)
    api.add_exception_handler(ValidationError, _unreadable)


def _refused(
    request: HttpRequest, error: DomainError | type[DomainError]
) -> HttpResponse:
    if isinstance(error, BodyProblem):
        return problem(error.status, error.code, error.user_message)
    status, code = next(
        (status, code) for kind, status, code in STATUSES if isinstance(error, kind)
    )
    return problem(status, code, error.user_message)


def _refused_by_walls(
    request: HttpRequest, error: ProgrammingError | type[ProgrammingError]
) -> HttpResponse:
    if not was_refused(cast(ProgrammingError, error)):
        raise error
    return _refused(request, NotAllowed())


def _unknown(request: HttpRequest, error: object) -> HttpResponse:
    answer = problem(HTTPStatus.UNAUTHORIZED, "unknown_token", NO_TOKEN)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _unreadable(
    request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    given = error.errors if isinstance(error, ValidationError) else []
    faults = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in given]
    return problem(HTTPStatus.BAD_REQUEST, "bad_parameter", "; ".join(faults))


def in_words(view: View) -> View:
    """Answer a method that an address does not take in the form of all refusals."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        allowed = " or ".join(sorted(answer.headers["Allow"].split(", ")))
        refusal = problem(answer.status_code, "wrong_method", f"Use {allowed} here")
        refusal.headers["Allow"] = answer.headers["Allow"]
        return refusal

    return answered


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The answer at an address of the API that there is not."""
    return problem(HTTPStatus.NOT_FOUND, "not_found", "There is no such address")
