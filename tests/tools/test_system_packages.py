"""What tools/system-packages says where packages are missing and it may not install them."""


def test_without_rights_it_prints_the_one_line_to_type(run, bare_path, program):
    program("apt-get", "echo 'apt-get must not run' >&2; exit 100")
    program("apt-cache", "exit 100")
    program("ldconfig", "true")
    done = run("system-packages", PATH=str(bare_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "System packages are missing; type this once, then start again:  "
        "su -c 'apt-get update && apt-get install --no-install-recommends -y ghostscript qpdf "
        "poppler-utils fontconfig gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b "
        "libharfbuzz-subset0 python3-venv'\n"
    )


def test_with_sudo_that_asks_for_a_password_the_line_uses_sudo(run, bare_path, program):
    for name in ("gs", "pdfinfo", "fc-list", "msgfmt", "apt-get"):
        program(name, "true")
    program("ldconfig", "exit 1")
    program("sudo", "exit 1")
    program("python3.12", "echo /usr/bin/python3.12")
    done = run("system-packages", PATH=str(bare_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "System packages are missing; type this once, then start again:  "
        "sudo apt-get update && sudo apt-get install --no-install-recommends -y qpdf\n"
    )


def test_elsewhere_than_on_debian_it_lists_what_is_missing(run, bare_path, program):
    for name in ("gs", "qpdf", "fc-list", "msgfmt"):
        program(name, "true")
    program("ldconfig", "exit 1")
    program("python3.12", "echo /usr/bin/python3.12")
    done = run("system-packages", PATH=str(bare_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "These Debian packages, or what your system calls them, are missing: poppler-utils\n"
    )


def test_where_it_may_it_installs_and_looks_again(house, run, bare_path, program):
    for name in ("gs", "pdfinfo", "fc-list", "msgfmt"):
        program(name, "true")
    program("ldconfig", "exit 1")
    program("id", "echo 0")
    program("python3.12", "echo /usr/bin/python3.12")
    install = f'/bin/ln -s /bin/true "{bare_path}/qpdf"'
    program("apt-get", f'echo "$*" >>"{house}/apt"; [[ $* != *install* ]] || {install}')
    done = run("system-packages", PATH=str(bare_path))
    assert (done.returncode, done.stderr) == (0, "Installing system packages: qpdf\n")
    assert (house / "apt").read_text(encoding="utf-8") == (
        "-qq -y -o DPkg::Lock::Timeout=120 install --no-install-recommends qpdf\n"
    )


def test_an_installation_that_fails_says_why(house, run, bare_path, program):
    for name in ("gs", "pdfinfo", "fc-list", "msgfmt"):
        program(name, "true")
    program("ldconfig", "exit 1")
    program("id", "echo 0")
    program("python3.12", "echo /usr/bin/python3.12")
    program("apt-get", "echo 'E: Unable to locate package qpdf' >&2; exit 100")
    done = run("system-packages", PATH=str(bare_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "apt-get could not install qpdf (see var/log/system-packages.log): "
        "E: Unable to locate package qpdf"
    )
