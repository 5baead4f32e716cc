"""Documents with something hidden in them, built from code. Names say what each one proves.

Nothing here is about anybody. SEEN is on the page, SECRET is in the file but not on the page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO

import openpyxl
import pikepdf
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def new_pdf(content: str = "", *, box: tuple[int, int] = (300, 200)) -> Pdf:
    """A one-page PDF with Helvetica as /F and the given page content."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=box)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.Encoding = Name.WinAnsiEncoding
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[0].Contents = pdf.make_stream(content.encode("cp1252"))
    return pdf


def saved(pdf: Pdf, **options: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)  # pyright: ignore[reportArgumentType]
    return out.getvalue()


def line(text: str, x: int = 20, y: int = 150, size: float = 14, before: str = "") -> str:
    return f"{before} BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


_SEEN = line("SEEN")


def white_text() -> bytes:
    return saved(new_pdf(_SEEN + line("SECRET", y=100, before="1 g")))


def text_under_black_box() -> bytes:
    return saved(new_pdf(_SEEN + line("SECRET", y=100) + "0 g 15 95 100 20 re f"))


def covered_line_between_tight_lines() -> bytes:
    """The tails of the line above reach down to the covered one."""
    lines = line("gypsy", y=114) + line("SECRET", y=100) + line("SEEN", y=86)
    return saved(new_pdf(lines + "0 g 15 98 100 13 re f" + line("gypsy", y=114)))


def half_a_word_under_black_box() -> bytes:
    return saved(new_pdf(_SEEN + line("OPENSECRET", y=100, size=20) + "0 g 78 95 120 24 re f"))


def text_behind_picture() -> bytes:
    pdf = new_pdf(_SEEN + line("SECRET", y=100) + "q 120 0 0 40 10 90 cm /I Do Q")
    shade = bytes(100 + x for _ in range(40) for x in range(120))
    picture = pdf.make_stream(shade)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 120, 40, 8
    picture.ColorSpace = Name.DeviceGray
    pdf.pages[0].Resources.XObject = Dictionary(I=picture)
    return saved(pdf)


def text_off_the_page() -> bytes:
    return saved(new_pdf(_SEEN + line("SECRET", x=20, y=-60)))


def text_outside_the_crop_box() -> bytes:
    pdf = new_pdf(line("SEEN", x=120) + line("SECRET", x=5))
    pdf.pages[0].CropBox = Array([100, 50, 280, 190])
    return saved(pdf)


def tiny_text() -> bytes:
    return saved(new_pdf(_SEEN + line("SECRET", y=100, size=0.6)))


def invisible_text() -> bytes:
    return saved(new_pdf(_SEEN + line("SECRET", y=100, before="3 Tr")))


def clipped_text() -> bytes:
    return saved(new_pdf(_SEEN + "q 200 10 20 20 re W n" + line("SECRET", y=100) + "Q"))


def white_text_in_a_form() -> bytes:
    pdf = new_pdf(_SEEN + "/X Do")
    form = pdf.make_stream(line("SECRET", y=100, before="1 g").encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 200])
    form.Resources = pdf.pages[0].Resources
    pdf.pages[0].Resources.XObject = Dictionary(X=form)
    return saved(pdf)


