"""Linking whole files: what is found, what is refused, nothing half done."""

import csv
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from alongside.care.matching.tables import START
from alongside.cli.main import main
from alongside.cli.site import Site
from alongside.demo.generator.people import write_people
from alongside.foundation.gateways.installation import Installation

# Never opened: whole files are linked without the register.
SITE = Site(
    installation=Installation(home=Path("nowhere")),
    port=8000,
    feed_max_bytes=1000,
    production=False,
    debug=False,
    settings_module="config.settings",
)
HEADS = "id,given_names,surname,date_of_birth,gender,postcode,address,phone,email"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    path, truth = folder / "people.csv", folder / "truth.csv"
    write_people(path, truth, seed=7, records=1500)
    return path, {row["id"]: row for row in rows(truth)}


@pytest.fixture
def run(tmp_path):
    """Run a command; where its answer is to be."""

    def run(what, path, *more):
        out = tmp_path / "out.csv"
        code = main(["link", what, str(path), "--out", str(out), *more], site=SITE)
        return code, out

    return run


def rows(path):
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode(encoding))
    return path


def pairs_of(clusters):
    together = defaultdict(list)
    for row in clusters:
        together[row["cluster"]].append(row["id"])
    return {pair for ids in together.values() for pair in combinations(sorted(ids), 2)}


def test_records_of_one_person_come_together(people, run, capsys):
    path, truth = people
    code, out = run("bulk", path, "--json")
    told = json.loads(capsys.readouterr().out)
    found = rows(out)

    assert code == 0
    assert told["learnt"] and told["records"] == 1500
    assert [row["id"] for row in found] == [row["id"] for row in rows(path)]
    linked = pairs_of(found)
    wrong = [p for p in linked if truth[p[0]]["person"] != truth[p[1]]["person"]]
    same = defaultdict(list)
    for row in truth.values():
        same[row["person"]].append(row["id"])
    there = {p for ids in same.values() for p in combinations(sorted(ids), 2)}
    assert len(linked & there) > 0.75 * len(there)
    assert len(wrong) < 0.005 * len(linked)


def test_pairs_are_as_likely_as_the_guards_allow(people, run):
    path, truth = people
    code, out = run("pairs", path)
    found = rows(out)

    assert code == 0
    assert list(found[0]) == ["id_a", "id_b", "probability"]
    assert len({frozenset((row["id_a"], row["id_b"])) for row in found}) == len(found)
    right = {True: 0, False: 0}
    for row in found:
        one, other = truth[row["id_a"]], truth[row["id_b"]]
        if float(row["probability"]) >= 0.99:
            right[one["person"] == other["person"]] += 1
        twins = {one["role"], other["role"]} == {"twin"}
        if twins and one["person"] != other["person"]:
            assert float(row["probability"]) < 0.99
    assert right[False] < 0.005 * right[True]


def test_the_same_file_gives_the_same_answer(people, run):
    path, _ = people
    once = run("bulk", path)[1].read_bytes()
    assert run("bulk", path)[1].read_bytes() == once


def test_a_few_records_are_linked_with_the_weights_that_are_shipped(
    tmp_path, run, capsys
):
    path = written(
        tmp_path,
        f"{HEADS}\n"
        "a,Margaret,Okonkwo,1984-05-23,female,LE1 5YA,12 High Street,07700900123,\n"
        "b,Peggy,Okonkwo,23/05/1984,f,le15ya,12 High St,+447700900123,\n"
        "c,John,Okonkwo,1982-01-02,male,LE1 5YA,12 High Street,07700900123,\n",
    )
    code, out = run("bulk", path)
    assert code == 0
    assert {row["id"]: row["cluster"] for row in rows(out)} == {
        "a": "a",
        "b": "a",
        "c": "c",
    }
    assert "weights that are shipped" in capsys.readouterr().out


def test_columns_may_be_missing_or_stand_elsewhere(tmp_path, run):
    path = written(
        tmp_path,
        "surname;other;ID;given_names;date_of_birth\n"
        "Okonkwo;x;1;Margaret;1984-05-23\nOkonkwo;y;2;Margaret;1984-05-23\n",
        encoding="utf-8-sig",
    )
    code, out = run("bulk", path)
    assert code == 0
    assert [row["id"] for row in rows(out)] == ["1", "2"]


def test_a_file_with_ids_alone_links_nobody(tmp_path, run):
    path = written(tmp_path, "id\n" + "".join(f"{n}\n" for n in range(500)))
    code, out = run("bulk", path)
    assert code == 0
    assert {row["id"] for row in rows(out)} == {row["cluster"] for row in rows(out)}


def test_ten_thousand_of_one_name_are_not_one_person(tmp_path, run):
    lines = "".join(f"{n},John,Smith,,,,,,\n" for n in range(3000))
    code, out = run("bulk", written(tmp_path, f"{HEADS}\n{lines}"))
    assert code == 0
    assert len({row["cluster"] for row in rows(out)}) == 3000


