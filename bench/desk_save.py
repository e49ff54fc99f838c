"""Save long articles through the desk's own view; print medians of what an editor waits for.

Usage: bench/desk_save.py [SAVES], 20 by default. It works on a small magazine of its own, in
a temporary folder on SQLite, and leaves nothing behind. Each cell reads: seconds on the clock,
and of the processor (where they differ much, the machine was busy with something else).
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = (60, 200)


def set_up(folder: str) -> None:
    """Prepare Django on a database in `folder`."""
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "website.settings",
        "ALLOWED_HOSTS": "testserver,localhost",
        "DEBUG": "yes",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # Django keeps every query where DEBUG is on: that would be measured too.
    settings.DEBUG = False
    call_command("migrate", verbosity=0)


def median(times: int, act: Callable[[int], Any]) -> tuple[float, float]:
    """Return the median seconds, clock and processor, of an act; once more to warm up."""
    act(-1)
    clock, processor = [], []
    for turn in range(times):
        start, busy = time.perf_counter(), time.process_time()
        act(turn)
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return statistics.median(clock), statistics.median(processor)


def measure(blocks: int, saves: int) -> dict[str, tuple[float, float]]:
    """Return, in seconds, what each act takes on an article of so many blocks."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from magazine.models import Feature
    from tests.factories import Magazine, PictureFactory
    from tests.large_articles import posted_article

    magazine, picture = Magazine(), PictureFactory()
    users = get_user_model().objects
    editor = users.filter(username="banc").first() or users.create_superuser("banc")
    desk, reader = Client(), Client()
    desk.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["magazine", "feature", magazine.section.pk])
    desk.post(add, posted_article(blocks, picture))
    article = Feature.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])

    def save(turn: int, **more: str) -> None:
        answer = desk.post(edit, posted_article(blocks, picture, mark=f" {turn}") | more)
        if answer.status_code != 302:
            sys.exit(f"the save was refused: {answer.status_code}")

    times = {
        "open": median(saves // 2, lambda _turn: desk.get(edit)),
        "save": median(saves, save),
        "publish": median(saves // 2, lambda turn: save(turn, **{"action-publish": "1"})),
    }
    address, told = f"/entretiens/{article.slug}/", f"/api/v1/articles/{article.pk}/"
    times["page"] = median(saves // 2, lambda _turn: reader.get(address))
    times["API"] = median(saves // 2, lambda _turn: reader.get(told))
    if reader.get(address).status_code != 200 or reader.get(told).status_code != 200:
        sys.exit("the article was not published")
    return times


def main() -> None:
    """Measure and print a table."""
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    folder = tempfile.mkdtemp(prefix="couture-bench-")
    try:
        set_up(folder)
        rows = {blocks: measure(blocks, saves) for blocks in BLOCKS}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    acts = list(rows[BLOCKS[0]])
    lines = ["blocks  " + "".join(f"{act:>15}" for act in acts)]
    for blocks, times in rows.items():
        cells = (f"{times[act][0]:.3f}/{times[act][1]:.3f} s" for act in acts)
        lines.append(f"{blocks:>6}  " + "".join(f"{cell:>15}" for cell in cells))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
