"""The demo's issue as the press gets it, built once for all tests that look at it."""

import fcntl
import io
import json
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from magazine.demo import loader
from magazine.digital import digital_edition_for_readers
from magazine.models import Article, Issue
from magazine.rendering import render_body
from print.composition import Tray
from print.models import PressFile
from print.page_grid import PageGrid

HEADS = "//h2[contains(@class, 'crosshead') or @class = 'question']"


@dataclass(frozen=True)
class PrintedArticle:
    """An article of the demo's press file: where it stands, and its texts as written."""

    title: str
    columns: int
    folios: range
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]


@dataclass
class DemoIssue:
    """The press file of the demo's released issue, final; loaded twice, and asked for twice."""

    report: dict[str, Any]
    again: dict[str, Any]
    data: bytes
    loaded: tuple[loader.Loaded, loader.Loaded]
    entries: list[tuple[int | None, int | None]] = field(default_factory=list)
    articles: list[PrintedArticle] = field(default_factory=list)
    grid: PageGrid | None = None
    digital: dict[str, Any] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    preflights: dict[str, dict[str, Any]] = field(default_factory=dict)
    digital_is_published: bool = False

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.report["path"]


def _build(*options: str) -> dict[str, Any]:
    answer = io.StringIO()
    call_command("build_press", "7", "--profile", "fanzine-a4", "--json", *options, stdout=answer)
    return json.loads(answer.getvalue())


@pytest.fixture(scope="session")
def demo_issue(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> DemoIssue:
    """The demo's press files, made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "demo-issue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = shared / "demo-issue.pickle"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_made(shared / "demo-issue", django_db_blocker)))
        return pickle.loads(kept.read_bytes())


def _made(folder: Path, django_db_blocker: Any) -> DemoIssue:
    """Load the demo and make its files; its database is gone again afterwards."""
    with (
        _folders(folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        pictures = loader.load_pictures(folder / "pictures")
        loaded = loader.load_magazine(pictures)
        report = _build("--final")
        data = Path(report["path"]).read_bytes()
        loaded_again = loader.load_magazine(pictures)
        demo = DemoIssue(report, _build(), data, (loaded, loaded_again))
        demo.digital = _build("--profile", "numerique")
        for slug in ("encart-200x270", "fanzine-a5-riso"):
            demo.others[slug] = _build("--profile", slug)
        for made in PressFile.objects.exclude(report={}):
            demo.preflights[made.edition.profile.slug] = made.report
        issue = Issue.objects.get(number=7)
        demo.digital_is_published = digital_edition_for_readers(issue) is not None
        printed = issue.entries.all()
        demo.entries = [(row.first_folio, row.printed_revision_id) for row in printed]
        press_file = PressFile.objects.get(sha256=report["sha256"])
        demo.grid = PageGrid(press_file.edition.profile.sheet)
        for row in press_file.printed.filter(entry__isnull=False):
            folios = range(row.first_folio, row.last_folio + 1)
            demo.articles.append(_read(row.revision.as_object(), folios, demo.grid))
        transaction.set_rollback(True)
    return demo


def _folders(folder: Path) -> override_settings:
    from django.conf import settings

    def placed(name: str, base_url: str | None) -> dict[str, Any]:
        options = {"location": str(folder / name), "base_url": base_url}
        return settings.STORAGES["default" if name == "media" else name] | {"OPTIONS": options}

    return override_settings(
        DATA_DIR=folder,
        MEDIA_ROOT=folder / "media",
        STORAGES={
            **settings.STORAGES,
            "default": placed("media", "/media/"),
            "press": placed("press", None),
        },
        TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
    )


def _read(article: Article, folios: range, grid: PageGrid) -> PrintedArticle:
    body = render_body(article, "print", sheet=grid.sheet, tray=Tray(), day_of_sale=None)
    tree = lxml.html.fromstring(f"<div>{body.html}</div>")
    for note in tree.xpath("//*[contains(@class,'footnote')]"):
        note.drop_tree()
    return PrintedArticle(
        article.title,
        grid.columns(article.kind),
        folios,
        tuple(each.text_content() for each in tree.iter("p")),
        tuple(
            each.text_content()
            for each in tree.xpath("//h2[contains(@class,'crosshead') or @class='question']")
        ),
    )
