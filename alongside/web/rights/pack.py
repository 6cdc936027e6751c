"""Going through a subject access pack, passage by passage, and fetching it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.information_rights.operations import packs
from alongside.care.information_rights.tables import BLACKOUTS
from alongside.care.information_rights.types import Blackout, Decision
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError
from alongside.web.access import fresh, requires
from alongside.web.refusals import note_refused_act
from alongside.web.requests import AppRequest
from alongside.web.rights import forms
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.web.words import say_count, say_moment
from alongside.workflows import subject_access
from alongside.workflows.access_pack.passages import Passage
from alongside.workflows.subject_access import PackView

LOOKS = "<!--looks-->"
# The copy is a file on the person's own machine: it fetches nothing, so that it has
# its looks in itself. No page of the site does.
SHEET = (
    "<style>body { font-family: sans-serif; line-height: 1.5; max-width: 45rem;"
    " margin: 2rem auto; padding: 0 1rem; color: #0b0c0c; }"
    " h1, h2 { line-height: 1.2; }"
    " table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }"
    " th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem;"
    " border-bottom: 1px solid #b1b4b6; overflow-wrap: anywhere; }"
    " th { width: 35%; } small { color: #505a5f; }"
    " @media print { h2 { break-after: avoid; } table { break-inside: avoid; } }"
    "</style>"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One passage in the list: what was decided, and where to decide."""

    label: str
    text: str
    leaving: str
    state: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One kind of thing that is held."""

    heading: str
    entries: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PackPage:
    """A pack as it stands, and what is to be done next."""

    title: str
    back: str
    to_decide: str
    next: str
    parts: tuple[Part, ...]
    reviewed: str
    checked: str
    step: str
    step_words: str
    trail: str


def _pack(request: AppRequest, request_id: UUID) -> PackView:
    return subject_access.read_pack(
        actor=request.actor, now=request.now, request_id=request_id
    )


@requires(Permission.RIGHTS_WORK)
@require_safe
@fresh()
def show(request: AppRequest, request_id: UUID) -> HttpResponse:
    """The pack as it stands."""
    view = _pack(request, request_id)
    page = _page(view, request.actor)
    return render(request, "rights/pack.html", {"page": page})


def _page(view: PackView, actor: Actor) -> PackPage:
    line = view.request
    undecided = view.undecided
    step, words = _step(view, actor)
    return PackPage(
        title="Go through the copy",
        back=reverse("rights:request", args=[line.request_id]),
        to_decide=say_count(len(undecided), "passage") + " still to decide",
        next=_address(view, undecided[0]) if undecided else "",
        parts=tuple(
            Part(
                heading=section.heading,
                entries=tuple(
                    tuple(_line(view, passage) for passage in entry)
                    for entry in section.entries
                ),
            )
            for section in view.sections
        ),
        reviewed=f"Gone through by {line.reviewed_by} on {say_moment(line.reviewed_at)}"
        if line.reviewed_at
        else "",
        checked=f"Checked by {line.checked_by} on {say_moment(line.checked_at)}"
        if line.checked_at
        else "",
        step=step,
        step_words=words,
        trail=_trail(view),
    )


def _step(view: PackView, actor: Actor) -> tuple[str, str]:
    line = view.request
    at = [line.request_id]
    if view.undecided:
        return "", ""
    if line.reviewed_what != view.what:
        return reverse("rights:pack_done", args=at), "I have gone through all of it"
    if line.checked_at is None:
        if line.reviewed_by_id == actor.user_id:
            return "", "Another person has to check it before it can be made."
        return reverse("rights:pack_check", args=at), "I have checked all of it"
    return reverse("rights:pack_make", args=at), "Make the copy"


def _trail(view: PackView) -> str:
    if not view.trail:
        return "The audit trail has not been sealed yet."
    return (
        f"The audit trail is sealed up to entry {view.trail['entries']:,}; its seal "
        f"begins {str(view.trail['chain'])[:16]}."
    )


def _address(view: PackView, passage: Passage) -> str:
    return reverse("rights:passage", args=[view.request.request_id, passage.key])


def _line(view: PackView, passage: Passage) -> Line:
    return Line(
        label=passage.label,
        text=passage.text,
        leaving=passage.leaving,
        state=_state(passage),
        href=_address(view, passage),
    )


def _state(passage: Passage) -> str:
    if passage.decision:
        return forms.BLACKING[passage.decision.action]
    return "To decide" if passage.needs_decision else ""


@requires(Permission.RIGHTS_WORK)
@require_http_methods(["GET", "POST"])
@fresh()
def passage(request: AppRequest, request_id: UUID, key: str) -> HttpResponse:
    """Keeps one passage or blacks it out, then goes on to the next."""
    view = _pack(request, request_id)
    found = subject_access.find_passage(view, key)
    said = found.decision
    first = {"action": said.action.value, "words": said.words} if said else None
    form = forms.Passage(typed(request), initial=first, marked=bool(found.spans))
    if form.is_valid():
        others = [one for one in view.undecided if one.key != key]
        to = (
            _address(view, others[0])
            if others
            else reverse("rights:pack", args=[request_id])
        )
        answer = save(
            request,
            form,
            lambda: subject_access.decide(
                actor=request.actor,
                now=request.now,
                request_id=request_id,
                key=key,
                decision=Decision(
                    action=Blackout(form.cleaned_data["action"]),
                    words=form.cleaned_data["words"],
                    reason=form.cleaned_data["reason"],
                ),
            ),
            done="Decided",
            to=to,
            fields={packs.ReasonNeeded: "reason", packs.WordsToBlackOut: "words"},
        )
        if answer:
            return answer
    return ask(request, _passage_page(view, found, form))


def _passage_page(view: PackView, found: Passage, form: forms.Passage) -> FormPage:
    notes = tuple(dict.fromkeys(f"Marked: {span.what}." for span in found.spans))
    if found.from_other:
        notes = ("This names somebody else, or comes from them.", *notes)
    return FormPage(
        title=found.label,
        heading=found.label,
        caption=found.heading,
        form=form,
        back=reverse("rights:pack", args=[view.request.request_id]),
        save="Save and go on",
        notes=notes,
        marked=tuple(_marked(found)),
    )


def _marked(found: Passage) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for span in found.spans:
        pieces.append((found.text[place : span.start], False))
        pieces.append((found.text[span.start : span.end], True))
        place = span.end
    return [*pieces, (found.text[place:], False)]


@requires(Permission.RIGHTS_WORK)
@require_POST
@fresh()
def done(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Says that the pack was gone through as it stands."""
    try:
        subject_access.finish(
            actor=request.actor, now=request.now, request_id=request_id
        )
        messages.success(request, "Gone through. Another person has to check it")
    except DomainError as refusal:
        messages.warning(request, refusal.user_message)
    return redirect("rights:pack", request_id)


