"""A PDF that hides a different secret in each of some hundred channels, all made here.

Each secret is an upper-case word with a number and a meaningless tail, so that finding it in an
output names the channel that leaked. The name ZEBEDEE is visible, in five forms.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from redaction.document import Box

NAME = "ZEBEDEE"
NAME_BOXES = (
    *(Box(66, top, 260, top + 26) for top in (78, 118, 158, 198)),
    Box(400, 60, 440, 240),
)
"""Where the visible name stands, in points from the top left."""


class Secrets:
    """Hands out one secret a channel and remembers which is which."""

    def __init__(self):
        self.of = {}

    def __call__(self, channel):
        assert channel not in self.of
        self.of[channel] = f"SECRET{len(self.of):02}QX"
        return self.of[channel]


def build():
    """The file and its secrets by channel."""
    secret = Secrets()
    pdf = Pdf.new()
    page = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842])))
    pdf.pages.append(pikepdf.Page(page))
    page = pdf.pages[0].obj
    _content(pdf, page, secret)
    _page_extras(pdf, page, secret)
    _annotations(pdf, page, secret)
    _catalog(pdf, page, secret)
    _info(pdf, secret)
    _rarer(pdf, page, secret)
    first = io.BytesIO()
    pdf.save(first, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    old = f"\n999 0 obj\n({secret('object of an older revision')})\nendobj\n".encode()
    return first.getvalue() + old + secret("trailing bytes").encode() + b"\n", secret.of


def _font(name="Helvetica"):
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name))


def _text(words, x, y, before="", size=14):
    return f"q {before} BT /F {size} Tf {x} {y} Td ({words}) Tj ET Q\n"


def _content(pdf, page, secret):
    inner = Stream(pdf, _text(NAME, 72, 700).encode())
    inner.update(
        {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 595, 842]),
         "/Resources": Dictionary(Font=Dictionary(F=_font()))}
    )  # fmt: skip
    spread = " ".join(f"({c}) -20" for c in NAME)
    parts = [
        _text("An honest line that stays.", 72, 780),
        _text(NAME, 72, 740),
        "/Inner Do\n",
        f"BT /F 14 Tf 72 660 Td [{spread}] TJ ET\n",
        "".join(f"BT /F 14 Tf {72 + 12 * i} 620 Td ({c}) Tj ET\n" for i, c in enumerate(NAME)),
        f"BT /F 14 Tf 0 1 -1 0 425 640 Tm ({NAME}) Tj ET\n",
        _text(secret("white text"), 72, 500, "1 g"),
        _text(secret("text off the page"), 900, 500),
        _text(secret("text above the page"), 72, 900),
        _text(secret("invisible text"), 72, 480, "3 Tr"),
        _text(secret("text outside a clip"), 72, 460, "0 0 1 1 re W n"),
        _text(secret("speck of text"), 72, 440, size=0.05),
        _text(secret("text under a rectangle"), 72, 420) + "0 g 60 410 200 30 re f\n",
        "0 g 60 370 200 30 re f\n" + _text(secret("black on black"), 72, 380),
        _text(secret("text under a picture"), 72, 340) + "q 200 0 0 30 60 330 cm /Pic Do Q\n",
        f"/OC /Layer BDC {_text(secret('text of a hidden layer'), 72, 300)} EMC\n",
        f"/Span <</ActualText ({secret('actual text')})>> BDC {_text('x', 500, 300)} EMC\n",
        f"/Span <</E ({secret('expansion')})>> BDC {_text('y', 510, 300)} EMC\n",
        f"/Span <</Alt ({secret('alternative text')})>> BDC {_text('z', 520, 300)} EMC\n",
        f"/{secret('name of a mark')} MP\n",
        f"% {secret('comment in the content')}\n",
        "/Layered Do\n",
        "q /Masked gs 0 0 0 rg 300 300 5 5 re f Q\n",
        _text(secret("text that only clips"), 72, 280, "7 Tr"),
        _text(secret("text in no colour at all"), 72, 260, "/Glass gs"),
    ]
    page.Contents = Stream(pdf, "".join(parts).encode())
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(secret("name of a layer"))))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    unused = Stream(pdf, _text(secret("drawing never drawn"), 1, 1).encode())
    unused.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    layered = Stream(pdf, _text(secret("drawing on a hidden layer"), 72, 240).encode())
    layered.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Form,
            "/BBox": Array([0, 0, 595, 842]),
            "/OC": layer,
            "/Resources": Dictionary(Font=Dictionary(F=_font())),
        }
    )
    mask = Stream(pdf, _text(secret("text of a soft mask"), 9000, 9000).encode())
    mask.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Form,
            "/BBox": Array([0, 0, 595, 842]),
            "/Group": Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
            "/Resources": Dictionary(Font=Dictionary(F=_font())),
        }
    )
    page.Resources = Dictionary(
        ExtGState=Dictionary(
            Masked=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)),
            Glass=Dictionary(ca=0, CA=0),
        ),
        Font=Dictionary(F=_font(), G=_font(secret("name of a font"))),
        XObject=Dictionary(
            {"/Inner": inner, "/Layered": layered, "/Pic": _picture(pdf, secret), "/Unused": unused,
             "/" + secret("name of a resource"): unused}
        ),
        Properties=Dictionary(Layer=layer),
    )  # fmt: skip


def _picture(pdf, secret):
    exif = Image.Exif()
    exif[0x010E] = secret("EXIF of a picture")
    out = io.BytesIO()
    Image.new("RGB", (60, 9), (20, 90, 160)).save(
        out, "JPEG", exif=exif, comment=secret("comment of a picture").encode()
    )
    jpeg = out.getvalue()
    caption = secret("caption of a picture").encode()
    record = b"\x1c\x02\x78" + len(caption).to_bytes(2) + caption
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4) + record
    block += b"\0" * (len(record) % 2)
    app13 = b"\xff\xed" + (len(block) + 2).to_bytes(2) + block
    picture = Stream(pdf, jpeg[:2] + app13 + jpeg[2:])
    picture.update(
        {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60, "/Height": 9,
         "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode,
         "/Metadata": _xmp(pdf, secret("metadata of a picture"))}
    )  # fmt: skip
    return picture


def _xmp(pdf, words):
    packet = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:source>{words}</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    stream = Stream(pdf, packet.encode())
    stream.update({"/Type": Name.Metadata, "/Subtype": Name.XML})
    return stream


def _script(words):
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{words}')"))


def _file(pdf, secret, prefix):
    body = Stream(pdf, secret(f"{prefix}: content").encode())
    body.Type = Name.EmbeddedFile
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(secret(f"{prefix}: file name")),
            UF=String(secret(f"{prefix}: unicode file name")),
            Desc=String(secret(f"{prefix}: description")),
            EF=Dictionary(F=body),
        )
    )


def _page_extras(pdf, page, secret):
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(secret("private data"))))
    page.Metadata = _xmp(pdf, secret("metadata of the page"))
    page.AA = Dictionary(O=_script(secret("script on opening the page")))
    thumb = Stream(pdf, secret("thumbnail").encode())
    thumb.update({"/Width": 1, "/Height": 1, "/ColorSpace": Name.DeviceGray})
    page.Thumb = thumb


def _annotations(pdf, page, secret):
    corner = Array([560, 20, 580, 40])
    notes = [
        Dictionary(Subtype=Name.Text, F=2, Contents=String(secret("note")),
                   T=String(secret("author of a note")), Subj=String(secret("subject of a note")),
                   RC=String(secret("rich text of a note"))),
        Dictionary(Subtype=Name.Highlight, F=2, Contents=String(secret("note of a highlight")),
                   QuadPoints=Array([0, 1, 1, 1, 0, 0, 1, 0])),
        Dictionary(Subtype=Name.FreeText, F=2, Contents=String(secret("hidden free text"))),
        Dictionary(Subtype=Name.Link,
                   A=Dictionary(S=Name.URI, URI=String(secret("address of a link")))),
        Dictionary(Subtype=Name.FileAttachment, F=2, FS=_file(pdf, secret, "attached to a note")),
        Dictionary(Subtype=Name.Popup, F=2, Contents=String(secret("popup"))),
    ]  # fmt: skip
    for note in notes:
        note.Type, note.Rect = Name.Annot, corner
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=2, Rect=corner,
            T=String(secret("name of a field")), V=String(secret("value of a hidden field")),
            DV=String(secret("default of a field")), TU=String(secret("tooltip of a field")),
            MK=Dictionary(CA=String(secret("caption of a field"))),
            AA=Dictionary(K=_script(secret("script of a field"))),
        )
    )  # fmt: skip
    page.Annots = Array([*(pdf.make_indirect(n) for n in notes), field])
    form = Stream(pdf, f"<xdp>{secret('XFA form')}</xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=Array([String("template"), form]))


def _catalog(pdf, page, secret):
    root = pdf.Root
    root.Metadata = _xmp(pdf, secret("metadata of the file"))
    root.OpenAction = _script(secret("script on opening"))
    root.AA = Dictionary(WC=_script(secret("script on closing")))
    root.URI = Dictionary(Base=String(secret("base address")))
    root.PageLabels = Dictionary(
        Nums=Array([0, Dictionary(S=Name.D, P=String(secret("label of a page")))])
    )
    root.Names = Dictionary(
        EmbeddedFiles=Dictionary(
            Names=Array([String(secret("name of an attachment")), _file(pdf, secret, "attached")])
        ),
        JavaScript=Dictionary(
            Names=Array([String(secret("name of a script")), _script(secret("named script"))])
        ),
        Dests=Dictionary(
            Names=Array([String(secret("named destination")), Array([page, Name.Fit])])
        ),
    )
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, T=String(secret("title of an element")))
    )
    root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret("bookmark"), 0))


def _rarer(pdf, page, secret):
    """Places that few tools look at."""
    root = pdf.Root
    root.AF = Array([_file(pdf, secret, "associated")])
    root.SpiderInfo = Dictionary(V=1.0, C=Array([Dictionary(URL=String(secret("web capture")))]))
    root.Threads = Array(
        [pdf.make_indirect(Dictionary(I=Dictionary(Title=String(secret("article thread")))))]
    )
    root.Legal = Dictionary(Attestation=String(secret("legal statement")))
    root.DPartRoot = Dictionary(
        DPartRootNode=Dictionary(DPM=Dictionary(Name=String(secret("data about a part"))))
    )
    words = b"desc\0\0\0\0\0\0\0\x0c" + secret("description of colours").encode()
    table = (1).to_bytes(4) + b"desc" + (144).to_bytes(4) + len(words).to_bytes(4)
    profile = Stream(pdf, b"\0" * 128 + table + words)
    profile.N = 3
    root.OutputIntents = Array(
        [
            Dictionary(
                S=Name.GTS_PDFA1,
                Info=String(secret("colours for print")),
                DestOutputProfile=profile,
            )
        ]
    )
    root.Names.Templates = Dictionary(
        Names=Array([String(secret("name of a template")), Dictionary(Type=Name.Template)])
    )
    root.StructTreeRoot.K = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.StructElem,
                    S=Name.Figure,
                    Alt=String(secret("description of an element")),
                    ActualText=String(secret("words of an element")),
                    E=String(secret("long form")),
                    T=String(secret("second title")),
                    A=Dictionary(O=Name.Table, Summary=String(secret("summary"))),
                )
            ),
            root.StructTreeRoot.K,
        ]
    )
    history = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
        "xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' "
        "xmlns:stEvt='http://ns.adobe.com/xap/1.0/sType/ResourceEvent#'><xmpMM:History><rdf:Seq>"
        f"<rdf:li stEvt:softwareAgent='{secret('history of saving')}'/>"
        "</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    root.PieceInfo = Dictionary(App=Dictionary(Private=Stream(pdf, history.encode())))
    glyph = Stream(pdf, b"500 0 0 0 0 0 d1")
    name = "/" + secret("glyph of a drawn font")
    page.Resources.Font["/T3"] = Dictionary(
        {
            "/Type": Name.Font,
            "/Subtype": Name.Type3,
            "/FontBBox": Array([0, 0, 1, 1]),
            "/FontMatrix": Array([1, 0, 0, 1, 0, 0]),
            "/CharProcs": Dictionary({name: glyph}),
            "/Encoding": Dictionary(Type=Name.Encoding, Differences=Array([65, Name(name)])),
            "/FirstChar": 65,
            "/LastChar": 65,
            "/Widths": Array([1]),
        }
    )
    page.Resources.Font["/Odd"] = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name.Arial,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Arial,
            Flags=32,
            Style=String(secret("description of a font")),
        ),
    )
    corner = Array([560, 20, 580, 40])
    appearance = Stream(pdf, _text(secret("face of a hidden note"), 1, 1).encode())
    appearance.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": corner})
    sound = Stream(pdf, secret("sound of a note").encode())
    sound.update({"/Type": Name.Sound, "/R": 8000})
    signed = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            F=2,
            Rect=corner,
            T=String(secret("name of a signature")),
            V=Dictionary(
                Type=Name.Sig,
                Name=String(secret("who signed")),
                Reason=String(secret("why signed")),
                Location=String(secret("where signed")),
                ContactInfo=String(secret("how to reach who signed")),
            ),
        )
    )
    chooser = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Ch,
            F=2,
            Rect=corner,
            T=String("pick"),
            Opt=Array([Array([String(secret("export value")), String(secret("choice not made"))])]),
        )
    )
    for note in (
        Dictionary(Subtype=Name.Stamp, F=2, AP=Dictionary(N=appearance)),
        Dictionary(Subtype=Name.Sound, F=2, Sound=sound),
        Dictionary(Subtype=Name.Redact, F=2, OverlayText=String(secret("text of a mark to cut"))),
    ):
        note.Type, note.Rect = Name.Annot, corner
        page.Annots.append(pdf.make_indirect(note))
    page.Annots.append(signed)
    page.Annots.append(chooser)
    root.AcroForm.Fields.append(signed)
    root.AcroForm.Fields.append(chooser)


def _info(pdf, secret):
    for key in ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "Custom"):
        pdf.docinfo["/" + key] = secret(f"{key} of the file")
    pdf.docinfo["/" + secret("key of the file's information")] = "x"
