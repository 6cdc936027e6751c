"""Households of invented people, with everything about them that misleads a linker:

twins, parents and children of one name, partners who share a telephone, children with
a parent's e-mail address, strangers in one hostel, people who move or marry.
"""

from bisect import bisect
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from alongside.demo.generator.types import Home, Human, Role
from alongside.demo.generator.words import Words

TODAY = date(2026, 9, 1)
YEAR = 365.25
NEVER = 2.0
ADULT_AGE, OWN_PHONE_AGE = 18, 11
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

# How often, in households or in people. Traps are set more often than life does.
MOVES, LEAVES, MARRIES, NEW_PHONE, NEW_EMAIL = 0.14, 0.08, 0.07, 0.12, 0.08
HAS_PHONE, HAS_EMAIL, HAS_MIDDLE, LANDLINE = 0.93, 0.72, 0.5, 0.12
SHARES_PHONE, SHARES_EMAIL, CHILD_SHARES = 0.08, 0.06, 0.6
TWINS, ALIKE_TWINS, JUNIOR, OWN_SURNAME = 0.03, 0.15, 0.03, 0.18
DOUBLE_BARRELLED, FLAT, ELSEWHERE = 0.03, 0.22, 0.06
OLDER_FORM = 0.25

Maker = Callable[["Households"], list[Human]]


