"""Write what a PDF/X says of itself: output intent, XMP, dates, ids; all from the inputs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

from print.output_profile import OutputProfile

Standard = Literal["pdf-x-4", "pdf-x-1a"]
VERSIONS = {"pdf-x-4": "PDF/X-4", "pdf-x-1a": "PDF/X-1a:2003"}
PRODUCER = "Couture"
# ISO 15930-7 asks for an ICC characterisation name, and for the registry that holds it.
REGISTRY = "http://www.color.org"

XMP = """<?xpacket begin="\N{BYTE ORDER MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def describe(
    pdf: Pdf, *, title: str, dated: datetime, digest: str, standard: Standard = "pdf-x-4"
) -> None:
    """Write title, dates and ids into the Info dictionary and the XMP of a PDF/X.

    `dated` is the date of the content, not of the build; `digest` is that of the inputs. PDF/X-1a
    names itself in the Info dictionary (ISO 15930-4, 6.1), PDF/X-4 in the XMP (ISO 15930-7, 6.1).
    """
    moment = dated.astimezone(UTC)
    xmp = XMP.format(
        title=escape(title),
        version=VERSIONS[standard],
        producer=PRODUCER,
        date=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        document=uuid5(NAMESPACE_URL, f"document {title}"),
        instance=uuid5(NAMESPACE_URL, f"instance {digest}"),
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    stamp = moment.strftime("D:%Y%m%d%H%M%SZ")
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(stamp),
            ModDate=String(stamp),
            Trapped=Name("/False"),
        )
    )
    if standard == "pdf-x-1a":
        pdf.trailer.Info.GTS_PDFXVersion = String(VERSIONS[standard])


def intend(pdf: Pdf, profile: OutputProfile, *, condition: str, info: str) -> None:
    """Embed the profile once as the only output intent, under the registry's name for it."""
    embedded = pdf.make_stream(profile.data, N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String(condition),
                OutputCondition=String(info),
                RegistryName=String(REGISTRY),
                Info=String(info),
                DestOutputProfile=embedded,
            )
        ]
    )
