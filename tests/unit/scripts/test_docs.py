from scripts import docs


def test_the_pages_in_the_repository_are_current():
    assert docs.drift(docs.FOLDER) == []


def test_drift_is_noticed_and_named(tmp_path):
    docs.write(tmp_path)
    assert docs.drift(tmp_path) == []

    (tmp_path / "roles.md").write_text("Everyone may do everything\n")
    (tmp_path / "flags.md").unlink()
    (tmp_path / "gossip.md").write_text("\n")

    assert docs.drift(tmp_path) == [
        "docs/generated/flags.md is missing",
        "docs/generated/roles.md is not what the code says",
        "docs/generated/gossip.md is written by nothing",
    ]


def test_the_check_refuses_in_words_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(docs, "FOLDER", tmp_path)

    assert docs.main(["--check"]) == 1
    assert "Run: python -m scripts.docs" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