def layer_switched_off() -> bytes:
    pdf = new_pdf(_SEEN + "/OC /L BDC" + line("SECRET", y=100) + "EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
    pdf.pages[0].Resources.Properties = Dictionary(L=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return saved(pdf)


def sticky_note() -> bytes:
    pdf = new_pdf(_SEEN)
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([200, 20, 220, 40]),
        Contents=String("SECRET"),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


def attached_file() -> bytes:
    pdf = new_pdf(_SEEN)
    pdf.attachments["SECRET.txt"] = b"inside"
    return saved(pdf)


def file_on_a_note() -> bytes:
    pdf = new_pdf(_SEEN)
    stream = pdf.make_stream(b"inside")
    spec = Dictionary(Type=Name.Filespec, F=String("SECRET.txt"), EF=Dictionary(F=stream))
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FileAttachment,
        Rect=Array([200, 20, 220, 40]),
        FS=pdf.make_indirect(spec),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


def document_information() -> bytes:
    pdf = new_pdf(_SEEN)
    pdf.docinfo["/Author"] = "SECRET"
    return saved(pdf)


def xmp_metadata() -> bytes:
    pdf = new_pdf(_SEEN)
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "SECRET"
    return saved(pdf)


def bookmark() -> bytes:
    pdf = new_pdf(_SEEN)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("SECRET", 0))
    return saved(pdf)


def hidden_form_field() -> bytes:
    return _form(String("SECRET"), flags=2)


def filled_form_field() -> bytes:
    return _form(String("VALUE"), flags=4)


def _form(value: String, flags: int) -> bytes:
    pdf = new_pdf(_SEEN)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("field"),
            V=value,
            F=flags,
            Rect=Array([20, 60, 200, 90]),
            DA=String("/F 12 Tf 0 g"),
        )
    )
    pdf.pages[0].Annots = Array([field])
    fonts = pdf.pages[0].Resources.Font
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=fonts), DA=String("/F 12 Tf 0 g")
    )
    return saved(pdf)


def free_text_note() -> bytes:
    pdf = new_pdf(_SEEN)
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FreeText,
        Rect=Array([20, 60, 200, 90]),
        Contents=String("VALUE"),
        DA=String("/F 12 Tf 0 g"),
        F=4,
    )
    look = pdf.make_stream(b"BT /F 12 Tf 5 10 Td (VALUE) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 180, 30])
    look.Resources = pdf.pages[0].Resources
    note.AP = Dictionary(N=look)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


def earlier_revision() -> bytes:
    """Saved with SECRET, then changed by an appended update, as office tools do."""
    first = saved(
        new_pdf(_SEEN + line("SECRET", y=100)), object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
    )  # fmt: skip
    with pikepdf.open(BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        root = pdf.Root.objgen[0]
    content = _SEEN.encode()
    at = len(first)
    update = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(content), content,
    )  # fmt: skip
    xref = at + len(update)
    previous = int(first.rsplit(b"startxref", 1)[1].split()[0])
    update += b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    update += b"trailer\n<< /Size 100 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        root, previous, xref,
    )  # fmt: skip
    return first + update


def white_on_black_heading() -> bytes:
    return saved(new_pdf("0 g 10 140 200 30 re f 1 g" + _SEEN))


def script() -> bytes:
    pdf = new_pdf(_SEEN)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    return saved(pdf)


def encrypted_pdf() -> bytes:
    return saved(new_pdf(_SEEN), encryption=pikepdf.Encryption(owner="o", user="u"))


def wrong_index() -> bytes:
    whole = saved(new_pdf(_SEEN), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return whole.replace(b"startxref\n", b"startxref\n9")


def torn_pdf() -> bytes:
    """The end with its table of contents is missing."""
    whole = saved(new_pdf(_SEEN), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return whole[: whole.rindex(b"xref\n0")]


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space='preserve'>{text}</w:{tag}></w:r>"


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """The smallest Word file with this body and further parts."""
    kinds = {
        "comments": "comments", "styles": "styles", "header1": "header", "settings": "settings",
    }  # fmt: skip
    extra = parts or {}
    base = "http://schemas.openxmlformats.org"
    overrides = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kinds[n]}+xml"/>'
        for n in extra
        if n in kinds
    )
    links = "".join(
        f'<Relationship Id="r{i}" Target="{n}.xml" '
        f'Type="{base}/officeDocument/2006/relationships/{kinds[n]}"/>'
        for i, n in enumerate(extra)
        if n in kinds
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{base}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
            'Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
            f'document.main+xml"/>{overrides}</Types>',
        )
        box.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="a" '
            f'Type="{base}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        box.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{base}/package/2006/relationships">{links}</Relationships>',
        )
        box.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:r="{base}/officeDocument/2006/relationships">'
            f"<w:body>{body}</w:body></w:document>",
        )
        for name, text in extra.items():
            path = name if "/" in name else f"word/{name}.xml"
            box.writestr(path, text)
    return out.getvalue()


