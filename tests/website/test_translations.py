"""The interface in French and in English: whole, well set, and nothing in one of them alone."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from magazine.blocks import BodyBlock
from magazine.typography import typeset

OURS = ("magazine", "print")
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
SOURCES = {".py", ".html", ".txt", ".po"}
NOT_GATHERED = {".venv", ".git", "var", "tests", "static", "fonts"}
# The page of a breakdown is sent when nothing else works.
SPEAKING_BOTH = ("website", "magazine", "print")
FRENCH_ALONE = {"website/500.html"}
TEMPLATES = [
    name
    for folder in SPEAKING_BOTH
    for path in sorted((settings.ROOT / "templates" / folder).rglob("*.html"))
    if (name := path.relative_to(settings.ROOT / "templates").as_posix()) not in FRENCH_ALONE
]


@dataclass(frozen=True)
class Entry:
    """One string of a catalogue: what the code says, and what readers get."""

    sources: tuple[str, ...]  # the singular, and the plural if there is one
    context: str
    translations: tuple[str, ...]
    fuzzy: bool


def entries(path: Path) -> list[Entry]:
    """The strings of a .po file, its header aside."""
    paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [entry_of(each) for each in paragraphs[1:]]


def entry_of(paragraph: str) -> Entry:
    said: dict[str, str] = {}
    keyword, flags = "", ""
    for line in paragraph.splitlines():
        if line.startswith("#"):
            flags += line if line.startswith("#,") else ""
            continue
        word, _, literal = line.partition('"')
        keyword = word.strip() or keyword
        said[keyword] = said.get(keyword, "") + ast.literal_eval('"' + literal)
    return Entry(
        sources=tuple(said[name] for name in ("msgid", "msgid_plural") if name in said),
        context=said.get("msgctxt", ""),
        translations=tuple(text for name, text in said.items() if name.startswith("msgstr")),
        fuzzy="fuzzy" in flags,
    )


@pytest.fixture(scope="module")
def french() -> list[Entry]:
    """The French catalogue."""
    return entries(settings.ROOT / CATALOGUE)


def test_every_string_is_translated_and_none_is_a_guess(french):
    assert len(french) > 300
    assert [each.sources[0] for each in french if each.fuzzy or not all(each.translations)] == []


def test_plurals_have_both_their_forms(french):
    assert [each for each in french if len(each.translations) != len(each.sources)] == []


def test_the_catalogue_says_its_language_and_how_it_counts():
    header = entry_of((settings.ROOT / CATALOGUE).read_text(encoding="utf-8").split("\n\n")[0])
    fields = dict(line.split(": ", 1) for line in header.translations[0].splitlines())
    assert not header.fuzzy
    assert fields["Project-Id-Version"] == "Couture"
    assert fields["Language"] == "fr"
    assert fields["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_gathering_again_finds_nothing_new_and_nothing_stale(french, tmp_path):
    copy = copy_of_sources(tmp_path / "couture")
    subprocess.run(["tools/messages", "gather"], cwd=copy, check=True, capture_output=True)
    gathered = {(each.context, each.sources) for each in entries(copy / CATALOGUE)}
    assert gathered == {(each.context, each.sources) for each in french}


def copy_of_sources(copy: Path) -> Path:
    """What is gathered from, elsewhere: gathering writes beside what it reads."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        files = {name for name in names if (Path(folder) / name).is_file()}
        return [
            name
            for name in names
            if name in NOT_GATHERED or (name in files and Path(name).suffix not in SOURCES)
        ]

    shutil.copytree(settings.ROOT, copy, ignore=left_out)
    shutil.copy2(settings.ROOT / "tools/messages", copy / "tools/messages")
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


def test_placeholders_are_those_of_the_code(french):
    lost = [
        text
        for each in french
        for text in each.translations
        if sorted(PLACEHOLDER.findall(text))
        not in [sorted(PLACEHOLDER.findall(source)) for source in each.sources]
    ]
    assert lost == []


def test_french_is_set_as_the_house_sets_it(french):
    texts = [re.sub(r"<[^>]*>", "", text) for each in french for text in each.translations]
    straight = re.compile(r"[^\W\d_]'[^\W\d_]|\"")
    spaces = re.compile("(?<![\u00a0\u202f]):(?=\\s|$)|(?<!\u202f)[;!?]|«(?!\u00a0)|(?<!\u00a0)»")
    assert [text for text in texts if straight.search(text) or spaces.search(text)] == []
    assert [text for text in texts if typeset(text) != text] == []


def test_the_desk_reads_in_both_languages(french):
    catalogue = {(each.sources[0], each.translations[0]) for each in french}
    labels = [*labels_of_models(), *labels_of_blocks(BodyBlock())]
    with translation.override("en"):
        english = [str(label) for label in labels]
    with translation.override("fr"):
        shown = set(zip(english, map(str, labels), strict=True))
    assert len(shown) > 150
    assert shown - catalogue == set()


def labels_of_models() -> Iterator[Promise]:
    """Names and help of our models and of their own fields; Wagtail translates its own."""
    for model in (each for app in OURS for each in apps.get_app_config(app).get_models()):
        meta = model._meta
        inherited = {
            field.name
            for base in model.__mro__
            if hasattr(base, "_meta") and base._meta.app_label not in OURS
            for field in base._meta.get_fields()
        }
        yield from only_lazy(meta.verbose_name, meta.verbose_name_plural)
        for field in (*meta.local_fields, *meta.local_many_to_many):
            if field.name not in inherited:
                choices = [label for _, label in field.flatchoices]
                yield from only_lazy(field.verbose_name, field.help_text, *choices)


def labels_of_blocks(block: Any) -> Iterator[Promise]:
    """Names and help of a block and of those inside it."""
    if type(block).__module__.startswith(OURS):
        yield from only_lazy(block.label)
    children = [*getattr(block, "child_blocks", {}).values()]
    children += [block.child_block] if hasattr(block, "child_block") else []
    for child in children:
        help_text = child.field.help_text if hasattr(child, "field") else ""
        yield from only_lazy(child.label, help_text)
        yield from labels_of_blocks(child)


def only_lazy(*labels: object) -> Iterator[Promise]:
    """The labels that are translated; Django makes the others of the fields' names."""
    return (label for label in labels if isinstance(label, Promise))


MACHINE = re.compile(
    r"\{#.*?#\}|<!--.*?-->|<(style|script)\b.*?</\1>"
    r"|\{% (comment|blocktrans(?:late)?)\b.*?\{% end\2 %\}"
    r"|\{% block (?:kind|settings) %\}.*?\{% endblock %\}"  # classes of the page, not words
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
READ_ALOUD = re.compile(r'\s(?:alt|aria-label|placeholder|title)="([^"]*)"')
FRENCH_LETTER = re.compile(r"[\w’']*[àâäçéèêëîïôöùûüÿœæ][\w’']*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}")
UNIVERSAL = {"JSON", "px"}


@pytest.mark.parametrize("path", TEMPLATES)
def test_templates_say_no_word_that_is_not_translated(path):
    written = (settings.ROOT / "templates" / path).read_text(encoding="utf-8")
    shown = MACHINE.sub(" ", written)
    texts = [*READ_ALOUD.findall(shown), re.sub(r"<[^>]*>", " ", shown)]
    hidden = re.sub(r"\{#.*?#\}|<!--.*?-->", "", written)
    words = [word for text in texts for word in WORD.findall(text) if word not in UNIVERSAL]
    assert words == []
    assert FRENCH_LETTER.findall(hidden) == []