class Households:
    """Invents one household after another; the same seed, the same people."""

    def __init__(self, random: Random, words: Words) -> None:
        self.random, self.words = random, words
        self.people = self.number = 0
        self.origin = ""
        self.home = Home("", "")

    def invent(self) -> list[Human]:
        """The next household."""
        self.number += 1
        self.origin = self.words.origin(self.random)
        self.home = self._home()
        maker = MAKERS[bisect(SUMS, self.random.random() * SUMS[-1])]
        members = maker(self)
        self._move_together(members)
        for member in members:
            self._change(member)
        return members

    def single(self) -> list[Human]:
        """Somebody who lives alone."""
        return [self._human(Role.ADULT, self._age(19, 92))]

    def couple(self) -> list[Human]:
        """Two partners, who may share name, telephone and e-mail address."""
        random = self.random
        one = self._human(Role.PARTNER, self._age(20, 88), female=True)
        age = (TODAY - one.born).days / YEAR + random.gauss(1, 4)
        two = self._human(Role.PARTNER, max(age, 18.5), female=random.random() < 0.06)
        if random.random() > OWN_SURNAME:
            one.surname = self._for_sex(two.surname, female=one.female)
        if random.random() < SHARES_PHONE:
            two.phone = one.phone
        if random.random() < SHARES_EMAIL:
            two.email = one.email
        return [one, two]

    def family(self) -> list[Human]:
        """Parents with children, among them twins and a child named after a parent."""
        parents = self.couple() if self.random.random() < 0.72 else self._lone_parent()
        for parent in parents:
            parent.born = TODAY - timedelta(days=self._age(24, 58) * YEAR)
        return parents + self._children(parents)

    def three_generations(self) -> list[Human]:
        """A family with a grandparent."""
        members = self.family()
        elder = self._human(Role.ELDER, self._age(62, 93))
        elder.surname = self._for_sex(members[-1].surname, female=elder.female)
        return [*members, elder]

    def shared(self) -> list[Human]:
        """People who rent together, from anywhere."""
        lodgers = []
        for _ in range(self.random.randint(3, 6)):
            self.origin = self.words.origin(self.random)
            lodgers.append(self._human(Role.LODGER, self._age(18, 45)))
        return lodgers

    def hostel(self) -> list[Human]:
        """Strangers at one address, some with the office's telephone."""
        random, office = self.random, self._landline()
        residents = []
        for _ in range(random.randint(12, 40)):
            self.origin = self.words.origin(random)
            one = self._human(Role.RESIDENT, self._age(18, 68))
            if random.random() < 0.4:
                one.phone = office
            residents.append(one)
        return residents

    def _lone_parent(self) -> list[Human]:
        female = self.random.random() < 0.86
        return [self._human(Role.ADULT, 30, female=female)]

    def _children(self, parents: list[Human]) -> list[Human]:
        random = self.random
        children: list[Human] = []
        youngest = min((TODAY - parent.born).days / YEAR for parent in parents) - 17
        for _ in range(random.choice((1, 1, 2, 2, 2, 3, 3, 4))):
            child = self._human(Role.CHILD, random.uniform(0.2, min(youngest, 30)))
            family = random.choice(parents)
            child.surname = self._for_sex(family.surname, female=child.female)
            self._share_with_parent(child, random.choice(parents))
            children.append(child)
        if random.random() < TWINS * len(children):
            children.append(self._twin_of(children[-1]))
        if random.random() < JUNIOR:
            self._name_after(random.choice(parents), children[0])
        return children

    def _share_with_parent(self, child: Human, parent: Human) -> None:
        random = self.random
        age = (TODAY - child.born).days / YEAR
        if age < OWN_PHONE_AGE or (age < ADULT_AGE and random.random() < CHILD_SHARES):
            child.phone = parent.phone
        if age < ADULT_AGE:
            child.email = parent.email if random.random() < 0.4 else ""

    def _twin_of(self, child: Human) -> Human:
        random = self.random
        twin = self._human(Role.TWIN, 1)
        child.role = Role.TWIN
        same_sex = random.random() < 0.66
        twin.female = child.female if same_sex else not child.female
        twin.born, twin.surname = child.born, child.surname
        twin.surname = self._for_sex(child.surname, female=twin.female)
        twin.given = self._given(twin.female)
        if random.random() < ALIKE_TWINS:
            twin.given = self._alike(child.given, twin.given)
        while twin.given == child.given:
            twin.given = self._given(twin.female)
        twin.phone = child.phone if random.random() < 0.5 else twin.phone
        twin.email = child.email if random.random() < 0.3 else ""
        return twin

    def _alike(self, given: str, other: str) -> str:
        """A name that begins as the twin's does, where there is one."""
        names = self.words.names[self.origin]
        near = [n for n in (*names.girls, *names.boys) if n[:3] == given[:3]]
        return self.random.choice(near) if near else other

    def _name_after(self, parent: Human, child: Human) -> None:
        if child.role is Role.TWIN:
            return
        parent.role, child.role = Role.SENIOR, Role.JUNIOR
        child.female, child.given = parent.female, parent.given
        child.surname = parent.surname

    def _human(self, role: Role, age: float, *, female: bool | None = None) -> Human:
        random = self.random
        self.people += 1
        if female is None:
            female = random.random() < 0.5
        given, surname = self._given(female), self._surname(female)
        return Human(
            number=self.people,
            household=self.number,
            role=role,
            origin=self.origin,
            female=female,
            given=given,
            middle=self._middle(female),
            surname=surname,
            born=TODAY - timedelta(days=int(age * YEAR) + random.randint(0, 364)),
            home=self.home,
            phone=self._phone() if random.random() < HAS_PHONE else "",
            email=self._email(given, surname) if random.random() < HAS_EMAIL else "",
        )

    def _age(self, low: int, high: int) -> float:
        """Victims are young more often than old."""
        return self.random.triangular(low, high, low + (high - low) / 4)

    def _given(self, female: bool) -> str:
        names = self.words.names[self.origin]
        given = names.pick(self.random, "girls" if female else "boys")
        if self.origin == "gujarati" and self.random.random() < OLDER_FORM:
            return given + ("ben" if female else "bhai")
        return given

    def _middle(self, female: bool) -> str:
        if self.origin == "punjabi":
            return "Kaur" if female else "Singh"
        if self.origin == "pakistani" and not female and self.random.random() < 0.4:
            return self._given(female)
        return self._given(female) if self.random.random() < HAS_MIDDLE else ""

    def _surname(self, female: bool) -> str:
        random, words = self.random, self.words
        surname = self._for_sex(words.surname(random, self.origin), female=female)
        if self.origin == "british" and random.random() < DOUBLE_BARRELLED:
            return f"{surname}-{words.surname(random, self.origin)}"
        return surname

    def _for_sex(self, surname: str, *, female: bool) -> str:
        if self.origin == "polish" and surname.endswith(("ki", "ka")):
            return surname[:-1] + ("a" if female else "i")
        if self.origin == "punjabi" and surname in {"Singh", "Kaur"}:
            return "Kaur" if female else "Singh"
        return surname

    def _phone(self) -> str:
        if self.random.random() < LANDLINE:
            return self._landline()
        return f"07{self.random.randint(300_000_000, 999_999_999)}"

    def _landline(self) -> str:
        area = self.random.choice(self.words.landlines).replace(" ", "")
        return area + "".join(self.random.choices("0123456789", k=11 - len(area)))

    def _email(self, given: str, surname: str) -> str:
        random = self.random
        first, last = given.lower(), surname.lower().replace(" ", "")
        name = random.choice(
            (f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{last}{first}")
        )
        tail = str(random.randint(1, 99)) if random.random() < 0.7 else ""
        return f"{name}{tail}@{random.choice(self.words.providers)}"

    def _home(self) -> Home:
        random, words = self.random, self.words
        street = f"{random.choice(words.streets)} {random.choice(words.kinds)}"
        address = f"{random.randint(1, 220)} {street}"
        if random.random() < FLAT:
            flat = f"Flat {random.randint(1, 24)}"
            named = random.random() < 0.3
            house = f"{random.choice(words.houses)} House, " if named else ""
            address = f"{flat}, {house}{address}"
        return Home(address, self._postcode())

    def _postcode(self) -> str:
        random = self.random
        if random.random() > ELSEWHERE:
            return random.choice(self.words.postcodes)
        inward = f"{random.randint(1, 9)}{''.join(random.choices(LETTERS, k=2))}"
        return f"{random.choice(self.words.elsewhere)} {inward}"

    def _move_together(self, members: list[Human]) -> None:
        if self.random.random() >= MOVES:
            return
        moves, home = self.random.random(), self._home()
        for member in members:
            member.moves, member.next_home = moves, home

    def _change(self, human: Human) -> None:
        random = self.random
        if random.random() < LEAVES:
            human.moves, human.next_home = random.random(), self._home()
        if random.random() < NEW_PHONE and human.phone:
            human.changes_phone, human.next_phone = random.random(), self._phone()
        if random.random() < NEW_EMAIL and human.email:
            human.changes_email = random.random()
            human.next_email = self._email(human.given, human.surname)
        if random.random() < MARRIES and human.role not in {Role.CHILD, Role.TWIN}:
            self._marry(human)

    def _marry(self, human: Human) -> None:
        random = self.random
        if not human.female and random.random() < 0.85:
            return
        human.marries = random.random()
        surname = self._for_sex(
            self.words.surname(random, human.origin), female=human.female
        )
        joined = random.random() < 0.15 and "-" not in human.surname
        human.next_surname = f"{human.surname}-{surname}" if joined else surname


def state_at(human: Human, time: float) -> Human:
    """Somebody as they are at a time."""
    if min(human.marries, human.moves, human.changes_phone, human.changes_email) > time:
        return human
    moved = human.next_home if human.moves <= time else None
    return replace(
        human,
        surname=human.next_surname if human.marries <= time else human.surname,
        home=moved or human.home,
        phone=human.next_phone if human.changes_phone <= time else human.phone,
        email=human.next_email if human.changes_email <= time else human.email,
    )


# Of a thousand households.
SHARES: tuple[tuple[Maker, int], ...] = (
    (Households.single, 310),
    (Households.couple, 250),
    (Households.family, 330),
    (Households.three_generations, 40),
    (Households.shared, 67),
    (Households.hostel, 3),
)
MAKERS = tuple(maker for maker, _ in SHARES)
SUMS = list(accumulate(share for _, share in SHARES))
