"""Release in a process of its own, on the database that DATABASE_URL names; killed where asked.

release_runner.py kill release|scheduled ISSUE    once for each write, in children that die there
release_runner.py schedule                        one round, as soon as a line comes in
"""

import itertools
import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "website.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, Revision  # noqa: E402

from magazine.checks import registry  # noqa: E402
from magazine.models import Issue, IssueEntry  # noqa: E402
from magazine.release import release  # noqa: E402
from magazine.scheduler import run_due  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")
registry._registered.clear()


class Death:
    """Kills this process at the nth write or commit: after the write, before and after commit."""

    def __init__(self, at):
        self.at = at

    def step(self):
        self.at -= 1
        if self.at == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(WRITES):
            self.step()
        return result

    def around(self, commit):
        def committed():
            self.step()
            commit()
            self.step()

        return committed


def kill_at(at, verb, issue_id):
    """Run the verb in a child that dies at that step; tell whether it died."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    death = Death(at)
    connection.ensure_connection()
    connection._commit = death.around(connection._commit)
    with connection.execute_wrapper(death):
        if verb == "release":
            release(Issue.objects.get(pk=issue_id))
        else:
            run_due()
    os._exit(0)


def state(issue_id):
    """What readers see, and whether the schedule still stands."""
    articles = IssueEntry.objects.filter(issue_id=issue_id).values("article_id")
    return {
        "issue": Page.objects.get(pk=issue_id).live,
        "articles": Page.objects.filter(pk__in=articles, live=True).count(),
        "due": Revision.objects.filter(approved_go_live_at__lte=timezone.now()).count(),
    }


def kill(verb, issue_id, every):
    """Report after each death; a child that died too late, or that nothing killed, ends it."""
    for at in itertools.count(1, every):
        killed = kill_at(at, verb, issue_id)
        now = state(issue_id)
        print(json.dumps({"at": at, "killed": killed, **now}), flush=True)  # noqa: T201
        if not killed or now["issue"]:
            return


if __name__ == "__main__":
    if sys.argv[1] == "kill":
        kill(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        call_command("release_scheduled")
