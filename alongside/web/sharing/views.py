"""What somebody agreed to, and what of their case is shared: the service's pages."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.consent import operations as consent
from alongside.care.consent.types import BasisCode
from alongside.care.referrals import operations as referrals
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import list_others
from alongside.web.access import requires
from alongside.web.casework.views.saving import typed
from alongside.web.requests import AppRequest
from alongside.web.sharing import asking, forms, pages, say
from alongside.workflows import read_sharing, share_case
from alongside.workflows.read_sharing import Offer, SharedLine, SharingView
from alongside.workflows.share_case import Plan, SaidNow

ASK, CONFIRM = "sharing/ask.html", "sharing/confirm.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What they have said, and with whom what is shared."""
    view = _view(request, case_id)
    page = pages.sharing(view, actor=request.actor)
    return render(request, "sharing/case.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def record(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes down a yes or a no."""
    brief = read_sharing.read_own_brief(
        actor=request.actor, now=request.now, case_id=case_id
    )
    age = read_sharing.read_age(person_id=brief.case.person_id, now=request.now)
    actor = request.actor
    form = forms.RecordSaid(
        typed(request),
        others=list_others(area_id=actor.area_id, agency_id=actor.agency_id),
        initial={"age": age, "said_on": local_day(request.now)},
    )
    if form.is_valid() and _recorded(request, case_id, form):
        messages.success(request, "Written down")
        return redirect("sharing:case", case_id=case_id)
    page = asking.ask("Record what they said", brief, form, save="Save")
    return render(request, ASK, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: AppRequest, case_id: UUID, entry_id: UUID) -> HttpResponse:
    """Shows what closes when consent is withdrawn, then withdraws it."""
    view = _view(request, case_id)
    entry = next((one for one in view.entries if one.public_id == entry_id), None)
    if entry is None:
        raise NotFound("We could not find that in what they have said")
    if not read_sharing.can_withdraw(view, entry):
        raise consent.CannotWithdraw("This consent does not stand any more")
    form = forms.Withdraw(typed(request))
    if form.is_valid():
        giver, way, words = form.heard()
        share_case.withdraw(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            entry_id=entry_id,
            giver=giver,
            way=way,
            words=words,
        )
        messages.success(request, "Consent withdrawn. What rested on it is closed")
        return redirect("sharing:case", case_id=case_id)
    page = asking.withdrawal(view, entry, form, read_sharing.rests_on(view, entry))
    return render(request, ASK, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def share(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Offers whom to share with, asks what, shows what they will see, and shares."""
    return _share(request, case_id, refer=False)


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def refer(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The same, and asks the other service to support them."""
    return _share(request, case_id, refer=True)


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def stop(request: AppRequest, case_id: UUID, share_id: UUID) -> HttpResponse:
    """Asks once, then stops sharing."""
    view = _view(request, case_id)
    line = _line(view, share_id)
    if request.method == "POST":
        share_case.stop(
            actor=request.actor, now=request.now, case_id=case_id, share_id=share_id
        )
        messages.success(request, "No longer shared")
        return redirect("sharing:case", case_id=case_id)
    if not line.is_open:
        raise referrals.CannotMove("This is no longer shared")
    page = asking.stopping(view.brief, line)
    return render(request, CONFIRM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def message(request: AppRequest, case_id: UUID, share_id: UUID) -> HttpResponse:
    """Writes to the service somebody was referred to."""
    view = _view(request, case_id)
    line = _line(view, share_id)
    if line.referral is None or not line.is_open:
        raise referrals.CannotMove("There is no open referral to write about")
    form = forms.Message(typed(request))
    if form.is_valid():
        referrals.write_message(
            actor=request.actor,
            now=request.now,
            share_id=share_id,
            words=form.cleaned_data["words"],
        )
        messages.success(request, "Message sent")
        return redirect("sharing:case", case_id=case_id)
    said = [f"{one.by}: {one.words}" for one in line.messages]
    heading = f"Write to {line.share.recipient_name}"
    page = asking.ask(heading, view.brief, form, save="Send", notes=said)
    return render(request, ASK, {"page": page})


def _share(request: AppRequest, case_id: UUID, *, refer: bool) -> HttpResponse:
    view = _view(request, case_id)
    offer = _offer(request, view)
    if offer is None:
        page = asking.offers(view, refer=refer)
        return render(request, "sharing/offers.html", {"page": page})
    form = _form(request, offer, refer=refer)
    if form.is_valid() and "again" not in request.POST:
        plan = _plan(form, case_id, offer, refer=refer)
        answer = _confirmed(request, view, form, plan)
        if answer:
            return answer
    heading = "Refer to" if refer else "Share with"
    page_again = asking.ask(
        f"{heading} {offer.recipient.name}",
        view.brief,
        form,
        save="Continue",
        notes=_share_notes(offer),
    )
    return render(request, ASK, {"page": page_again})


def _confirmed(
    request: AppRequest,
    view: SharingView,
    form: forms.ShareParts,
    plan: Plan,
) -> HttpResponse | None:
    """The page that asks once, or the way back when it is done; None if refused."""
    try:
        offer = share_case.check_plan(actor=request.actor, now=request.now, plan=plan)
        if "sure" not in request.POST:
            page = asking.preview(view.brief, offer, plan, _kept(request))
            return render(request, CONFIRM, {"page": page})
        share_case.share(actor=request.actor, now=request.now, plan=plan)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        return None
    messages.success(request, f"Shared with {offer.recipient.name}")
    return redirect("sharing:case", case_id=plan.case_id)


def _view(request: AppRequest, case_id: UUID) -> SharingView:
    return read_sharing.read_sharing(
        actor=request.actor, now=request.now, case_id=case_id
    )


def _line(view: SharingView, share_id: UUID) -> SharedLine:
    for line in view.shares:
        if line.share.public_id == share_id:
            return line
    raise NotFound("We could not find that")


def _recorded(request: AppRequest, case_id: UUID, form: forms.RecordSaid) -> bool:
    given = form.cleaned_data
    said_now = SaidNow(
        case_id=case_id,
        purpose=given["purpose"],
        recipient_id=given["recipient"],
        said=form.said(),
        way=given["way"],
        said_on=given["said_on"],
        words=given["words"],
    )
    yes = BasisCode.EXPLICIT_CONSENT if given["explicit"] else BasisCode.CONSENT
    try:
        if given["answer"] == forms.REFUSED:
            share_case.record_refused(
                actor=request.actor, now=request.now, said_now=said_now
            )
        else:
            share_case.record_agreed(
                actor=request.actor,
                now=request.now,
                said_now=said_now,
                fields=say.mask_of(given["parts"]),
                basis=yes,
                last_day=given["last_day"],
            )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(_field_of(refusal), refusal.user_message)
        return False
    return True


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, consent.CannotGive):
        return "giver"
    if isinstance(refusal, consent.UnknownPurpose):
        return "purpose"
    if isinstance(refusal, consent.DayImpossible):
        return "last_day" if "last day" in refusal.user_message else "said_on"
    return None


def _offer(request: AppRequest, view: SharingView) -> Offer | None:
    chosen = (request.GET.get("to", ""), request.GET.get("for", ""))
    for offer in view.offers:
        if (str(offer.recipient.public_id), offer.purpose.code) == chosen:
            return offer
    if any(chosen):
        messages.warning(request, "No live agreement covers that. Choose from these")
    return None


def _form(request: AppRequest, offer: Offer, *, refer: bool) -> forms.ShareParts:
    start = offer.consented or offer.fields
    usual = offer.purpose.facets
    initial: dict[str, object] = {
        "parts": [n for n, _ in say.part_choices(start) if n in usual],
        "basis": forms.CONSENT if offer.consented else None,
        "today": local_day(request.now),
    }
    if refer:
        initial["answer_by"] = share_case.usual_answer_by(request.now)
    kind = forms.ReferParts if refer else forms.ShareParts
    return kind(typed(request), offer=offer, initial=initial)


def _plan(form: forms.ShareParts, case_id: UUID, offer: Offer, *, refer: bool) -> Plan:
    given = form.cleaned_data
    return Plan(
        case_id=case_id,
        recipient_id=offer.recipient.public_id,
        purpose=offer.purpose.code,
        fields=say.mask_of(given["parts"]),
        basis=forms.basis_chosen(form),
        reason=given["reason"],
        last_day=given["last_day"],
        asked=given["asked"] if refer else None,
        answer_by=given["answer_by"] if refer else None,
    )


def _share_notes(offer: Offer) -> Sequence[str]:
    notes = [
        f"For: {offer.purpose.label}. {offer.purpose.meaning}",
        f"Under the agreement “{offer.agreement.title}”.",
    ]
    if offer.consented:
        notes.append(f"They agreed to sharing: {say.parts(offer.consented).lower()}.")
    elif offer.against_wishes:
        notes.append("They have said no to this.")
    else:
        notes.append(
            "They have not said whether they agree. Ask them first if you can."
        )
    return notes


def _kept(request: AppRequest) -> list[tuple[str, str]]:
    skipped = {"csrfmiddlewaretoken", "sure", "again"}
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in skipped
        for value in values
    ]
