"""Slips of the pen, the ear, the keyboard and the reading machine."""

from random import Random

from alongside.demo.generator.words import Words

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    letter: (row[at - 1] if at else "") + (row[at + 1] if at + 1 < len(row) else "")
    for row in ROWS
    for at, letter in enumerate(row)
}
# Letters that people leave bare when they write a name without its marks.
PLAIN = str.maketrans(
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțĂÂÎȘȚéèêëáàâãäíïóôõöúüñçõš",
    "acelnoszzACELNOSZZaaistAAISTeeeeaaaaaiioooouuncos",
)


def slip(random: Random, text: str, words: Words) -> str:
    """The text with one slip in it, of a likely kind."""
    if len(text) < 2:
        return text
    kind = random.random()
    if kind < 0.3:
        return _wrong_key(random, text)
    if kind < 0.45:
        return _change_places(random, text)
    if kind < 0.6:
        return _leave_out(random, text)
    if kind < 0.7:
        return _double(random, text)
    pairs = words.sounds if kind < 0.9 else words.shapes
    return _put_for(random, text, pairs)


def wrong_digit(random: Random, text: str) -> str:
    """The number with one digit wrong, or two that changed places."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if len(places) < 2:
        return text
    at = random.choice(places[1:])
    if random.random() < 0.3 and text[at - 1].isdigit():
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + random.choice("0123456789") + text[at + 1 :]


def without_marks(text: str) -> str:
    """The text as somebody writes it who has no key for the marks."""
    return text if text.isascii() else text.translate(PLAIN)


def _wrong_key(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    near = NEIGHBOURS.get(text[at].lower())
    if not near:
        return text
    letter = random.choice(near)
    return text[:at] + (letter.upper() if at == 0 else letter) + text[at + 1 :]


def _change_places(random: Random, text: str) -> str:
    at = random.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _leave_out(random: Random, text: str) -> str:
    at = random.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def _double(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    return text[: at + 1] + text[at:].lower()


def _put_for(random: Random, text: str, pairs: tuple[tuple[str, ...], ...]) -> str:
    small = text.lower()
    fit = [(one, other) for one, other in pairs if one in small]
    fit += [(other, one) for one, other in pairs if other in small]
    if not fit:
        return _leave_out(random, text)
    old, new = random.choice(fit)
    changed = small.replace(old, new, 1)
    return changed.title() if text[0].isupper() else changed
