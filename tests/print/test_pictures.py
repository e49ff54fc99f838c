"""Pictures on their way to the press."""

import zlib

import numpy
import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageCms

from print.colour import to_cmyk
from print.icc import UNCOATED
from print.inks import Inks
from print.output_profile import read_output_profile
from print.pictures import PictureError, bare_jpeg, prepare_picture


@pytest.fixture
def prepare(tmp_path):
    def prepared(picture, name="in.png", width_mm=10, ppi=300, ink_limit=400, **saving):
        path = tmp_path / name
        if isinstance(picture, bytes):
            path.write_bytes(picture)
        else:
            picture.save(path, **saving)
        kept = tmp_path / "kept"
        return prepare_picture(
            path, read_output_profile(), width_mm, ppi, folder=kept, ink_limit=ink_limit
        )

    return prepared


def colour(prepared, at=(5, 5)):
    with Image.open(prepared.path) as picture:
        return picture.getpixel(at)


def test_a_colour_picture_becomes_a_cmyk_jpeg_without_subsampling_or_profile(prepare):
    prepared = prepare(Image.new("RGB", (100, 60), (255, 0, 0)))
    assert (prepared.colours, prepared.width, prepared.height) == ("CMYK", 100, 60)
    assert prepared.ppi == pytest.approx(254)
    with Image.open(prepared.path) as picture:
        assert picture.format == "JPEG"
        assert "icc_profile" not in picture.info
        assert {layer[1:3] for layer in picture.layer} == {(1, 1)}
    cyan, magenta, yellow, black = colour(prepared)
    assert cyan < 10
    assert magenta > 225
    assert yellow > 235
    assert black < 10


def test_an_embedded_profile_is_honoured(prepare):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    red, blue = Image.new("RGB", (20, 20), (250, 20, 20)), Image.new("RGB", (20, 20), (20, 20, 250))
    as_blue = prepare(red, "tagged.png", icc_profile=swapped)
    assert colour(as_blue) == pytest.approx(colour(prepare(blue, "blue.png")), abs=3)
    broken = prepare(red, "broken.png", icc_profile=b"junk")
    assert colour(broken) == colour(prepare(red, "plain.png"))


def test_no_colour_passes_the_ink_limit(prepare):
    ramp = numpy.linspace(0, 60, 100 * 100 * 3).reshape(100, 100, 3).astype("uint8")
    ramp[..., 0] = 5
    prepared = prepare(Image.fromarray(ramp))
    with Image.open(prepared.path) as picture:
        assert numpy.asarray(picture).sum(axis=2).max() / 2.55 <= 306


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("L", (20, 20), 128),
        Image.new("RGB", (20, 20), (128, 128, 128)),
        Image.new("LA", (20, 20), (128, 255)),
        Image.fromarray(numpy.full((20, 20), 128 * 257, "uint16")),
    ],
    ids=["grey", "neutral RGB", "grey with alpha", "16 bits"],
)
def test_grey_stays_grey(prepare, picture):
    prepared = prepare(picture)
    assert prepared.colours == "L"
    assert abs(colour(prepared) - 128) <= 1


def test_transparency_is_laid_on_paper_white(prepare):
    assert colour(prepare(Image.new("RGBA", (20, 20), (255, 0, 0, 0)))) == 255
    palette = Image.new("P", (20, 20), 0)
    palette.putpalette([255, 0, 0] * 256)
    assert prepare(palette, "palette.png", transparency=0).colours == "L"
    assert prepare(palette, "opaque.png").colours == "CMYK"


def test_line_art_is_kept_without_loss(prepare):
    art = Image.new("1", (20, 20), 1)
    art.putpixel((5, 5), 0)
    prepared = prepare(art)
    assert prepared.path.suffix == ".png"
    assert (colour(prepared), colour(prepared, (6, 5))) == (0, 255)


def test_line_art_stays_finer_than_photographs(prepare):
    art = Image.new("1", (900, 900), 1)
    art.paste(0, (100, 100, 800, 101))
    assert prepare(art, "art.png", 25.4).width == 900
    finest = prepare(art, "finest.png", 12.7)
    assert finest.width == 600
    with Image.open(finest.path) as kept:
        assert set(numpy.unique(numpy.asarray(kept))) <= {0, 255}


