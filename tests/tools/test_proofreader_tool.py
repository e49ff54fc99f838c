"""What tools/proofreader says where it can't start, and which packages it asks for."""

import os
import socket

import pytest

# Maven, as far as the tool sees it: its last argument names the folder.
FETCH = 'folder=${!#}; mkdir -p "${folder#-DoutputDirectory=}"'


def first(bare_path):
    """The small programs of a test before the machine's own."""
    return f"{bare_path}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("port", ["none", "0", "70000"])
def test_a_port_that_is_none_is_refused(run, port):
    done = run("proofreader", PROOFREADER_PORT=port)
    assert (done.returncode, done.stderr) == (
        1,
        f"PROOFREADER_PORT={port} is not a port; give a number from 1 to 65535.\n",
    )


def test_an_option_that_it_doesn_t_know_is_refused(run):
    done = run("proofreader", "--loud")
    assert (done.returncode, done.stderr) == (
        1,
        "tools/proofreader: unknown option --loud; the only one is --fetch.\n",
    )


def test_a_download_that_fails_says_why_and_the_next_try_begins_anew(
    house, run, bare_path, program
):
    program("java", "true")
    program("mvn", "echo '[ERROR] Could not transfer artifact'; exit 1")
    done = run("proofreader", "--fetch", PATH=first(bare_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "Maven could not fetch the proofreader (see var/log/proofreader.log): "
        "[ERROR] Could not transfer artifact"
    )
    program("mvn", f'{FETCH}; echo "$*" >>"{house}/fetched"')
    for _again in range(2):
        assert run("proofreader", "--fetch", PATH=first(bare_path)).returncode == 0
    assert (house / "fetched").read_text(encoding="utf-8").count("\n") == 1


def test_a_port_in_use_is_told_with_the_way_out(house, run, bare_path, program):
    program("java", "true")
    program("mvn", FETCH)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("proofreader", PROOFREADER_PORT=str(port), PATH=first(bare_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"Port {port} is in use; choose another one")


def test_without_java_and_maven_it_names_their_packages(run, bare_path, program):
    program("apt-get", "exit 100")
    done = run("system-packages", "--proofreader", PATH=str(bare_path))
    assert done.returncode == 1
    assert done.stderr == (
        "System packages are missing; type this once, then start again:  "
        "su -c 'apt-get update && apt-get install --no-install-recommends -y "
        "default-jre-headless maven'\n"
    )
