"""What a case asks for by itself, as its page shows it."""

from django.urls import reverse

from alongside.web.components import casefile
from alongside.web.components.base import Link
from alongside.workflows.prompts import prompt_name
from alongside.workflows.read_case import CaseView


def asked(view: CaseView, *, may_answer: bool) -> casefile.PromptList | None:
    """What a case asks for; nothing where it asks for nothing."""
    if not view.prompts:
        return None
    case_id = view.case.public_id
    return casefile.PromptList(
        prompts=tuple(
            casefile.AskedFor(
                words=prompt.words,
                asks=prompt.asks,
                answer=Link(
                    text="Not needed",
                    href=reverse(
                        "grounds:prompt",
                        args=[case_id, prompt_name(case_id=case_id, prompt=prompt)],
                    ),
                )
                if may_answer
                else None,
            )
            for prompt in view.prompts
        )
    )
