"""What a case asks for by itself, as its page shows it."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse

from alongside.care.assessment.types.prompts import Prompt, PromptCode
from alongside.web.components import casefile
from alongside.web.components.base import Link
from alongside.web.words import say_day
from alongside.workflows.prompts import prompt_name
from alongside.workflows.read_case import CaseView

# Where what is asked for is done: the words of the link, and the page by its case.
DONE_AT = {
    PromptCode.RISK_RAISED: ("See the safety plan", "planning:plan"),
    PromptCode.RELEASED: ("Assess now", "assessing:next"),
    PromptCode.NEW_INCIDENT: ("Assess now", "assessing:next"),
    PromptCode.UNASSESSED: ("Assess now", "assessing:next"),
    PromptCode.REVIEW_DUE: ("Assess now", "assessing:next"),
    PromptCode.LOOK_AGAIN: ("See the grounds", "grounds:grounds"),
    PromptCode.NOTHING_SPEAKS: ("Say what is owed", "grounds:lower"),
}


def asked(view: CaseView, *, may_answer: bool) -> casefile.PromptList | None:
    """What a case asks for; nothing where it asks for nothing."""
    if not view.prompts and not view.silent:
        return None
    return casefile.PromptList(
        prompts=(
            *_prompts(view, may_answer=may_answer),
            *_silent(view),
        )
    )


def _do(prompt: Prompt, case_id: UUID) -> Link:
    text, page = DONE_AT[prompt.code]
    return Link(text=text, href=reverse(page, args=[case_id]))


def _silent(view: CaseView) -> Iterator[casefile.AskedFor]:
    """In which ways nothing was heard for too long: it goes when something is."""
    for rule, since in view.silent:
        yield casefile.AskedFor(
            words=f"{rule.label}: since {say_day(since)}", asks=rule.asks, answer=None
        )


def _prompts(view: CaseView, *, may_answer: bool) -> Iterator[casefile.AskedFor]:
    for prompt in view.prompts:
        name = prompt_name(case_id=view.case.public_id, prompt=prompt)
        href = reverse("grounds:prompt", args=[view.case.public_id, name])
        yield casefile.AskedFor(
            words=prompt.words,
            asks=prompt.asks,
            do=_do(prompt, view.case.public_id) if may_answer else None,
            answer=Link(text="Not needed", href=href) if may_answer else None,
        )
