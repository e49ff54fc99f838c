"""The environment that tools/python-environment makes, keeps and mends."""

import pytest


@pytest.fixture
def requirements(house):
    """Requirements that need no network: none at all, or one that is not there."""
    for name in ("constraints.txt", "requirements.txt", "requirements-dev.txt"):
        (house / name).write_text("# none\n", encoding="utf-8")
    return house / "requirements.txt"


@pytest.fixture
def broken(house):
    """An environment whose Python is gone, as after an upgrade of the system."""
    (house / ".venv/bin").mkdir(parents=True)
    (house / ".venv/bin/python").symlink_to(house / "python that was")
    (house / ".venv/leftover").touch()
    return house / ".venv"


def test_broken_one_is_made_anew_and_then_left_alone(run, requirements, broken):
    made = run("python-environment", "--dev")
    assert (made.returncode, made.stderr) == (0, "Installing Python packages (a minute or two)\n")
    assert (broken / "bin/python").exists()
    assert not (broken / "leftover").exists()
    for wanted in ((), ("--dev",)):
        again = run("python-environment", *wanted)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_failure_is_one_line_and_leaves_nothing_half_made(run, requirements, broken):
    requirements.write_text("./not-there.whl\n", encoding="utf-8")
    done = run("python-environment")
    assert (done.returncode, done.stdout) == (1, "")
    *_, said = done.stderr.splitlines()
    assert said.startswith("pip could not install requirements.txt (see var/log/")
    assert "not-there.whl" in said
    assert not broken.exists()


def test_without_a_python_it_says_what_installs_one(run, bare_path, program):
    program("python3", "exit 1")
    done = run("python-environment", "--which", PATH=str(bare_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "No Python 3.11 or later with its venv module was found; "
        "tools/system-packages installs one.\n"
    )