def test_line_art_has_one_bit_a_dot_in_the_press_file(prepare):
    art = Image.new("L", (90, 70), 255)
    art.paste(0, (10, 10, 40, 40))
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(90, 70)).obj
        forms = {}
        for name, samples in (("Art", art), ("Grey", art.point(lambda value: value or 40))):
            image = pdf.make_stream(
                b"",
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=90,
                Height=70,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
            image.write(zlib.compress(samples.tobytes()), filter=Name.FlateDecode)
            forms[f"/{name}"] = image
        page.Resources = Dictionary(XObject=Dictionary(forms))
        page.Contents = pdf.make_stream(b"/Art Do /Grey Do")
        to_cmyk(pdf, Inks(read_output_profile()))
        forms = page.Resources.XObject
        assert (forms.Art.BitsPerComponent, forms.Grey.BitsPerComponent) == (1, 8)
        kept = pikepdf.PdfImage(forms.Art).as_pil_image().convert("L")
        assert kept.tobytes() == art.tobytes()


@pytest.mark.parametrize("limit", [400, 260, 180])
def test_no_dot_gets_more_ink_than_the_limit(prepare, limit):
    dark = prepare(Image.new("RGB", (30, 30), (40, 12, 8)), "dark.png", ink_limit=limit)
    assert 100 < sum(colour(dark)) / 2.55 <= limit + 3
    heavy = Image.new("CMYK", (30, 30), (250, 250, 250, 250))
    assert sum(colour(prepare(heavy, "heavy.jpg", ink_limit=limit))) / 2.55 <= max(limit + 3, 393)


def test_cmyk_of_another_condition_is_converted(prepare):
    uncoated = UNCOATED.read_bytes()
    foreign = Image.new("CMYK", (30, 30), (0, 200, 200, 20))
    converted = prepare(foreign, "foreign.jpg", icc_profile=uncoated, quality=95)
    assert not converted.untouched
    assert colour(converted) != pytest.approx((0, 200, 200, 20), abs=6)


def test_a_cmyk_jpeg_keeps_its_samples_and_loses_its_profile(prepare, tmp_path):
    prepared = prepare(
        Image.new("CMYK", (40, 30), (10, 20, 30, 40)),
        "in.jpg",
        quality=80,
        icc_profile=read_output_profile().data,
    )
    source = (tmp_path / "in.jpg").read_bytes()
    assert prepared.untouched
    assert prepared.path.read_bytes() == bare_jpeg(source)
    assert len(source) - prepared.path.stat().st_size > 1_000_000
    assert colour(prepared) == pytest.approx((10, 20, 30, 40), abs=3)


def test_a_photograph_taken_upright_stands_upright(prepare):
    exif = Image.Exif()
    exif[0x0112] = 6
    prepared = prepare(Image.new("CMYK", (40, 30), (9, 9, 9, 9)), "in.jpg", exif=exif)
    assert (prepared.width, prepared.height, prepared.untouched) == (30, 40, False)


def test_only_pictures_finer_than_needed_are_sampled_down(prepare):
    mm = 25.4
    assert prepare(Image.new("RGB", (329, 66), (9, 99, 9)), "a.png", mm).width == 329
    fine = prepare(Image.new("RGB", (340, 68), (9, 99, 9)), "b.png", mm)
    assert (fine.width, fine.height, round(fine.ppi)) == (300, 60, 300)
    lying = Image.new("CMYK", (200, 460), (1, 2, 3, 4))
    exif = Image.Exif()
    exif[0x0112] = 8
    assert prepare(lying, "c.jpg", mm, exif=exif).width == 300


def test_a_picture_is_prepared_once_and_again_if_deleted(prepare, tmp_path):
    picture = Image.new("RGB", (30, 30), (200, 30, 90))
    first = prepare(picture)
    stamp = first.path.stat().st_mtime_ns
    assert prepare(picture) == first
    assert first.path.stat().st_mtime_ns == stamp
    data = first.path.read_bytes()
    first.path.unlink()
    assert prepare(picture).path.read_bytes() == data
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [first.path.name]


def test_a_damaged_picture_is_refused_in_one_line(prepare, tmp_path):
    Image.new("RGB", (300, 300), (9, 99, 9)).save(tmp_path / "whole.jpg")
    cut = (tmp_path / "whole.jpg").read_bytes()[:-200]
    for data in (cut, b"", b"GIF89a", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"):
        with pytest.raises(PictureError) as error:
            prepare(data, "in.jpg")
        assert error.value.remedy == (
            "picture in.jpg is damaged or in a format that we do not print: "
            "save it again as JPEG, PNG or TIFF"
        )
    assert not (tmp_path / "kept").exists()


def test_a_missing_picture_is_refused_in_one_line(tmp_path):
    with pytest.raises(PictureError, match=r"^picture no.jpg cannot be read \(No such file"):
        prepare_picture(tmp_path / "no.jpg", read_output_profile(), 10, folder=tmp_path)
