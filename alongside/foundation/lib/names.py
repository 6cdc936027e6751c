"""Names as text, made comparable. Never for showing to anybody."""

import re
import unicodedata

# Letters that have no accent to take off, as people type them without the key.
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
# O'Sullivan is also written OSullivan, so these leave no gap.
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
GAPS = re.compile(r"[^a-z0-9]+")


def fold_name(text: str) -> str:
    """The name in lower case, without accents or punctuation, one space apart.

    Apostrophes vanish; hyphens and everything else that is not a letter or a digit
    part words. The order of the words is kept: "Amit Raj" and "Raj Amit" may be
    brothers. Letters of other alphabets are kept as they are. Empty when the text
    holds no letter or digit at all.
    """
    folded = text.casefold()
    if folded.isascii():
        if folded.isalpha():
            return folded
        return GAPS.sub(" ", folded.replace("'", "").replace("`", "")).strip()
    spread = unicodedata.normalize("NFKD", folded.translate(APOSTROPHES))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    words = bare.translate(PLAIN_LETTERS)
    return " ".join("".join(map(_letter_or_gap, words)).split())


def _letter_or_gap(character: str) -> str:
    # Vowel signs of Indian scripts are marks, not letters, yet belong to the word.
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return character
    return " "
