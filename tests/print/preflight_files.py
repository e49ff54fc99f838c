"""Make small PDF/X-4 files, clean or broken in one place: page, form, pattern, mask, and so on."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from print.output_profile import read_output_profile

TRIM = (283.4646, 283.4646)  # 100 mm
BLEED = 14.1732  # 5 mm
SIZE = (TRIM[0] + 2 * BLEED, TRIM[1] + 2 * BLEED)
GROUND = b"0.2 0.1 0 0 k 30 30 200 200 re f\n"
PLACES = ("page", "form", "pattern", "soft mask", "annotation", "glyph")
XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


class SmallPdf:
    """A page of 100 × 100 mm with 5 mm of bleed, on which things are put."""

    def __init__(self):
        self.pdf = Pdf.new()
        self.pdf.add_blank_page(page_size=SIZE)
        self.page = self.pdf.pages[0].obj
        left, right = BLEED, SIZE[0] - BLEED
        self.page.CropBox = self.page.BleedBox = self.page.MediaBox = Array([0, 0, *SIZE])
        self.page.TrimBox = Array([left, left, right, right])
        self.page.Resources = Dictionary(
            Font=Dictionary(F1=self._font()),
            XObject=Dictionary(),
            Pattern=Dictionary(),
            ExtGState=Dictionary(
                Over=Dictionary(OP=True, op=True, OPM=1),
                Knock=Dictionary(OP=False, op=False, OPM=0),
            ),
            ColorSpace=Dictionary(),
            Shading=Dictionary(),
        )
        self._standard()
        self.contents = [GROUND]

    def _standard(self):
        root, pdf = self.pdf.Root, self.pdf
        icc = read_output_profile().data
        root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=String("FOGRA39"),
                    RegistryName=String("http://www.color.org"),
                    DestOutputProfile=pdf.make_stream(icc, N=4),
                )
            ]
        )
        root.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(
                Title=String("Essai"),
                CreationDate=String("D:20261116000000Z"),
                ModDate=String("D:20261116000000Z"),
                Trapped=Name("/False"),
            )
        )

    def _font(self):
        """An embedded font whose every sign is half an em wide."""
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+Essai"),
            Flags=4,
            Ascent=750,
            Descent=-250,
            FontFile2=self.pdf.make_stream(b"not read by these tests"),
        )
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name("/ABCDEF+Essai"),
                FirstChar=32,
                LastChar=126,
                Widths=Array([500] * 95),
                FontDescriptor=self.pdf.make_indirect(descriptor),
            )
        )

    @property
    def resources(self):
        return self.page.Resources

    def image(self, width=8, height=8, space=Name.DeviceCMYK, bits=8, **more):
        """A picture of one value, under the name /Im."""
        count = {"/DeviceCMYK": 4, "/DeviceRGB": 3}.get(str(space), 1) if bits == 8 else 1
        row = (width * bits * count + 7) // 8
        image = Stream(self.pdf, bytes(row * height))
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = width, height, bits
        if space is not None:
            image.ColorSpace = space
        for key, value in more.items():
            image[f"/{key}"] = value
        self.resources.XObject.Im = self.pdf.make_indirect(image)

    def spot(self, name, ink="Rose"):
        """A Separation under a name in the resources."""
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.8, 0.2, 0], N=1)
        space = Array([Name.Separation, Name("/" + ink), Name.DeviceCMYK, tint])
        self.resources.ColorSpace[f"/{name}"] = self.pdf.make_indirect(space)

    def put(self, content, place="page"):
        """Paint content on the page, or inside something that the page paints."""
        getattr(self, "_in_" + place.replace(" ", "_"))(content)
        return self

    def _in_page(self, content):
        self.contents.append(b"q " + content + b" Q")

    def _stream(self, content, **keys):
        stream = self.pdf.make_stream(content)
        for key, value in keys.items():
            stream[f"/{key}"] = value
        stream.Resources = self.resources
        return self.pdf.make_indirect(stream)

    def _form(self, content, **keys):
        return self._stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *SIZE]), **keys
        )

    def _in_form(self, content):
        self.resources.XObject.Fm = self._form(content)
        self.contents.append(b"q /Fm Do Q")

    def _in_pattern(self, content):
        self.resources.Pattern.P1 = self._stream(
            content,
            Type=Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, *SIZE]),
            XStep=SIZE[0],
            YStep=SIZE[1],
        )
        self.contents.append(b"q /Pattern cs /P1 scn 40 40 150 150 re f Q")

    def _in_soft_mask(self, content):
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        mask = Dictionary(S=Name.Luminosity, G=self._form(content, Group=group))
        self.resources.ExtGState.Mask = Dictionary(SMask=mask)
        self.contents.append(b"q /Mask gs 0 0 0 0.5 k 40 40 150 150 re f Q")

    def _in_annotation(self, content):
        look = self._form(content)
        self.page.Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Stamp,
                    F=4,
                    Rect=Array([0, 0, *SIZE]),
                    AP=Dictionary(N=look),
                )
            ]
        )

    def _in_glyph(self, content):
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, *SIZE]),
            FontMatrix=Array([1, 0, 0, 1, 0, 0]),
            FirstChar=97,
            LastChar=97,
            Widths=Array([40]),
            Encoding=Dictionary(Differences=Array([97, Name("/a")])),
            CharProcs=Dictionary(a=self._stream(b"40 0 d0 " + content)),
            Resources=self.resources,
        )
        self.resources.Font.F3 = self.pdf.make_indirect(font)
        self.contents.append(b"q BT /F3 1 Tf 1 0 0 1 0 0 Tm 0 0 0 1 k (a) Tj ET Q")

    def saved(self, **options):
        """The file as bytes."""
        self.page.Contents = self.pdf.make_stream(b"\n".join(self.contents))
        out = BytesIO()
        options.setdefault("force_version", "1.6")
        options.setdefault("compress_streams", False)
        options.setdefault("deterministic_id", "encryption" not in options)
        self.pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, **options)
        return out.getvalue()
