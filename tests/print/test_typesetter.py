"""Typesetting in child processes: pages, findings, limits, and what hostile texts come to."""

import os
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from print.press_reading import colours_of
from print.typesetter import (
    Limits,
    MissingMedia,
    TypesetError,
    TypesetJob,
    typeset,
    typeset_many,
)

pytestmark = pytest.mark.render
STRICT = Limits(seconds=2, cpu_seconds=2)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (30, 20), (10, 20, 30, 40)).save(path)
    return path


def remedy_of(html, limits=STRICT, media=None):
    with pytest.raises(TypesetError) as error:
        typeset(TypesetJob(html, media or {}), limits)
    assert "\n" not in error.value.remedy
    return error.value.cause, error.value.remedy


def test_a_text_becomes_pages_with_its_pictures(picture):
    job = TypesetJob(
        '<style>p{break-after:page}</style><p>Un<p>Deux<img src="pictures/a.jpg">',
        {"pictures/a.jpg": picture},
    )
    pages = typeset(job)
    assert (pages.pages, pages.findings, pages.digest) == (2, (), job.digest)
    assert 0 < pages.cpu_seconds < 2
    assert 0 < pages.peak_mb < 200
    with pikepdf.open(BytesIO(pages.pdf)) as pdf:
        assert len(pdf.pages) == 2
        drawn = [use for use in colours_of(pdf) if use.place == "page/image"]
        assert [(use.page, use.space) for use in drawn] == [(1, "DeviceCMYK"), (2, "DeviceCMYK")]


def test_the_digest_follows_text_names_and_pictures(picture):
    job = TypesetJob("<p>x", {"a.jpg": picture})
    assert job.digest == TypesetJob("<p>x", {"a.jpg": picture}).digest
    others = {TypesetJob("<p>y", {"a.jpg": picture}).digest, TypesetJob("<p>x").digest}
    others.add(TypesetJob("<p>x", {"b.jpg": picture}).digest)
    picture.write_bytes(b"another")
    others.add(TypesetJob("<p>x", {"a.jpg": picture}).digest)
    assert len(others - {job.digest}) == 4


def test_the_same_text_gives_the_same_bytes_in_every_child_zone_and_case_room(picture, monkeypatch):
    job = TypesetJob('<p>Guichet<img src="a.jpg">', {"a.jpg": picture})
    first = typeset(job).pdf
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    from print import typesetter

    room = typesetter.CaseRoom()
    monkeypatch.setattr(typesetter, "_case_room", room)
    try:
        assert typeset(job).pdf == first
    finally:
        room.close()


def test_what_the_typesetter_warns_about_becomes_a_finding():
    assert typeset(TypesetJob("<style>p{colour:red}</style><p>x")).findings == (
        "Ignored `colour:red` at 1:3, unknown property.",
    )


def test_many_texts_come_back_in_their_order():
    jobs = [TypesetJob("<p style='break-before:page'>x" * count) for count in (3, 1, 2)]
    assert [pages.pages for pages in typeset_many(jobs)] == [3, 1, 2]


def test_the_first_text_that_fails_is_the_one_that_is_reported():
    jobs = [TypesetJob("<p>x"), TypesetJob("<img src=b.jpg>"), TypesetJob("<img src=c.jpg>")]
    with pytest.raises(TypesetError, match=r"b\.jpg was not handed to the press"):
        typeset_many(jobs)


def test_a_child_costs_little():
    typeset(TypesetJob("<p>x"))
    started = time.monotonic()
    for _ in range(5):
        typeset(TypesetJob("<p>x"))
    assert (time.monotonic() - started) / 5 < 0.5


def test_a_missing_picture_is_refused_before_anything_is_set(tmp_path, picture):
    with pytest.raises(MissingMedia) as error:
        TypesetJob('<img src="a.jpg">', {"a.jpg": tmp_path / "none.jpg"})
    assert error.value.remedy == (
        f"a.jpg is missing ({tmp_path / 'none.jpg'}): store the file again"
    )
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.jpg").symlink_to(picture)
    with pytest.raises(MissingMedia):
        TypesetJob("<p>", {"a.jpg": inside / "link.jpg"}, media_root=inside)