def word_with_tracked_deletion() -> bytes:
    mark = 'w:id="1" w:author="Editor" w:date="2020-01-01T00:00:00Z"'
    gone = f"<w:del {mark}>{run('SECRET', tag='delText')}</w:del>"
    return docx(paragraph(run("SEEN ") + gone + f"<w:ins {mark}>{run('VALUE')}</w:ins>"))


def word_with_comment() -> bytes:
    note = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Reader">'
        f"{paragraph(run('SECRET'))}</w:comment></w:comments>"
    )
    return docx(paragraph(run("SEEN")), {"comments": note})


def word_with_hidden_text() -> bytes:
    return docx(paragraph(run("SEEN ") + run("SECRET", "<w:vanish/>")))


def word_with_hidden_style() -> bytes:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="S"><w:name w:val="S"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    body = paragraph(run("SEEN ") + run("SECRET", '<w:rStyle w:val="S"/>'))
    return docx(body, {"styles": styles})


def word_with_white_text() -> bytes:
    return docx(paragraph(run("SEEN ") + run("SECRET", '<w:color w:val="FFFFFF"/>')))


def word_with_unused_header() -> bytes:
    header = f'<w:hdr xmlns:w="{W}">{paragraph(run("SECRET"))}</w:hdr>'
    return docx(paragraph(run("SEEN")), {"header1": header})


def word_with_author() -> bytes:
    core = "<cp xmlns:dc='urn:dc'><dc:creator>SECRET</dc:creator></cp>"
    return docx(paragraph(run("SEEN")), {"docProps/core.xml": core})


def word_with_todays_date() -> bytes:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("VALUE")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return docx(paragraph(run("SEEN ") + field))


