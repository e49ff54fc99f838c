"""The fonts in the tree: all of French, small enough, and no other font on paper."""

import importlib.util
import re
import shutil
import sys
from html import escape
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ROOT / "fonts"
WEB = ROOT / "site" / "website" / "static" / "website" / "fonts"
TTFS = sorted(VENDORED.glob("*/*.ttf"))
WEB_FONTS = sorted(WEB.glob("*.woff2"))
FIRST_PARTS = [path for path in WEB_FONTS if not path.stem.endswith("-plus")]

ALPHABET = "abcdefghijklmnopqrstuvwxyzàâäæçéèêëîïôöœùûüÿ"
FRENCH = (
    f"{ALPHABET}{ALPHABET.upper()}0123456789"
    ".,;:!?…·•«»‹›“”„‘’'\"-‐‑–—_()[]{}/\\|&@#*†‡§¶%‰<>=+~^"
    "€£$№°ºª×−±÷≈≠≤≥½¼¾⅓⅔¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂©®™←↑→↓↗↘ᵉ"
    " \u00a0\u202f\u2009\u2003"
    "áãåíìñóõøúýžščćđğışßÁÍÑÓÖØŠŽČĐĞİŞẞłŁńřůőűąęėēūțșȚȘ"
)

# An author writes 2e with <sup>, and a slanted arrow is set in the text face.
WITHOUT = {"bricolage-grotesque": set("↗↘ᵉ"), "source-serif-4": set()}

FIRST_ARTICLE = (
    "source-serif-4-400.woff2",
    "source-serif-4-400-italic.woff2",
    "source-serif-4-600.woff2",
    "bricolage-grotesque-200.woff2",
    "bricolage-grotesque-800.woff2",
)


def family_of(path: Path) -> str:
    return next(family for family in WITHOUT if family in path.as_posix())


def features(path: Path) -> set[str]:
    font = TTFont(path)
    return {
        record.FeatureTag
        for table in ("GSUB", "GPOS")
        for record in font[table].table.FeatureList.FeatureRecord
    }


