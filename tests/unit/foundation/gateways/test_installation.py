from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from alongside.foundation.gateways.installation import (
    Connection,
    Installation,
    Server,
    read_connections,
    read_server,
    server_of_url,
)
from alongside.foundation.gateways.secrets_file import ensure_secrets

URL = "postgresql://builder:p%40ss@db.example:5433/start?sslmode=require"


def test_a_url_names_a_server_and_not_who_asks():
    assert server_of_url(URL) == Server(
        host="db.example", port="5433", options={"sslmode": "require"}
    )


def test_a_connection_string_keeps_every_part():
    connection = Connection(
        host="db.example",
        port="5433",
        database="alongside",
        user="alongside_app",
        password="it's a \\ secret",
        options={"sslmode": "require"},
    )

    parts = conninfo_to_dict(connection.conninfo())

    assert parts["password"] == "it's a \\ secret"
    assert parts["sslmode"] == "require"
    assert parts["dbname"] == "alongside"


def test_passwords_are_not_shown():
    server = Server(host="h", port="1")
    connection = server.connection(database="d", user="u", password="hush")

    assert "hush" not in repr(connection)
    assert "p%40ss" not in repr(Installation(home=Path("x"), database_url=URL))


def test_before_set_up_settings_can_be_read(tmp_path: Path):
    connections = read_connections(Installation(home=tmp_path))

    assert connections.app.user == "alongside_app"
    assert connections.app.password == ""


def test_each_role_has_its_own_password(tmp_path: Path):
    secrets = ensure_secrets(tmp_path, roles=("alongside_app", "alongside_owner"))

    connections = read_connections(Installation(home=tmp_path))

    assert connections.app.password == secrets.passwords["alongside_app"]
    assert connections.owner.password == secrets.passwords["alongside_owner"]


def test_a_damaged_note_of_the_server_falls_back_to_the_usual_place(tmp_path: Path):
    installation = Installation(home=tmp_path)
    installation.address_file.write_text("not JSON")

    assert read_server(installation).host == str(tmp_path / "pg" / "s")