def word_with_everything() -> tuple[bytes, dict[str, str]]:
    """A Word file with a secret of its own in each place that no page shows, by place."""
    secret = _Secrets()
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = secret("EXIF of a picture")
    Image.new("RGB", (9, 9)).save(picture, "JPEG", exif=exif)
    code = f'<w:r><w:instrText>INCLUDETEXT "C:/{secret("field code")}.doc"</w:instrText></w:r>'
    listed = f'<w:dropDownList><w:listItem w:displayText="{secret("choice not made")}"/>'
    body = [
        paragraph(run("SEEN")),
        paragraph(f'<w:bookmarkStart w:id="1" w:name="{secret("bookmark")}"/>'),
        paragraph(
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        f'<w:sdt><w:sdtPr><w:alias w:val="{secret("title of a control")}"/>'
        f'<w:tag w:val="{secret("tag of a control")}"/>{listed}</w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('VALUE'))}</w:sdtContent></w:sdt>",
        paragraph(f'<w:ins w:id="2" w:author="{secret("who inserted")}">{run("ALSO")}</w:ins>'),
    ]
    parts: dict[str, str | bytes] = {
        "word/people.xml": f'<w:people xmlns:w="{w}"><w:person w:author="{secret("person")}"/>'
                           "</w:people>",
        "word/charts/chart1.xml": f"<c:chart xmlns:c='c'><c:v>{secret('value of a chart')}</c:v>"
                                  "</c:chart>",
        "word/diagrams/data1.xml": f"<d:m xmlns:d='d'><d:p><d:t>{secret('diagram')}</d:t></d:p>"
                                   "</d:m>",
        "word/_rels/settings.xml.rels": "<Relationships><Relationship Id='r1' TargetMode="
                                        "'External' Type='x/attachedTemplate' "
                                        f"Target='file:///H:/{secret('template')}.dot'/>"
                                        "</Relationships>",
        "word/media/image7.jpeg": picture.getvalue(),
        "customXml/item1.xml": f"<data>{secret('custom data')}</data>",
        "docProps/custom.xml": f"<Properties><p>{secret('custom property')}</p></Properties>",
        "docProps/thumbnail.jpeg": picture.getvalue(),
        "word/vbaProject.bin": b"programs",
    }  # fmt: skip
    return with_parts(docx("".join(body)), parts), secret.of


def workbook_with_everything() -> tuple[bytes, dict[str, str]]:
    """A workbook with a secret of its own in each place beside its cells, by place."""
    secret = _Secrets()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "SEEN"
    rule = DataValidation(type="list", formula1=f'"yes,{secret("choice not made")}"')
    rule.prompt = secret("prompt")
    rule.add("A1")
    sheet.add_data_validation(rule)
    book.defined_names["place"] = DefinedName("place", attr_text=f'"{secret("defined name")}"')
    out = BytesIO()
    book.save(out)
    parts: dict[str, str | bytes] = {
        "xl/pivotCache/pivotCacheDefinition1.xml": "<c><cacheField name='"
        f"{secret('field of a pivot')}'><s v='{secret('value of a pivot')}'/></cacheField></c>",
        "xl/pivotCache/pivotCacheRecords1.xml": f"<r><s v='{secret('record of a pivot')}'/></r>",
        "xl/externalLinks/externalLink1.xml": f"<e><v>{secret('kept from elsewhere')}</v></e>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": "<Relationships><Relationship "
        f"TargetMode='External' Type='x/path' Target='H:/{secret('other workbook')}.xlsx'/>"
        "</Relationships>",
        "xl/threadedComments/t1.xml": f"<t><text>{secret('threaded comment')}</text></t>",
        "xl/persons/person.xml": f"<p><person displayName='{secret('person')}'/></p>",
        "xl/revisions/userNames.xml": f"<u><name>{secret('shared with')}</name></u>",
        "xl/connections.xml": f"<c><connection>{secret('connection')}</connection></c>",
    }
    return with_parts(out.getvalue(), parts), secret.of


class _Secrets:
    """Hands out one secret a place and remembers which is which."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        self.of[place] = f"SECRET{len(self.of):02}QX"
        return self.of[place]


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as box:
        for name, content in parts.items():
            box.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def rich_text_with_tracked_deletion() -> bytes:
    return (
        rb"{\rtf1\ansi{\*\revtbl{Unknown;}{Editor;}}{\fonttbl{\f0 Liberation Sans;}}"
        rb"\f0 SEEN {\deleted\revauthdel1 SECRET}\par}"
    )


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plain"
    sheet.append(["SEEN", "column", "VALUE"])
    sheet.append(["row SECRETROW", "x", "SECRETCOLUMN"])
    sheet.append(["=LEN(A1)", "x" * 90, "00123"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A1"].comment = Comment("SECRETCOMMENT", "Reader")
    other = book.create_sheet("Other")
    other.sheet_state = "veryHidden"
    other["A1"] = "SECRETSHEET"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Sender <sender@example.org>"
    message["To"] = "Reader <reader@example.org>"
    message["Bcc"] = "VALUE <third@example.org>"
    message["Subject"] = "SEEN"
    message["X-Routing"] = "SECRETHEADER"
    message.set_content("SEEN\nSECRETPLAIN\n> quoted\n")
    message.add_alternative(
        "<p>SEEN</p><p style='display:none'>SECRETNONE</p><!-- SECRETREMARK -->"
        "<p style='color:white'>SECRETWHITE</p><img src='http://127.0.0.1:1/SECRETPIXEL'>"
        "<blockquote>quoted</blockquote>",
        subtype="html",
    )
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inside")
    message.add_attachment(inner)
    message.add_attachment(b"%PDF-x", maintype="application", subtype="pdf", filename="SECRET.pdf")
    return message.as_bytes()


def text_picture(lines: list[str], size: tuple[int, int] = (1240, 700)) -> Image.Image:
    """Lines of type on white, as a scanner at 150 dpi sees them."""
    picture = Image.new("L", size, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 32)
    for number, text in enumerate(lines):
        draw.text((100, 80 + 60 * number), text, font=font, fill=20)
    return picture


def photograph(**options: object) -> bytes:
    """Colour gradients, which nobody can mistake for type, with EXIF that tells too much."""
    picture = Image.linear_gradient("L").resize((400, 300))
    colour = Image.merge("RGB", (picture, picture.transpose(Image.Transpose.ROTATE_180), picture))
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    exif[0x0112] = 6
    out = BytesIO()
    colour.save(out, "JPEG", exif=exif, **options)  # pyright: ignore[reportArgumentType]
    return out.getvalue()


def picture_pdf(picture: Image.Image, dpi: int = 150) -> bytes:
    """A scanned page as a PDF."""
    out = BytesIO()
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()
