"""What the page of notices shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from alongside.foundation.accounts.queries import NoticeLine
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import Pager
from alongside.web.words import say_moment

NOTHING = EmptyState(
    heading="Nothing has been sent to you",
    text="You are told here when somebody opens a case in an emergency, when a case"
    " leaves you, and when something waits for your decision.",
)
# Where what a notice is about is looked at: the page, whether it takes the notice's
# own id, and who may open it. A page still asks the walls.
SUBJECTS: dict[str, tuple[str, bool, Permission]] = {
    "case": ("casework:case", True, Permission.CASE_VIEW),
    "share": ("provider:shared", True, Permission.SHARE_VIEW),
    "agreement": ("agreements:agreement", True, Permission.AGREEMENT_VIEW),
    "emergency": ("emergency:review", True, Permission.EMERGENCY_REVIEW),
    "information_request": (
        "information_requests:show",
        True,
        Permission.INFORMATION_REQUEST_WORK,
    ),
    "conflict": ("conflicts:lift", True, Permission.CONFLICT_GOVERN),
    "promises": ("owed:escalated", False, Permission.WORK_VIEW),
    "we_owe": ("owed:force", False, Permission.OWED_FORCE),
    "apart": ("conflicts:lift_apart", True, Permission.CONFLICT_GOVERN),
}


@dataclass(frozen=True, kw_only=True)
class NoticeItem:
    """One notice as it is drawn. `name` is what marking it sends."""

    name: str
    kind: str
    words: str
    when: str
    is_read: bool
    link: Link | None


@dataclass(frozen=True, kw_only=True)
class NoticesPage:
    """The notices of one page, the unread first. `unread` are their names."""

    title: str
    items: tuple[NoticeItem, ...]
    unread: tuple[str, ...]
    empty: EmptyState
    pager: Pager | None


def notices(
    lines: Sequence[NoticeLine], *, actor: Actor, start: int, size: int
) -> NoticesPage:
    """The page; `lines` holds one more than is shown where there are more."""
    items = tuple(_item(line, actor) for line in lines[:size])
    return NoticesPage(
        title="Notices",
        items=items,
        unread=tuple(item.name for item in items if not item.is_read),
        empty=NOTHING,
        pager=_pager(start, size, len(lines)),
    )


def _item(line: NoticeLine, actor: Actor) -> NoticeItem:
    when = say_moment(line.at)
    return NoticeItem(
        name=str(line.public_id),
        kind=line.kind.label,
        words=line.words,
        when=when,
        is_read=line.is_read,
        link=_link(line, actor, when),
    )


def _link(line: NoticeLine, actor: Actor, when: str) -> Link | None:
    if line.subject_kind not in SUBJECTS:
        return None
    route, takes_id, permission = SUBJECTS[line.subject_kind]
    if not actor.has(permission) or takes_id and line.subject_id is None:
        return None
    href = reverse(route, args=[line.subject_id] if takes_id else [])
    return Link(text="Look at it", href=href, about=f"{line.kind.label}, {when}")


def _pager(start: int, size: int, found: int) -> Pager | None:
    if not start and found <= size:
        return None
    return Pager(
        shown=f"From {start + 1:,}",
        previous=f"?start={max(start - size, 0)}" if start else "",
        next=f"?start={start + size}" if found > size else "",
    )