BAD_FILES = {
    "empty": b"",
    "no column called id": b"name\nx\n",
    "two columns": b"id,id\n1,2\n",
    "there before": b"id,surname\n1,a\n1,b\n",
    "no id": b"id,surname\n,a\n",
    "more fields": b"id,surname\n1,a,b\n",
    "not in UTF-8": "id,surname\n1,Müller\n".encode("latin-1"),
    "UTF-8": "id,surname\n1,a\n".encode("utf-16"),
}


@pytest.mark.parametrize("words", BAD_FILES)
def test_a_bad_file_is_one_sentence(tmp_path, run, capsys, words):
    path = tmp_path / "in.csv"
    path.write_bytes(BAD_FILES[words])
    code, out = run("bulk", path)
    told = capsys.readouterr().err
    assert code == 1
    assert words in told and told.count("\n") == 1
    assert not out.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_hostile_records_are_only_records(tmp_path, run):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADS.split(","))
        for n, text in enumerate(
            ("'; DROP TABLE x; --", "\u202e\u0000", "😀" * 50, "x" * 9999, "=1+1", "''")
        ):
            writer.writerow([f"{n} {text}", *[text] * 8])
    code, out = run("pairs", path)
    assert code == 0 and out.exists()


def test_a_model_is_used_or_refused(people, tmp_path, run, capsys):
    path, _ = people
    model = tmp_path / "model.json"
    model.write_text(json.dumps(START), encoding="utf-8")
    code, _ = run("bulk", path, "--model", str(model), "--json")
    assert code == 0
    assert json.loads(capsys.readouterr().out)["model"] == START["version"]

    for bad in ("{", "[]", json.dumps({**START, "format": 99}), '{"format": 1}'):
        model.write_text(bad, encoding="utf-8")
        code, out = run("pairs", path, "--model", str(model))
        out.unlink(missing_ok=True)
        assert code == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_an_answer_takes_nobodys_place(people, tmp_path, capsys):
    path, _ = people
    for out in (path, tmp_path, tmp_path / "no" / "out.csv"):
        assert main(["link", "bulk", str(path), "--out", str(out)], site=SITE) == 1
    assert capsys.readouterr().err.count("\n") == 3


def test_without_spark_one_sentence_says_so(people, run, monkeypatch, capsys):
    monkeypatch.setattr(
        "alongside.foundation.gateways.splink_spark.find_spec", lambda name: None
    )
    code, out = run("bulk", people[0], "--engine", "spark")
    assert code == 1 and not out.exists()
    assert "Spark is not installed" in capsys.readouterr().err


def one_slip_each():
    """Pairs of one person with a slip in each second record, and nobody else alike."""
    random = Random(5)  # noqa: S311  the same people each time
    sounds = ["ka", "mi", "ro", "te", "lo", "sa", "ne", "du", "vi", "pe", "jo", "ra"]

    def name(parts):
        return "".join(random.choices(sounds, k=parts)).title()

    given, surnames = [name(2) for _ in range(80)], [name(3) for _ in range(400)]
    for person in range(1500):
        told = [random.choice(given), random.choice(surnames)]
        told.append(f"{random.randint(1930, 2005)}-05-{random.randint(10, 28)}")
        yield person, told
        if person % 5 == 0:
            again, at = list(told), random.randrange(3)
            again[at] = again[at][:-1] + ("7" if at == 2 else "x")
            yield person, again


def test_people_are_found_who_were_never_written_down_twice_the_same(tmp_path, run):
    lines, people = ["id,given_names,surname,date_of_birth"], {}
    for number, (person, told) in enumerate(one_slip_each()):
        lines.append(",".join([str(number), *told]))
        people[str(number)] = person
    code, out = run("bulk", written(tmp_path, "\n".join(lines)))
    linked = pairs_of(rows(out))
    right = [pair for pair in linked if people[pair[0]] == people[pair[1]]]
    assert code == 0
    assert len(right) > 0.6 * 300
    assert len(linked) - len(right) < 0.05 * len(linked)


def test_dates_and_names_are_read_as_the_file_writes_them(tmp_path, run):
    path = written(
        tmp_path,
        "id,given_names,date_of_birth,phone\n"
        'a,"Okonkwo, Margaret",03/04/1984,07700900123\n'
        "b,Margaret Okonkwo,3/4/84,07700900123\n"
        "c,Margaret Okonkwo,04/03/1984,\n"
        "d,Jane Doe,12/31/1990,\n",
    )
    code, out = run("bulk", path)
    clusters = {row["id"]: row["cluster"] for row in rows(out)}
    assert code == 0
    assert clusters["a"] == clusters["b"]
    assert clusters["d"] == "d"
