"""What is shipped is known, and nothing that would bind the whole product is."""

import json

import pytest

from scripts import licences
from scripts.licences import Package


def test_what_is_shipped_may_be():
    assert list(licences.problems()) == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v2 (GPLv2)"]
)
def test_a_licence_that_binds_is_refused(licence):
    assert licences.is_refused(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "LGPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "MPL-2.0 AND MIT",
        "MIT OR GPL-2.0",
    ],
)
def test_other_licences_are_not(licence):
    assert not licences.is_refused(licence)


def package(**facts):
    given = {"name": "planted", "version": "1", "kind": "pypi", "licence": "MIT"}
    return Package(**{**given, "needed_by": (), "why": "", **facts})


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (package(why="x", licence="GPL-3.0-only"), "would bind"),
        (package(why="x", licence=""), "not known"),
        (package(), "does not say why"),
    ],
)
def test_a_planted_package_is_named(planted, said, monkeypatch):
    known = licences.packages()
    monkeypatch.setattr(licences, "packages", lambda: [*known, planted])
    (found,) = licences.problems()
    assert found.startswith("planted: ")
    assert said in found


def test_words_about_a_package_that_is_gone_are_named(monkeypatch):
    left = [one for one in licences.packages() if one.name != "django"]
    monkeypatch.setattr(licences, "packages", lambda: left)
    assert [one for one in licences.problems() if one.startswith("django: ")]


def test_the_bill_names_everything_that_is_locked(tmp_path):
    target = tmp_path / "bill.json"
    assert licences.main(["--sbom", str(target)]) == 0
    bill = json.loads(target.read_text())

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    urls = {one["purl"] for one in bill["components"]}
    locked = (licences.ROOT / "requirements" / "base.txt").read_text().splitlines()
    names = {line.partition("==")[0] for line in locked if "==" in line[:60]}
    assert {url.partition("@")[0].rpartition("/")[2] for url in urls} >= {
        name.partition("[")[0] for name in names
    }
    assert any(url.startswith("pkg:npm/govuk-frontend@") for url in urls)
