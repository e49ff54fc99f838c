"""What a printer gets at a signed address, and what everybody else gets."""

import hashlib
from base64 import b64encode

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from print.editions import open_edition
from print.links import SALT, sign_link
from print.models import PressFile, PressProfile

CONTENT = b"%PDF-1.6 " + bytes(range(256)) * 40
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def made(magazine):
    """A stored press file."""
    edition = open_edition(magazine.issue(number=7), PressProfile.objects.get(slug="fanzine-a4"))
    name = storages["press"].save("n7/fanzine-a4/file.pdf", ContentFile(CONTENT))
    return PressFile.objects.create(
        edition=edition,
        inputs_digest="0" * 64,
        sha256=SHA256,
        name=name,
        pages=28,
        size=len(CONTENT),
        seconds=1,
    )


@pytest.fixture
def address(made):
    """The signed address of that file, as a path."""
    return sign_link(made)[0].removeprefix("http://localhost:8000")


def body(response):
    return b"".join(response.streaming_content)


def test_the_file_comes_whole_with_its_digest(client, address):
    response = client.get(address)
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Checksum-Sha256"] == SHA256
    assert response["Repr-Digest"] == f"sha-256=:{b64encode(bytes.fromhex(SHA256)).decode()}:"
    assert response["Content-Disposition"] == (
        f'attachment; filename="n7-fanzine-a4-{SHA256[:8]}.pdf"'
    )
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_the_digest_lies_beside_it_as_sha256sum_wants_it(client, address):
    response = client.get(f"{address}.sha256")
    name = address.rsplit("/", 1)[1]
    assert response.content.decode() == f"{SHA256}  {name}\n"


def test_a_download_is_resumed_where_it_broke_off(client, address):
    first = client.get(address, headers={"Range": "bytes=0-999"})
    rest = client.get(address, headers={"Range": "bytes=1000-", "If-Range": first["ETag"]})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first["Content-Range"] == f"bytes 0-999/{len(CONTENT)}"
    assert body(first) + body(rest) == CONTENT


def test_a_range_for_another_version_gets_the_whole_file(client, address):
    response = client.get(address, headers={"Range": "bytes=5-", "If-Range": '"other"'})
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_range_past_the_end_is_refused(client, address):
    response = client.get(address, headers={"Range": "bytes=999999-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_head_tells_size_without_the_file(client, address):
    response = client.head(address)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(CONTENT)))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_there(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_forged_altered_or_misnamed_address_is_404(client, made, address):
    token, name = address.split("/")[2:]
    forged = signing.dumps([made.pk, SHA256, 9_999_999_999], key="other", salt=SALT)
    other_salt = signing.dumps([made.pk, SHA256, 9_999_999_999], salt="other")
    for path in (
        f"/imprimeur/{token[:-1]}x/{name}",
        f"/imprimeur/{token}/other.pdf",
        f"/imprimeur/{forged}/{name}",
        f"/imprimeur/{other_salt}/{name}",
        f"/imprimeur/{signing.dumps('x', salt=SALT)}/{name}",
        f"/imprimeur/x/{name}",
        "/imprimeur/",
    ):
        assert client.get(path).status_code == 404, path


def test_an_address_ends(client, made):
    expired = sign_link(made, days=-1)[0].removeprefix("http://localhost:8000")
    assert client.get(expired).status_code == 404


def test_a_file_altered_on_the_disk_is_not_handed_out(client, made, address):
    storages["press"].delete(made.name)
    storages["press"].save(made.name, ContentFile(CONTENT + b"x"))
    assert client.get(address).status_code == 404


def test_a_file_that_is_gone_is_404(client, made, address):
    storages["press"].delete(made.name)
    assert client.get(address).status_code == 404
