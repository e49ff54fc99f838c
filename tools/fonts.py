"""Fetch the fanzine's two type families, complete them for French, and cut the web fonts.

    tools/fonts.py            fetch with npm, vendor in fonts/, cut the web fonts
    tools/fonts.py --cut      cut again from the fonts in the tree; no network
    tools/fonts.py --check    say whether the tree holds what would be cut; no network

The same packages, fontTools and Brotli give the same bytes.
"""

import argparse
import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from type_families import FAMILIES, PARTS, Family, ranges_of

ROOT = Path(__file__).resolve().parent.parent
VENDORED = Path("fonts")
WEB = Path("site/website/static/website/fonts")
LICENCE = "OFL.txt"

HYPHEN, DRAWN_AS_HYPHEN = 0x2D, (0x2010, 0x2011)

# Numbers of records in the name table.
NAMES_OF_THE_FONT = {1, 3, 4, 6, 16, 18, 21}
NAMES_KEPT = [0, 1, 2, 4, 5, 6, 13, 14, 16, 17]  # 0, 13 and 14: copyright and licence


class FontError(Exception):
    """A package that cannot be fetched, or is not the one that was pinned."""


def fetch(family: Family, into: Path) -> bytes:
    """Return the family's npm package (a .tgz). Raises FontError unless it is the pinned one."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(into), family.package]
    try:
        subprocess.run(command, cwd=into, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise FontError(f"{family.package} was not fetched: {error}") from error
    package = (into / f"expo-google-fonts-{family.folder}-{family.version}.tgz").read_bytes()
    digest = base64.b64encode(hashlib.sha512(package).digest()).decode()
    if digest != family.integrity:
        raise FontError(f"{family.package} is not the pinned one: its sha512 is {digest}")
    return package


def vendor(family: Family, package: bytes) -> dict[Path, bytes]:
    """Return the complete fonts and the licence of a package, by their place in the tree."""
    folder = VENDORED / family.folder
    with tarfile.open(fileobj=io.BytesIO(package)) as tar:

        def read(member: str) -> bytes:
            file = tar.extractfile(f"package/{member}")
            if file is None:
                raise FontError(f"{family.package} holds no file {member}")
            return file.read()

        files = {folder / face.ttf: complete(read(face.member), family) for face in family.faces}
        files[folder / LICENCE] = read("LICENSE_FONT")
    return files


def complete(ttf: bytes, family: Family) -> bytes:
    """Return the font with U+2010 and U+2011 drawn as its hyphen, under a name that is ours to use.

    Neither family has U+2011, nor Bricolage Grotesque U+2010, with which WeasyPrint hyphenates:
    Pango takes another font for that one sign. OFL 1.1, clause 3: an altered font does not bear
    a reserved name, and the name table of Source Serif 4 reserves "Source".
    """
    font = TTFont(io.BytesIO(ttf), recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for sign in DRAWN_AS_HYPHEN:
                table.cmap.setdefault(sign, table.cmap[HYPHEN])
    for record in font["name"].names:
        if record.nameID in NAMES_OF_THE_FONT:
            text = record.toUnicode().replace(family.name, family.own_name)
            joined = family.name.replace(" ", ""), family.own_name.replace(" ", "")
            record.string = text.replace(*joined)
    return _saved(font)


def cut(ttf: bytes, features: Sequence[str], signs: Collection[int]) -> bytes:
    """Return a woff2 with these signs and OpenType features only."""
    options = subset.Options(
        layout_features=list(features),
        name_IDs=NAMES_KEPT,
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "STAT", "BASE"],
    )
    font = TTFont(io.BytesIO(ttf), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font.flavor = "woff2"
    return _saved(font)


def _saved(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def cut_all(root: Path) -> dict[Path, bytes]:
    """Return every file that is made from the vendored fonts: web fonts and fonts/README.md."""
    files, rows = {}, []
    for family in FAMILIES:
        for face in family.faces:
            ttf = (root / VENDORED / family.folder / face.ttf).read_bytes()
            for part, signs in PARTS.items():
                name = family.woff2(face, part)
                web = files[WEB / name] = cut(ttf, face.features, signs)
                rows.append(
                    f"| `{family.folder}/{face.ttf}` | {face.weight} {face.style} "
                    f"| `{hashlib.sha256(ttf).hexdigest()[:16]}` "
                    f"| `{name}` | {len(web):,} | {' '.join(face.features)} |"
                )
    licences = [(root / VENDORED / family.folder / LICENCE).read_bytes() for family in FAMILIES]
    files[VENDORED / "README.md"] = _readme(rows, licences).encode()
    return files


def _readme(rows: list[str], licences: list[bytes]) -> str:
    sources = "\n".join(
        f"- **{family.name}**: npm package `{family.package}`, licence in "
        f"`{family.folder}/{LICENCE}` (SIL Open Font License 1.1; "
        f"sha256 begins `{hashlib.sha256(licence).hexdigest()[:16]}`)"
        for family, licence in zip(FAMILIES, licences, strict=True)
    )
    core, plus = (ranges_of(signs) for signs in PARTS.values())
    return f"""# Fonts

