"""Why two records are taken for one person's or not, in plain words. No names in it."""

from alongside.care.matching.rules.guards import one_given_name
from alongside.care.matching.tables import GUARDS
from alongside.care.matching.types import (
    NOT_COMPARED,
    Compared,
    Judged,
    Levels,
    Standard,
)

NAMES = (
    "The name is the same.",
    "The surname is the same, and the given name is the same in another form.",
    "The name is the same, with given name and surname changed places.",
    "The surname is the same.",
    "The given name is the same, and the surname is much alike.",
    "Given name and surname are much alike.",
    "The surname is the same, and the given names begin with one letter.",
    "The given name is the same, and the surname is another.",
    "The surname is the same, and the given name is another.",
    "The name is another.",
)
BORNS = (
    "The date of birth is the same.",
    "The date of birth is the same with day and month changed places.",
    "The date of birth differs in one digit, or two digits changed places.",
    "The year of birth is the same, and one date is a first of January.",
    "The date of birth differs in two digits.",
    "The year of birth is the same, and the day is another.",
    "The date of birth is another.",
)
SEXES = ("The sex is the same.", "The sex is another.")
PLACES = (
    "The address and the postcode are the same.",
    "The postcode is the same, and the address is much alike.",
    "The address is the same, and the postcode is another or not known.",
    "The postcode is the same.",
    "They live in the same part of a postcode district.",
    "They live in the same postcode district.",
    "The address is another.",
)
PHONES = (
    "They share a phone number.",
    "The phone numbers differ in one digit.",
    "The phone number is another.",
)
EMAILS = (
    "The e-mail address is the same.",
    "The e-mail addresses differ in one or two letters.",
    "The e-mail addresses are the same before the @.",
    "The e-mail address is another.",
)
WORDS = {
    "name": NAMES,
    "born": BORNS,
    "sex": SEXES,
    "place": PLACES,
    "phone": PHONES,
    "email": EMAILS,
}
MISSING = {
    "name": "One of them has no full name.",
    "born": "One of them has no date of birth.",
    "sex": "The sex of one of them is not known.",
    "place": "There is no address to compare.",
    "phone": "There is no phone number to compare.",
    "email": "There is no e-mail address to compare.",
}
GIVEN_CLOSE = 3


def explain(
    a: Standard,
    b: Standard,
    compared: Compared,
    judged: Judged,
    *,
    phone_others: int = 0,
    email_others: int = 0,
) -> tuple[str, ...]:
    """A sentence for each field, and one for the rule that decided.

    `phone_others` and `email_others` are how many other people use the phone or the
    e-mail address that they share.
    """
    others = {"phone": phone_others, "email": email_others}
    sentences = []
    for field, level in zip(Levels._fields, compared.levels, strict=True):
        sentence = field_words(field, level)
        if field == "name" and level == GIVEN_CLOSE:
            sentence = f"{sentence} {_given_words(a, b)}"
        if level == 0 and (count := others.get(field, 0)):
            sentence = f"{sentence[:-1]}, which {_people(count)} too."
        sentences.append(sentence)
    return (*sentences, GUARDS[judged.why].words)


def field_words(field: str, level: int) -> str:
    """What a level of a field means, in a sentence."""
    return MISSING[field] if level == NOT_COMPARED else WORDS[field][level]


def _given_words(a: Standard, b: Standard) -> str:
    if one_given_name(a, b):
        return "The given names differ by a slip, or one holds the other."
    if a.given_code == b.given_code:
        return "The given names sound alike."
    return "The given names are spelt much alike."


def _people(count: int) -> str:
    return "1 other person uses" if count == 1 else f"{count} other people use"
