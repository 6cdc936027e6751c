"""Each ban is seen to catch what it is for."""

from pathlib import Path

import pytest

from scripts import check_tree


@pytest.fixture
def tree(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(check_tree, "ROOT", tmp_path)
    monkeypatch.setattr(
        check_tree,
        "_tracked",
        lambda: [p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()],
    )
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("a.txt", "from " + "py" + "pi.org/simple", "registry"),
        ("a.json", "https://registry.npm" + "js.org/x", "registry"),
        ("a.md", "see /" + "work/shared/x", "one machine"),
        ("a.pem", "-----BEGIN RSA PRIVATE " + "KEY-----", "private key"),
        ("a.md", "as_" + "x" * 43, "token"),
        ("a.py", "# TO" + "DO later", "leftover"),
        ("tests/test_a.py", "@pytest.mark.sk" + "ip", "skips"),
        ("alongside/a.py", "pri" + "nt(1)", "prints"),
    ],
)
def test_a_breach_is_named_by_file_and_line(
    tree: Path, capsys, *, name: str, line: str, why: str
):
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"fine\n{line}\n")

    assert check_tree.main() == 1
    said = capsys.readouterr().err
    assert f"{name}:2" in said
    assert why in said


def test_what_only_looks_like_a_breach_is_left_alone(tree: Path):
    (tree / "a.md").write_text("social/work/with, TO" + "DO list, sprint()\n")
    (tree / "bench").mkdir()
    (tree / "bench" / "b.py").write_text("pri" + "nt('figures')\n")
    (tree / "image.png").write_bytes(b"\x89PNG\xff\xfe")

    assert check_tree.main() == 0
