"""Drive the system's Chromium over a small magazine that a live server shows."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    InterviewFactory,
    Magazine,
    OpinionFactory,
    PictureFactory,
    TopicFactory,
    block,
    paragraphs,
)

# Nothing but the page: no sandbox for root, no calls to the outside.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 8
# Playwright's loop makes Django think that it runs in one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: tools/system-packages --test installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def issue(transactional_db):
    """A released issue of three articles, and a draft that nobody may see."""
    magazine = Magazine()
    author = ContributorFactory(name="Inès Carpentier", slug="ines", portrait=PictureFactory())
    topic = TopicFactory(title="File", slug="file")
    opinion = magazine.article(
        OpinionFactory, title="Prenez un ticket", by=author, body=paragraphs(TEXT, TEXT)
    )
    interview = magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        about=[topic],
        by=author,
        lead_picture=PictureFactory(),
        lead_alt="Une image unie.",
        body=[
            block("question_answer", question="Pourquoi ?", speaker="", answer=f"<p>{TEXT}</p>"),
            block("pull_quote", quote="On attend, donc on est", author="Agnès", role=""),
        ],
    )
    case = magazine.article(CaseStudyFactory, title="Le serveur vocal", sector="Assurance")
    magazine.article(title="Brouillon", live=False)
    return magazine.issue(
        opinion, interview, case, number=7, title="L'attente", cover=PictureFactory()
    )


@pytest.fixture
def reader(chromium: Browser, live_server, settings, issue):
    """Open a page as a reader: `reader("/", width=360, dark=True, script=False)`.

    What tests wait for is asked by scripts of theirs, which the site's policy would refuse.
    """
    settings.ALLOWED_HOSTS = ["*"]
    opened = []

    def read(path, *, width=1280, dark=False, script=True, **options) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            **{"bypass_csp": True, **options},
        )
        opened.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield read
    for context in opened:
        context.close()
