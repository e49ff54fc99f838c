"""Make the demo magazine, print what there is to see, and hand over to serve.py.

Called by tools/demo, which has seen to the port, the packages and the environment.
"""

import argparse
import contextlib
import hashlib
import json
import os
import secrets
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from serve import LOGS, ROOT, ServeError, Stopped, last_word, listen_for_the_end, refuse_port, serve

VAR = ROOT / "var"
ENV_FILE = VAR / "demo.env"
STATIC_STAMP = VAR / "static.stamp"

# The demo needs no server and no key: what points at one is left aside.
LEFT_ASIDE = ("SEARCH_URL", "REDIS_URL", "STORAGE_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")


class DemoError(Exception):
    """Why the demo cannot go on, in one line, with what to do."""


class Clock:
    """The seconds that each step took, in order."""

    def __init__(self, spent: dict[str, float]) -> None:
        self.started = time.monotonic() - sum(spent.values())
        self.spent = spent

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        before = time.monotonic()
        yield
        self.spent[name] = time.monotonic() - before

    def total(self) -> float:
        """Seconds since the command was typed."""
        return time.monotonic() - self.started


def demo_environment(port: int) -> dict[str, str]:
    """The environment of a small production on this machine; its secret stays from run to run."""
    VAR.mkdir(exist_ok=True)
    kept: dict[str, str] = {}
    if ENV_FILE.exists():
        lines = shlex.split(ENV_FILE.read_text(encoding="utf-8"))
        kept = dict(line.split("=", 1) for line in lines if "=" in line)
    values = {
        "SECRET_KEY": kept.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "DEBUG": "no",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "BASE_URL": f"http://localhost:{port}",
        "DATA_DIR": str(VAR),
        "DATABASE_URL": f"sqlite:///{quote(str(VAR / 'couture.sqlite3'))}",
    }
    if kept != values:
        new = ENV_FILE.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(
            "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()),
            encoding="utf-8",
        )
        new.replace(ENV_FILE)
    return {**{k: v for k, v in os.environ.items() if k not in LEFT_ASIDE}, **values}


def manage(env: dict[str, str], command: str, *arguments: str) -> str:
    """Run one management command and give its standard output.

    Raises DemoError with the command's last word when it fails; the rest is in var/log.
    """
    log = LOGS / f"demo-{command}.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as errors:
        done = subprocess.run(
            [sys.executable, "manage.py", command, *arguments],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise DemoError(f"{command}: {last_word(log, done.stdout)} (more in {from_root(log)})")
    return done.stdout


def from_root(path: Path | str) -> str:
    """A path as the reader of the table types it."""
    path = Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def static_digest() -> str:
    """A digest of what collectstatic reads: our static files, the pinned packages, the settings."""
    sources = [ROOT / "site/website/settings.py", ROOT / "constraints.txt"]
    for folder in ("site/website/static", "magazine/static", "print/static"):
        sources += sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in sources:
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static(env: dict[str, str]) -> None:
    """Gather the static files, unless nothing changed since the last time."""
    digest = static_digest()
    gathered = (VAR / "static/staticfiles.json").exists() and STATIC_STAMP.exists()
    if gathered and STATIC_STAMP.read_text(encoding="utf-8") == digest:
        return
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    STATIC_STAMP.write_text(digest, encoding="utf-8")


def load_magazine(env: dict[str, str], clock: Clock) -> dict[str, Any]:
    """Load the demo magazine and build its press file; gives what `manage.py demo --json` says."""
    with clock.step("demo magazine and press file"):
        said = manage(env, "demo", "--json").strip()
    try:
        told = json.loads(said.splitlines()[-1] if said else "")
    except json.JSONDecodeError as error:
        raise DemoError(f"demo --json answered no JSON: {said[-200:]!r}") from error
    if told.get("steps"):
        whole = clock.spent.pop("demo magazine and press file")
        clock.spent.update(told["steps"])
        clock.spent["starting it"] = max(0.0, whole - sum(told["steps"].values()))
    return told


def table(told: dict[str, Any], base_url: str, spent: dict[str, float], total: float) -> str:
    """What there is to see and what it took, as aligned lines."""
    rows = [
        ("site", told.get("site") or f"{base_url}/"),
        ("admin", told.get("admin") or f"{base_url}/admin/"),
        ("login", f"{told.get('login')}   password {told.get('password')}"),
        ("API", told.get("api") or f"{base_url}/api/v1/articles/"),
        ("magazine", f"{told.get('articles')} articles, {told.get('issues')} issues"),
    ]
    press = told.get("press")
    if press:
        rows += [
            ("press file", from_root(press["path"])),
            ("", f"{press['pages']} pages, {press['size'] / 1e6:.1f} MB"),
            ("sha256", press["sha256"]),
            ("for the printer", press["link"]),
        ]
    digital = told.get("digital")
    if digital:
        rows.append(("for readers", from_root(digital["path"])))
    width = max(len(name) for name, _ in rows)
    lines = [f"  {name:<{width}}  {value}" for name, value in rows]
    width = max(map(len, [*spent, "in all"]))
    lines += ["", "  Seconds"]
    lines += [f"  {name:<{width}}  {seconds:6.1f}" for name, seconds in spent.items()]
    lines += [f"  {'in all':<{width}}  {total:6.1f}"]
    return "\n".join(["", *lines, "", ""])


def main() -> int:
    """Make, tell, serve; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--serve", choices=("yes", "no"), default="yes")
    parser.add_argument("--spent", action="append", default=[], metavar="STEP=MICROSECONDS")
    options = parser.parse_args()
    spent = dict(entry.rsplit("=", 1) for entry in options.spent)
    clock = Clock({name: int(micro) / 1e6 for name, micro in spent.items()})
    listen_for_the_end()
    try:
        if options.serve == "yes":
            refuse_port(options.port)
        env = demo_environment(options.port)
        with clock.step("static files"):
            collect_static(env)
        with clock.step("database"):
            manage(env, "migrate", "--noinput", "--verbosity", "0")
        told = load_magazine(env, clock)
        sys.stdout.write(table(told, env["BASE_URL"], clock.spent, clock.total()))
        sys.stdout.flush()
        if options.serve == "yes":
            serve(options.port, env)
    except (DemoError, ServeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except Stopped:
        sys.stdout.write("\n  Ended.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
