"""How much the agreement of two records weighs. No database, no clock.

The model of Fellegi and Sunter with the weights that Splink learns: log2 of the odds
that two records are one person is the prior plus, for each field, log2(m/u) of its
level; for a name log2(u/frequency) besides, u being that of the exact agreement. The
levels are those of `rules.levels`, found here in the quickest way that is known.
"""

from collections.abc import Callable, Mapping
from math import isfinite, log2
from typing import Any, Self

from alongside.care.matching.rules.levels import (
    ADDRESS_ALIKE,
    COMPARISONS,
    NAME,
    NAME_ALIKE,
    NEW_YEAR,
    SHORT,
    alike,
    edits,
    swapped_digits,
)
from alongside.care.matching.tables import START
from alongside.care.matching.types import (
    NOT_COMPARED,
    BadModel,
    Compared,
    Levels,
    Part,
    Standard,
)

FORMAT = 1
LEVELS_OF_BOTH = 2
Frequencies = Mapping[str, Mapping[str, float]]
# The level of `name` that agrees in nothing but this column, for its u.
EXACT = {"full": 0, "rooted": 1, "given": 7, "surname": 8}


class Weights:
    """The weights of one model, ready for use.

    `version` names the model. `compare` finds the levels of two records and the
    weight, in a few millionths of a second; it gives the same whichever of the two
    comes first.
    """

    __slots__ = ("_parts", "_prior", "_rarities", "compare", "version")

    version: str
    compare: Callable[[Standard, Standard], Compared]

    def __init__(
        self,
        *,
        version: str,
        prior: float,
        levels: Mapping[str, list[tuple[float, float]]],
        frequencies: Frequencies,
        floors: Mapping[str, float],
    ) -> None:
        """`levels` are (m, u) by field; `frequencies` of names by column."""
        self.version = version
        self._prior = log2(prior / (1 - prior))
        # One nought more at the end, which a level of -1 picks.
        self._parts = {
            field: (*(log2(m / u) for m, u in pairs), 0.0)
            for field, pairs in levels.items()
        }
        name = levels["name"]
        self._rarities = _rarities(
            {column: name[level][1] for column, level in EXACT.items()},
            frequencies,
            floors,
        )
        self.compare = _compile(self._prior, self._parts, self._rarities)

    @classmethod
    def from_json(cls, model: Mapping[str, Any]) -> Self:
        """The weights of a model as it is stored. BadModel where it cannot be used."""
        try:
            return cls._read(model)
        except BadModel:
            raise
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise BadModel("The weights are damaged: a part of them is missing.") from (
                None
            )

    @classmethod
    def _read(cls, model: Mapping[str, Any]) -> Self:
        if model["format"] != FORMAT:
            raise BadModel("The weights are of another format than this version reads.")
        prior = _share(model["prior"])
        found = model["comparisons"]
        if found.keys() != set(Levels._fields):
            raise BadModel("The weights are for other fields than these are.")
        levels = {
            comparison.field: [
                (_share(level["m"]), _share(level["u"]))
                for level in found[comparison.field]
            ]
            for comparison in COMPARISONS
        }
        for comparison in COMPARISONS:
            if len(levels[comparison.field]) != len(comparison.levels):
                raise BadModel("The weights are for other levels than these are.")
        frequencies = model["frequencies"]
        return cls(
            version=str(model["version"]),
            prior=prior,
            levels=levels,
            frequencies={
                column: {str(k): _share(v) for k, v in frequencies[column].items()}
                for column in EXACT
            },
            floors={column: _share(frequencies["floor"][column]) for column in EXACT},
        )

    def parts(self, a: Standard, b: Standard, compared: Compared) -> tuple[Part, ...]:
        """What each field adds; together they are the weight."""
        levels = compared.levels._asdict()
        found = [Part("prior", NOT_COMPARED, self._prior)]
        for field, level in levels.items():
            found.append(Part(field, level, self._parts[field][level]))
            if field == "name":
                extra = _rarity_of(self._rarities, level, a)
                found.append(Part("rarity", level, extra))
        return tuple(found)


class _Rarity:
    """What the frequency of a name adds; `column` is where the name is read."""

    __slots__ = ("column", "extra", "rest")

    def __init__(
        self, column: str, exact: float, known: Mapping[str, float], /
    ) -> None:
        self.column = column
        self.extra = known
        self.rest = exact


