"""The PostgreSQL that tests start by themselves."""

import pytest


@pytest.mark.parametrize("verb", [("start",), ("url",), ("run", "--", "true")])
def test_missing_server_is_said_in_one_line(house, run, verb):
    done = run("postgres", *verb, PGBIN=str(house / "nothing"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "PostgreSQL's server was not found (Debian package: postgresql); "
        "tools/system-packages --test installs it.\n"
    )
    assert not (house / "var").exists()


def test_run_gives_a_fresh_server_and_leaves_nothing(house, run):
    done = run("postgres", "run", "--", "bash", "-c", 'echo "$DATABASE_URL"; exit 7')
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout.startswith("postgres://couture@127.0.0.1:")
    assert list((house / "var/postgres").iterdir()) == []


def test_no_server_no_url(run):
    done = run("postgres", "url")
    assert (done.returncode, done.stderr) == (
        1,
        "No PostgreSQL runs here; tools/postgres start starts one.\n",
    )
