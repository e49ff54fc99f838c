"""Output profiles: the vendored one, and those that cannot print."""

import pytest
from PIL import ImageCms

from print.icc import COATED
from print.output_profile import IccError, ink_limit, read_output_profile


def test_the_vendored_profile_is_a_small_cmyk_printer_profile_with_its_licence():
    profile = read_output_profile()
    assert (profile.description, profile.version) == ("ISO Coated v2 300% (basICColor)", "2.1")
    assert len(profile.data) < 1_500_000
    assert "zlib/libpng License" in (COATED.parent / "ISOcoated_v2_300_bas.txt").read_text()


def test_the_ink_limit_is_measured_not_believed():
    assert 295 < ink_limit(read_output_profile()) <= 300


def write(folder, data):
    path = folder / "press.icc"
    path.write_bytes(data)
    return path


def test_a_profile_that_cannot_print_is_refused_in_one_line(tmp_path):
    advice = "choose another profile or fetch it again from its publisher"
    whole = COATED.read_bytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    hollow = whole[:128] + b"\0" * (len(whole) - 128)
    cases = {
        b"not a profile": f"press.icc is not an ICC profile: {advice}",
        whole[:5000]: f"ICC profile press.icc is cut short: {advice}",
        srgb: f"ICC profile press.icc is for RGB mntr, not for a CMYK press: {advice}",
        hollow: f"ICC profile press.icc is damaged: {advice}",
    }
    for at, (data, remedy) in enumerate(cases.items()):
        folder = tmp_path / str(at)
        folder.mkdir()
        with pytest.raises(IccError) as error:
            read_output_profile(write(folder, data))
        assert error.value.remedy == remedy


def test_a_profile_that_is_not_there_is_refused_in_one_line(tmp_path):
    with pytest.raises(IccError, match=r"^ICC profile none.icc cannot be read \(No such file"):
        read_output_profile(tmp_path / "none.icc")