def _share(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not (isfinite(number) and 0 < number < 1):
        raise BadModel("The weights are damaged: a share is not between 0 and 1.")
    return number


def _rarities(
    exact: Mapping[str, float], frequencies: Frequencies, floors: Mapping[str, float]
) -> tuple[_Rarity | None, ...]:
    # By the level of the name; a column nothing was counted of adds nothing.
    columns: dict[str, _Rarity] = {}
    for column, u in exact.items():
        if counted := frequencies[column]:
            floor = floors[column]
            extra = {
                name: log2(u) - log2(max(share, floor))
                for name, share in counted.items()
            }
            columns[column] = _Rarity(column, log2(u) - log2(floor), extra)
    return (*(columns.get(level.rarity) for level in NAME.levels), None)


def _rarity_of(
    rarities: tuple[_Rarity | None, ...], level: int, record: Standard
) -> float:
    rarity = rarities[level]
    if rarity is None:
        return 0.0
    column = rarity.column
    if column == "full":
        value = f"{record[0]} {record[1]}"
    elif column == "rooted":
        value = f"{record[2]} {record[1]}"
    else:
        value = record[0] if column == "given" else record[1]
    return rarity.extra.get(value, rarity.rest)


def _compile(
    prior: float,
    parts: Mapping[str, tuple[float, ...]],
    rarities: tuple[_Rarity | None, ...],
) -> Callable[[Standard, Standard], Compared]:
    # Local names and plain tuples: this runs for every pair of every arrival.
    names, borns, sexes, places, phones, emails = (parts[f] for f in Levels._fields)
    new = tuple.__new__

    def compare(a: Standard, b: Standard) -> Compared:
        born, other_born, sex, other_sex = a[5], b[5], a[6], b[6]
        email, other_email = a[11], b[11]
        levels = new(
            Levels,
            (
                _name(a, b),
                _born(born, other_born) if born and other_born else NOT_COMPARED,
                int(sex != other_sex) if sex and other_sex else NOT_COMPARED,
                _place(a, b),
                _phone(a, b) if a[9] and b[9] else NOT_COMPARED,
                _email(email, other_email) if email and other_email else NOT_COMPARED,
            ),
        )
        name, born_level, sex_level, place, phone, email_level = levels
        weight = (
            prior
            + names[name]
            + (0.0 if rarities[name] is None else _rarity_of(rarities, name, a))
            + borns[born_level]
            + sexes[sex_level]
            + places[place]
            + phones[phone]
            + emails[email_level]
        )
        return new(Compared, (weight, levels))

    return compare


def _name(a: Standard, b: Standard) -> int:
    given, surname, other, family = a[0], a[1], b[0], b[1]
    if not (given and surname and other and family):
        return NOT_COMPARED
    if surname == family:
        if given == other:
            return 0
        if a[2] == b[2]:
            return 1
        return 3 if _given_close(a, b) else 6 if given[0] == other[0] else 8
    if given == other:
        return 4 if _surname_close(a, b) else 7
    return _both_other(a, b)


def _both_other(a: Standard, b: Standard) -> int:
    given, surname, root = a[:3]
    other, family, other_root = b[:3]
    # "mary ann lee" may have been parted after either of the first two.
    if surname[-1] == family[-1]:
        if f"{given} {surname}" == f"{other} {family}":
            return 0
        if f"{root} {surname}" == f"{other_root} {family}":
            return 1
    if given == family and surname == other:
        return 2
    return 5 if _surname_close(a, b) and _given_close(a, b) else 9


def _given_close(a: Standard, b: Standard) -> bool:
    given, root, other, other_root = a[0], a[2], b[0], b[2]
    if root == other_root or a[3] == b[3] or _close(given, other):
        return True
    # Most names are their own common form.
    return (given != root or other != other_root) and _close(root, other_root)


def _surname_close(a: Standard, b: Standard) -> bool:
    return a[4] == b[4] or _close(a[1], b[1])


def _close(one: str, other: str) -> bool:
    if alike(one, other) >= NAME_ALIKE:
        return True
    long = len(one) > SHORT and len(other) > SHORT
    return long and edits(one, other, score_cutoff=1) <= 1


def _born(born: str, other: str) -> int:
    if born == other:
        return 3 if born[5:] == NEW_YEAR else 0
    same_year = born[:4] == other[:4]
    if same_year and born[5:7] == other[8:] and born[8:] == other[5:7]:
        return 1
    new_years = (born[5:] == NEW_YEAR) + (other[5:] == NEW_YEAR)
    far = edits(born, other, score_cutoff=2)
    if new_years < LEVELS_OF_BOTH and (
        far <= 1 or (far == 2 and swapped_digits(born, other))
    ):
        return 2
    if same_year and new_years:
        return 3
    return 4 if far <= 2 else 5 if same_year else 6


def _place(a: Standard, b: Standard) -> int:
    postcode, address, other_code, other_home = a[7], a[8], b[7], b[8]
    homes, codes = address and other_home, postcode and other_code
    if not homes and not codes:
        return NOT_COMPARED
    if codes and postcode == other_code:
        if not homes:
            return 3
        if address == other_home:
            return 0
        return 1 if alike(address, other_home) >= ADDRESS_ALIKE else 3
    if homes and address == other_home:
        return 2
    return _district(postcode, other_code) if codes else 6


def _district(postcode: str, other: str) -> int:
    if postcode[:-2] == other[:-2] != "":
        return 4
    return 5 if postcode.partition(" ")[0] == other.partition(" ")[0] else 6


def _phone(a: Standard, b: Standard) -> int:
    phone, other = a[9], b[9]
    if phone == other:
        return 0
    second, fourth = a[10], b[10]
    if phone == fourth or second == other or (second and second == fourth):
        return 0
    return 1 if edits(phone, other, score_cutoff=1) <= 1 else 2


def _email(email: str, other: str) -> int:
    if email == other:
        return 0
    if edits(email, other, score_cutoff=2) <= 2:
        return 1
    return 2 if email.partition("@")[0] == other.partition("@")[0] else 3


SHIPPED = Weights.from_json(START)