@requires(Permission.RIGHTS_WORK)
@require_POST
@fresh()
def check(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Says, as a second person, that the pack may leave."""
    try:
        subject_access.check(
            actor=request.actor, now=request.now, request_id=request_id
        )
        messages.success(request, "Checked. The copy can be made")
    except DomainError as refusal:
        note_refused_act(request, refusal)
        messages.warning(request, refusal.user_message)
    return redirect("rights:pack", request_id)


@requires(Permission.RIGHTS_WORK)
@require_POST
@fresh()
def make(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Makes the copy, sealed until it is fetched."""
    try:
        subject_access.make(
            actor=request.actor, now=request.now, request_id=request_id, draw=draw
        )
        messages.success(request, "The copy is made. Fetch it below")
    except DomainError as refusal:
        messages.warning(request, refusal.user_message)
        return redirect("rights:pack", request_id)
    return redirect("rights:request", request_id)


def draw(view: PackView, now: datetime) -> str:
    """The page that the person reads: whole in one file, nothing fetched."""
    reasons = {code: row.words for code, row in BLACKOUTS.items()}
    shown = [
        {
            "heading": section.heading,
            "entries": [
                [
                    {
                        "label": p.label,
                        "text": p.leaving,
                        "why": reasons.get(p.decision.reason, "") if p.decision else "",
                    }
                    for p in entry
                ]
                for entry in section.entries
            ],
        }
        for section in view.sections
    ]
    seen = [
        (say_moment(datetime.fromisoformat(at)), who, why) for at, who, why in view.seen
    ]
    page = render_to_string(
        "rights/pack_file.html",
        {
            "made": say_moment(now),
            "reference": str(view.request.person_id),
            "sections": shown,
            "seen": seen,
            "trail": _trail(view),
        },
    )
    # What people wrote is escaped: none of it can be this mark.
    return page.replace(LOOKS, SHEET)


@requires(Permission.RIGHTS_WORK)
@require_safe
@fresh()
def fetch(request: AppRequest, request_id: UUID, pack_id: UUID) -> HttpResponse:
    """The finished copy, to be saved."""
    data = subject_access.fetch(
        actor=request.actor, now=request.now, request_id=request_id, pack_id=pack_id
    )
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="what-we-hold.zip"'
    return response