Written by `tools/fonts.py` (`make fonts`); do not edit.

{sources}

The press and the demo set type with the TTF files here. They are upstream's complete static
fonts with one addition: U+2010 and U+2011 (hyphen, no-break hyphen) are drawn as the font's own
hyphen where it had none, because the typesetter would else take another font for that one sign.
Being altered, those of Source Serif 4 call themselves "Couture Serif" inside: the name "Source"
is reserved by Adobe. Style sheets name a face as they like.

The site serves the files of `{WEB}`, cut from these TTF: what the font
has of the Unicode ranges below, and the OpenType features of the table. Each keeps its copyright
and licence in its name table. The first of each two holds what nearly every French page needs:

    {core}

The second, `-plus`, is fetched where a page has one of these:

    {plus}

| complete font | weight and style | sha256 begins | web font | bytes | features kept |
|---|---|---|---|---|---|
{chr(10).join(rows)}

`tools/fonts.py --check` verifies all of this without a network; `--cut` cuts again after a
change of fontTools or Brotli.
"""


def differences(root: Path) -> list[str]:
    """Return what is missing, changed or left over in the tree, one line a file."""
    fonts = {VENDORED / family.folder / face.ttf for family in FAMILIES for face in family.faces}
    vendored = fonts | {VENDORED / family.folder / LICENCE for family in FAMILIES}
    missing = sorted(path for path in vendored if not (root / path).is_file())
    if missing:
        return [f"missing: {path}" for path in missing]
    made = cut_all(root)
    present = {path.relative_to(root) for path in (root / WEB).glob("*.woff2")}
    present |= {path.relative_to(root) for path in (root / VENDORED).glob("*/*.ttf")}
    found = [f"left over: {path}" for path in sorted(present - made.keys() - fonts)]
    for path, wanted in sorted(made.items()):
        if not (root / path).is_file():
            found.append(f"missing: {path}")
        elif (root / path).read_bytes() != wanted:
            found.append(f"not what would be made: {path}")
    return found


def write(files: dict[Path, bytes], root: Path) -> None:
    """Write files into the tree."""
    for path, content in sorted(files.items()):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
        sys.stdout.write(f"{len(content):>8,} bytes  {path}\n")


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the tool; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--cut", action="store_true", help="cut again, without a network")
    choice.add_argument("--check", action="store_true", help="verify the tree, write nothing")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.check:
            found = differences(root)
            sys.stderr.writelines(f"{line}\n" for line in found)
            return min(len(found), 1)
        if not chosen.cut:
            with tempfile.TemporaryDirectory() as folder:
                for family in FAMILIES:
                    write(vendor(family, fetch(family, Path(folder))), root)
        write(cut_all(root), root)
    except (FontError, OSError) as error:
        sys.stderr.write(f"fonts: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
