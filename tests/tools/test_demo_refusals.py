"""What `make demo` says, before it does anything, when it cannot serve."""

import socket

import pytest


def test_port_in_use_is_refused_before_anything_is_made(house, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("demo", PORT=str(port), SERVE="yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Port {port} is in use; choose another one, as in: make demo PORT={port + 1}\n"
    )
    assert not (house / "var").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "80 80", "-1", "08000"])
def test_port_that_is_none_is_refused(run, port):
    done = run("demo", PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"PORT={port} is not a port; give a number from 1 to 65535, as in: make demo PORT=8080\n"
    )


def test_serve_takes_yes_or_no(run):
    done = run("demo", SERVE="maybe")
    assert (done.returncode, done.stderr) == (1, "SERVE=maybe means nothing; it is yes or no.\n")
