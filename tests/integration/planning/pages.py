"""Asking for pages of planning and sending their forms, as a signed-in worker does."""

import re

from django.urls import reverse

from tests.integration.web.casework.conftest import text_of


def page(client, name, case, *more, **query):
    return client.get(reverse(f"planning:{name}", args=[case, *more]), query)


def send(client, name, case, /, *more, **typed):
    address = reverse(f"planning:{name}", args=[case, *more])
    answer = client.post(address, typed)
    assert answer.status_code == 302, mistakes(answer)
    return text_of(client.get(answer["Location"]))


def mistakes(answer):
    """What an error summary says."""
    summary = text_of(answer).partition("govuk-error-summary__list")[2]
    return re.sub(r"<[^>]*>|\s+", " ", summary.partition("</ul>")[0])


def refused(client, name, case, /, *more, **typed):
    answer = client.post(reverse(f"planning:{name}", args=[case, *more]), typed)
    assert answer.status_code == 200
    return text_of(answer)


def name_in(text, part):
    """The first name that an address of the page has after a part of it."""
    found = re.search(rf"/{part}/([0-9a-f-]{{36}})", text)
    assert found, text
    return found[1]


def option(text, words):
    """What the choice of these words sends."""
    found = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*>\s*{words}', text)
    assert found, text
    return found[1]