def test_a_picture_that_nobody_handed_over_is_refused_in_one_line():
    assert remedy_of('<img src="a.jpg">') == (
        "missing",
        "https://media.invalid/a.jpg was not handed to the press: add the file",
    )


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<img src=file:///etc/passwd>", "file:///etc/passwd"),
        ("<link rel=attachment href=file:///etc/passwd>x", "file:///etc/passwd"),
        ("<a rel=attachment href=file:///etc/passwd>x</a>", "file:///etc/passwd"),
        ("<link rel=stylesheet href=file:///etc/passwd>x", "file:///etc/passwd"),
        ("<img src=http://127.0.0.1/a.png>", "http://127.0.0.1/a.png"),
        ("<style>@import url(https://example.com/a.css)</style>x", "https://example.com/a.css"),
        (
            "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style>x",
            "file:///etc/passwd",
        ),
        (
            f'{SVG}<image href="file:///etc/passwd" width="9" height="9"/></svg>',
            "file:///etc/passwd",
        ),
        ("<p style='background:url(ftp://example.com/a)'>x", "ftp://example.com/a"),
    ],
)
def test_nothing_is_fetched_but_the_media_of_the_job(html, address):
    expected = ("refused", f"{address} is not one of our media: remove the address")
    assert remedy_of(html) == expected


def test_a_small_data_address_is_allowed_and_a_large_one_is_not():
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    assert typeset(TypesetJob(f'<img src="{dot}">')).findings == ()
    cause, remedy = remedy_of(f'<img src="data:image/png;base64,{"A" * 400_000}">')
    assert (cause, remedy.endswith("is too large: store it as a picture")) == ("refused", True)


def test_a_table_of_a_million_columns_meets_the_limit_of_time():
    started = time.monotonic()
    assert remedy_of("<table><tr><td colspan=1000000>x</table>") == (
        "time",
        "the text takes longer than 2 s to set: divide it or simplify it",
    )
    assert time.monotonic() - started < 6


def test_a_drawing_that_multiplies_itself_meets_the_limit_of_time():
    levels = "".join(
        f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>" for level in range(1, 9)
    )
    bomb = f'{SVG}<defs><path id="a0" d="M0 0h1"/>{levels}</defs><use href="#a8"/></svg>'
    assert remedy_of(bomb)[0] == "time"


def test_a_text_nested_without_end_is_refused_in_one_line():
    assert remedy_of("<div>" * 3000 + "x", Limits(seconds=20)) == (
        "nesting",
        "the text is too deeply nested: simplify it",
    )


def test_a_text_that_needs_too_much_memory_is_refused_in_one_line():
    cause, remedy = remedy_of("<p>x" * 20_000, Limits(memory_mb=150))
    assert (cause, "150 MB" in remedy) == ("memory", True)


def test_a_text_longer_than_allowed_is_refused_in_one_line():
    assert remedy_of("<p style='break-before:page'>x" * 5, Limits(pages_most=4)) == (
        "pages",
        "the text fills 5 pages, more than 4: shorten it or divide it",
    )


def test_running_text_that_leaves_the_page_is_refused_and_a_drawn_title_is_not():
    assert remedy_of("<p style='white-space:nowrap'>" + "guichet" * 90) == (
        "stray",
        f"on page 1, « {('guichet' * 90)[:60]} » runs off the page: shorten it or let it break",
    )
    tall = "<div style='display:inline-block'>" + "<p>une ligne" * 60 + "</div>"
    assert remedy_of(tall)[0] == "stray"
    assert typeset(TypesetJob("<h1 style='position:absolute;left:15cm'>" + "G" * 40)).pages == 1


def test_a_gradient_in_inks_says_how_to_write_it():
    html = "<p style='background:linear-gradient(device-cmyk(0 0 0 1),red)'>x"
    assert remedy_of(html) == (
        "engine",
        "a gradient's colours must be written in rgb(): the press turns them to inks",
    )


def test_the_case_room_starts_again_after_it_was_killed():
    typeset(TypesetJob("<p>x"))
    from print import typesetter

    typesetter._case_room._process.kill()
    typesetter._case_room._process.wait()
    assert typeset(TypesetJob("<p>x")).pages == 1


def test_no_child_outlives_its_job():
    typeset(TypesetJob("<p>x"))
    with pytest.raises(TypesetError):
        typeset(TypesetJob("<table><tr><td colspan=1000000>x</table>"), Limits(seconds=1))
    from print import typesetter

    room = typesetter._case_room._process.pid
    time.sleep(0.1)
    children = Path(f"/proc/{room}/task/{room}/children")
    assert children.read_text().split() == []
    assert os.getpid() != room
