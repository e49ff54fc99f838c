"""For each rule, a file that breaks it and its neighbour that just doesn't."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from print.preflight.coverage import measure, too_heavy
from print.preflight.document import read_document
from print.preflight.rules import RULES
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import BLEED, SIZE, TRIM, SmallPdf

SHEET = VARIANTS["sheet-cmyk"].with_limits(trim_mm=(100, 100), bleed_mm=5, safety_mm=5)
SPOTS = VARIANTS["spots"].with_limits(spots=frozenset({"Rose"}))
X1A, ADVERT = VARIANTS["x1a"], VARIANTS["magazine-adverts"]
HOUSE = SHEET.with_limits(families=frozenset({"Essai"}))
FOURS = SHEET.with_limits(extent_multiple=4)
TEXT = b"BT /F1 %g Tf 60 100 Td (abc) Tj ET "
LINE = b"60 60 m 90 60 l S "
UNDER = b"0 0 0 0.2 k 50 50 120 120 re f "
OVER, KNOCK = b"/Over gs ", b"/Knock gs "

# Painted on the page: what breaks the rule, what doesn't.
PAINTED = {
    "R0005": (b"", OVER + b"0 0 0 1 k " + TEXT % 9),
    "R0007": (OVER + b"0 0 0 0 k " + TEXT % 12, KNOCK + b"0 0 0 0 k " + TEXT % 12),
    "R0008": (OVER + b"0 0 0 0 k 60 60 9 9 re f", KNOCK + b"0 0 0 0 k 60 60 9 9 re f"),
    "R0009": (UNDER + b"0 0 0 1 k " + TEXT % 11.9, UNDER + b"0 0 0 1 k " + TEXT % 12),
    "R0010": (UNDER + b"0 0 0 1 K 1.9 w " + LINE, UNDER + b"0 0 0 1 K 2 w " + LINE),
    "R0011": (OVER + b"0 g " + TEXT % 11.9, OVER + b"0 g " + TEXT % 12),
    "R0012": (OVER + b"0 G 1.9 w " + LINE, OVER + b"0 G 2 w " + LINE),
    "R0015": (b"0.7 0.7 0.6 0.85 k " + TEXT % 14, b"0.7 0.7 0.55 0.85 k " + TEXT % 14),
    "R0016": (UNDER + b"0 0 0 0 k " + TEXT % 7.9, UNDER + b"0 0 0 0 k " + TEXT % 8),
    "R0017": (b"0.5 0.5 0 0 k " + TEXT % 7.9, b"0.5 0 0 0 k " + TEXT % 7.9),
    "R0018": (UNDER + b"0 0 0 0 K 0.2 w " + LINE, UNDER + b"0 0 0 0 K 0.25 w " + LINE),
    "R0019": (b"0.5 0.5 0 0 K 0.2 w " + LINE, b"0.5 0.5 0 0 K 0.25 w " + LINE),
    "R0020": (b"/Rose cs 1 scn 60 60 9 9 re f", b"0 0.8 0.2 0 k 60 60 9 9 re f"),
    "R0024": (b"/All cs 1 scn 60 60 9 9 re f", b"/All cs 1 scn 2 60 9 9 re f"),
    "R0026": (b"1 1 1 0.5 k 60 60 50 50 re f", b"1 1 1 0.1 k 60 60 50 50 re f"),
    "R0027": (b"0.2 0.2 0.2 rg 60 60 9 9 re f", b"0 0 0 0.8 k 60 60 9 9 re f"),
    "C-HAIRLINE": (b"0 0 0 0.5 K 0.2 w " + LINE, b"0 0 0 0.5 K 0.25 w " + LINE),
    "C-READ": (b"1 (a) cm", b"1 0 0 1 2 2 cm"),
    "C-SAFETY": (
        OVER + b"0 0 0 1 k BT /F1 9 Tf 27 200 Td (abc) Tj ET",
        OVER + b"0 0 0 1 k BT /F1 9 Tf 29 200 Td (abc) Tj ET",
    ),
    "C-SPOT": (b"/Vert cs 1 scn 60 60 9 9 re f", b"/Rose cs 1 scn 60 60 9 9 re f"),
    "C-PROCESS": (b"1 0 0 0 k 60 60 9 9 re f", b"1 0 0 0 k 2 60 9 9 re f"),
    "X1A-TRANSPARENCY": (b"/Veil gs 0 0 0 1 k 60 60 9 9 re f", b"0 0 0 1 k 60 60 9 9 re f"),
}
PICTURED = {"R0031": (8, 149, 150), "R0031-W": (8, 224, 225)} | {
    "R0032": (1, 549, 550),
    "R0032-W": (1, 799, 800),
}
UNDER_OTHER_RULES = {
    "C-SPOT": SPOTS,
    "C-PROCESS": SPOTS,
    "C-FONT": HOUSE,
    "C-EXTENT": FOURS,
    "R0006": ADVERT,
    "X1A-TRANSPARENCY": X1A,
    "X1A-CLAIM": X1A,
    "X-LZW": X1A,
}
# What a neighbour breaks instead.
BESIDES = {"C-PROCESS": {"R0005"}, "R0031": {"R0031-W"}, "R0032": {"R0032-W"}}


def painted(rule, *, breaks):
    pdf = SmallPdf()
    if rule in ("R0005", "C-PROCESS", "C-SPOT"):
        pdf.contents = []
    for name in ("Rose", "Vert", "All"):
        pdf.spot(name, ink=name)
    pdf.resources.ExtGState.Veil = Dictionary(ca=0.5)
    return pdf.put(PAINTED[rule][0 if breaks else 1])


def pictured(rule, *, breaks):
    """A picture of exactly so many pixels on an inch."""
    bits, coarse, fine = PICTURED[rule]
    pixels = coarse if breaks else fine
    pdf = SmallPdf()
    pdf.image(pixels, pixels, space=Name.DeviceGray, bits=bits)
    return pdf.put(b"q 72 0 0 72 60 60 cm /Im Do Q")


def set_box(name, sound, broken):
    def change(pdf, *, breaks):
        pdf.page[f"/{name}"] = Array(broken if breaks else sound)

    return change


def set_key(name, sound, broken):
    def change(pdf, *, breaks):
        pdf.page[f"/{name}"] = broken if breaks else sound

    return change


def info(name, sound, broken):
    def change(pdf, *, breaks):
        value = broken if breaks else sound
        if value is None:
            del pdf.pdf.trailer.Info[f"/{name}"]
        else:
            pdf.pdf.trailer.Info[f"/{name}"] = value

    return change


def intents(pdf, *, breaks):
    if breaks:
        pdf.pdf.Root.OutputIntents.append(pdf.pdf.Root.OutputIntents[0])


def press(pdf, *, breaks):
    intent = pdf.pdf.Root.OutputIntents[0]
    profile = bytearray(intent.DestOutputProfile.read_bytes())
    profile[12:20] = b"mntrRGB " if breaks else b"prtrCMYK"
    intent.DestOutputProfile = pdf.pdf.make_stream(bytes(profile), N=4)


def claim(pdf, *, breaks):
    said = pdf.pdf.Root.Metadata.read_bytes()
    said = said.replace(b"PDF/X-4<", b"PDF/X-3<" if breaks else b"PDF/X-4<")
    pdf.pdf.Root.Metadata = pdf.pdf.make_stream(said)


def carried(pdf, *, breaks):
    names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))
    pdf.pdf.Root.Names = names if breaks else Dictionary(Dests=Dictionary())


def annotated(pdf, *, breaks):
    at = 60 if breaks else SIZE[0] + 20
    rect = Array([at, at, at + 9, at + 9])
    pdf.page.Annots = Array([Dictionary(Subtype=Name.Link, Rect=rect)])


def lzw(pdf, *, breaks):
    packed = {"Filter": Name.LZWDecode} if breaks else {}
    pdf.resources.XObject.Odd = pdf.pdf.make_stream(b"\x80\x0b\x60\x50\x22", **packed)


def font_file(pdf, *, breaks):
    if breaks:
        del pdf.resources.Font.F1.FontDescriptor.FontFile2
    pdf.put(OVER + b"0 0 0 1 k " + TEXT % 9)


def font_name(pdf, *, breaks):
    pdf.resources.Font.F1.BaseFont = Name("/ABCDEF+Arial" if breaks else "/ABCDEF+Essai")
    pdf.put(OVER + b"0 0 0 1 k " + TEXT % 9)


def missing_sign(pdf, *, breaks):
    signs = Array([98 if breaks else 120, Name("/.notdef")])
    pdf.resources.Font.F1.Encoding = Dictionary(Differences=signs)
    pdf.put(OVER + b"0 0 0 1 k " + TEXT % 9)


def two_pages(pdf, *, breaks):
    if breaks:
        pdf.saved()
        pdf.pdf.pages.append(pdf.pdf.pages[0])


def four_pages(pdf, *, breaks):
    pdf.saved()
    for _page in range(2 if breaks else 3):
        pdf.pdf.pages.append(pdf.pdf.pages[0])


def grouped(pdf, *, breaks):
    space = Name.DeviceRGB if breaks else Name.DeviceCMYK
    pdf.page.Group = Dictionary(S=Name.Transparency, CS=space)


WHOLE, EDGE = [0, 0, *SIZE], SIZE[0] - BLEED
CHANGED = {
    "R0002": set_key("UserUnit", 1, 2),
    "R0003": set_box("CropBox", WHOLE, [1, 1, *SIZE]),
    "R0004": set_key("Rotate", 0, 90),
    "R0006": two_pages,
    "R0030": grouped,
    "R0035": press,
    "C-TRIM": set_box(
        "TrimBox",
        [BLEED, BLEED, EDGE, BLEED + TRIM[1] + 0.9],
        [BLEED, BLEED, EDGE, BLEED + TRIM[1] + 1.1],
    ),
    "C-BLEED": set_box("BleedBox", WHOLE, [2, 2, SIZE[0] - 2, SIZE[1] - 2]),
    "C-EXTENT": four_pages,
    "C-FONT": font_name,
    "C-SIGN": missing_sign,
    "X-FONT": font_file,
    "X-TRIM": set_box("BleedBox", WHOLE, [-5, -5, *SIZE]),
    "X-INTENT": intents,
    "X-TRAPPED": info("Trapped", Name("/True"), None),
    "X-INFO": info("Title", String("Essai"), None),
    "X-CARRIES": carried,
    "X-ANNOTATION": annotated,
    "X-LZW": lzw,
    "X4-CLAIM": claim,
    "X1A-CLAIM": info("GTS_PDFXVersion", String("PDF/X-1a:2003"), String("PDF/X-3:2002")),
}


def changed(rule, *, breaks):
    pdf = SmallPdf()
    CHANGED[rule](pdf, breaks=breaks)
    return pdf


def made(rule, *, breaks):
    """The file that breaks a rule, or its neighbour."""
    for rules, make in ((PAINTED, painted), (PICTURED, pictured), (CHANGED, changed)):
        if rule in rules:
            return make(rule, breaks=breaks)
    raise KeyError(rule)


def found_in(path, rule, pdf):
    """All rules that the file breaks."""
    variant = UNDER_OTHER_RULES.get(rule, SHEET)
    if variant is X1A and rule != "X1A-CLAIM":
        pdf.pdf.trailer.Info.GTS_PDFXVersion = String("PDF/X-1a:2003")
    version = "1.4" if variant is X1A else "1.6"
    packed = pikepdf.StreamDecodeLevel.none
    path.write_bytes(pdf.saved(force_version=version, stream_decode_level=packed))
    document = read_document(path)
    found = {finding.rule for finding in examine(document, variant).findings}
    if rule == "R0026":
        found |= {each.rule for each in too_heavy(list(measure(path, document)), 320)}
    return found


def test_no_rule_is_forgotten():
    assert PAINTED.keys() | PICTURED.keys() | CHANGED.keys() == RULES.keys() | {"R0026"}


@pytest.mark.parametrize("rule", sorted(PAINTED | PICTURED | CHANGED))
def test_a_rule_tells_what_breaks_it_from_what_just_does_not(tmp_path, rule):
    assert rule in found_in(tmp_path / "broken.pdf", rule, made(rule, breaks=True))
    sound = found_in(tmp_path / "sound.pdf", rule, made(rule, breaks=False))
    assert sound <= BESIDES.get(rule, set())