@pytest.fixture(scope="module")
def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location("fonts_tool", ROOT / "tools" / "fonts.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture(scope="module")
def made(tool):
    return tool.cut_all(ROOT)


@pytest.fixture
def tree(tool, made, tmp_path, monkeypatch):
    """A copy of the fonts, for which nothing is cut twice."""
    for folder in (VENDORED, WEB):
        shutil.copytree(folder, tmp_path / folder.relative_to(ROOT))
    monkeypatch.setattr(tool, "cut_all", lambda root: made)
    return tmp_path


def test_the_tree_holds_these_fonts():
    assert [path.name for path in FIRST_PARTS] == [
        "bricolage-grotesque-200.woff2",
        "bricolage-grotesque-400.woff2",
        "bricolage-grotesque-700.woff2",
        "bricolage-grotesque-800.woff2",
        "source-serif-4-400-italic.woff2",
        "source-serif-4-400.woff2",
        "source-serif-4-600-italic.woff2",
        "source-serif-4-600.woff2",
    ]
    assert len(TTFS) == len(FIRST_PARTS) == len(WEB_FONTS) / 2


@pytest.mark.parametrize("path", [*TTFS, *FIRST_PARTS], ids=lambda path: path.name)
def test_every_sign_of_french_is_there(path):
    signs = set(TTFont(path).getBestCmap())
    if path in FIRST_PARTS:
        signs |= set(TTFont(path.with_stem(f"{path.stem}-plus")).getBestCmap())
    missing = {sign for sign in FRENCH if ord(sign) not in signs}
    assert missing == WITHOUT[family_of(path)]


@pytest.mark.parametrize("path", FIRST_PARTS, ids=lambda path: path.name)
def test_the_first_part_holds_a_french_page(path):
    page = "« Où l’œuvre naît, à 9\u202fh\u00a0: ça coûte 12\u00a0€ — ou presque… » Ÿ É Ç –"
    assert {ord(sign) for sign in page} <= set(TTFont(path).getBestCmap())


def test_the_style_sheet_names_each_part_with_its_signs(tool):
    css = (WEB.parent / "css/guichet.css").read_text("utf-8")
    faces = re.findall(r"@font-face \{.*?\}", css, re.DOTALL)
    for face in faces:
        part = "-plus" if "-plus.woff2" in face else ""
        wanted = tool.ranges_of(tool.PARTS[part])
        assert re.search(r"unicode-range: ([^;]+);", face)[1] == wanted, face
    assert sum("-plus.woff2" in face for face in faces) == len(faces) / 2


@pytest.mark.parametrize("path", [*TTFS, *FIRST_PARTS], ids=lambda path: path.name)
def test_narrow_space_is_narrower_than_a_word_space(path):
    font = TTFont(path)
    signs = font.getBestCmap()
    narrow, no_break, word = (font["hmtx"][signs[ord(s)]][0] for s in "\u202f\u00a0 ")
    assert no_break == word
    assert 0 < narrow < 0.8 * word


def test_upright_text_has_small_caps_for_who_speaks():
    assert features(WEB / "source-serif-4-400.woff2") >= {"smcp", "c2sc"}


@pytest.mark.parametrize("path", FIRST_PARTS, ids=lambda path: path.name)
def test_web_font_keeps_figures_kerning_and_its_licence(path):
    # The serif's own figures are all of one width.
    wide = {"tnum"} if "bricolage" in path.name else set()
    assert features(path) >= {"kern", "onum", "lnum", *wide}
    names = TTFont(path)["name"]
    assert re.match("Copyright|©", names.getDebugName(0))
    assert "SIL Open Font License" in names.getDebugName(13)


@pytest.mark.parametrize("path", [*TTFS, *WEB_FONTS], ids=lambda path: path.name)
def test_altered_font_does_not_bear_a_reserved_name(path):
    names = TTFont(path)["name"]
    reserved = re.search("Reserved Font Name ‘(.+)’", names.getDebugName(0))
    shown = [str(names.getDebugName(number)) for number in (1, 4, 6, 16)]
    assert reserved is None or not any(reserved[1] in name for name in shown)


def test_fonts_of_a_first_article_weigh_less_than_120_kilobytes():
    assert sum((WEB / name).stat().st_size for name in FIRST_ARTICLE) < 120_000


def test_licence_lies_beside_each_family():
    for family in WITHOUT:
        licence = (VENDORED / family / "OFL.txt").read_text("utf-8")
        assert licence.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_tree_holds_what_the_tool_would_cut(tool, made):
    for path, content in made.items():
        assert (ROOT / path).read_bytes() == content, path
    left_over = {path.relative_to(ROOT) for path in WEB_FONTS} - made.keys()
    assert left_over == set()


def test_check_accepts_an_untouched_tree(tool, tree, capsys):
    assert tool.main(["--check"], root=tree) == 0
    assert capsys.readouterr() == ("", "")


def test_check_names_every_font_that_is_not_as_made(tool, tree, capsys):
    web = tree / WEB.relative_to(ROOT)
    (web / "source-serif-4-400.woff2").write_bytes(b"wOF2")
    (web / "bricolage-grotesque-200.woff2").unlink()
    (web / "comic-400.woff2").write_bytes(b"wOF2")
    assert tool.main(["--check"], root=tree) == 1
    folder = "site/website/static/website/fonts"
    assert capsys.readouterr().err.splitlines() == [
        f"left over: {folder}/comic-400.woff2",
        f"missing: {folder}/bricolage-grotesque-200.woff2",
        f"not what would be made: {folder}/source-serif-4-400.woff2",
    ]


def test_check_names_a_complete_font_that_is_missing(tool, tree, capsys):
    (tree / "fonts/source-serif-4/SourceSerif4_400Regular.ttf").unlink()
    assert tool.main(["--check"], root=tree) == 1
    assert capsys.readouterr().err == "missing: fonts/source-serif-4/SourceSerif4_400Regular.ttf\n"


def test_package_that_is_not_the_pinned_one_is_refused(tool, tree, monkeypatch, capsys):
    def npm(command, cwd, **_):
        (cwd / "expo-google-fonts-source-serif-4-0.4.1.tgz").write_bytes(b"another package")

    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    monkeypatch.setattr(tool.subprocess, "run", npm)
    assert tool.main([], root=tree) == 1
    assert "is not the pinned one" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == before


@pytest.mark.render
@pytest.mark.parametrize("family", sorted(WITHOUT))
def test_paper_takes_no_other_font(family, tmp_path):
    from weasyprint import HTML

    signs = "".join(sign for sign in FRENCH if sign not in WITHOUT[family])
    fonts = [path for path in TTFS if family_of(path) == family]
    page = "".join(
        f"<style>@font-face {{ font-family: face{n}; src: url({path.as_uri()}) }}</style>"
        f'<div style="font-family: face{n}; width: 2cm; hyphens: auto">'
        f"<p>{escape(signs)}</p><p>anticonstitutionnellement</p></div>"
        for n, path in enumerate(fonts)
    )
    HTML(string=f'<html lang="fr">{page}').write_pdf(tmp_path / "page.pdf")
    with pikepdf.open(tmp_path / "page.pdf") as pdf:
        names = [str(item.BaseFont) for item in pdf.objects if is_font(item)]
    # "/VLCZJG+face2-Semi-Bold": a subset, our name for the family, the style.
    assert sorted(re.sub(r"^/[A-Z]{6}\+(\w+).*", r"\1", name) for name in names) == [
        f"face{n}" for n in range(len(fonts))
    ]


def is_font(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
