"""Seven ways to hide a name without removing it, each a page with two visible words beside it."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

SEEN, NAME = "Visible words", "Karen Holt"
_TEXT = f"BT /F 14 Tf 72 700 Td ({SEEN}) Tj ET BT /F 14 Tf 72 600 Td ({NAME}) Tj ET\n"
_X, _Y, _W, _H = 68, 595, 84, 20


def _page(content, **more):
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F=font))
    for key, value in more.pop("xobjects", {}).items():
        resources.XObject = Dictionary({key: value(pdf)})
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 595, 842]),
        Resources=resources,
        Contents=Stream(pdf, content.encode()),
    )
    for key, value in more.items():
        page[f"/{key}"] = value(pdf)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _black_picture(pdf):
    image = Stream(pdf, bytes(range(0, 64, 4)) * 1)
    image.update(
        {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 4, "/Height": 4,
         "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8}
    )  # fmt: skip
    return image


def _black_note(pdf):
    look = Stream(pdf, f"0 g 0 0 {_W} {_H} re f".encode())
    look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, _W, _H])})
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array([_X, _Y, _X + _W, _Y + _H]),
        F=4,
        AP=Dictionary(N=pdf.make_indirect(look)),
    )
    return Array([pdf.make_indirect(note)])


FAKES = {
    "rectangle over the text": _page(_TEXT + f"0 g {_X} {_Y} {_W} {_H} re f"),
    "black text on a black rectangle": _page(f"0 g {_X} {_Y} {_W} {_H} re f\n" + _TEXT),
    "square annotation": _page(_TEXT, Annots=_black_note),
    "picture over the text": _page(
        _TEXT + f"q {_W} 0 0 {_H} {_X} {_Y} cm /I Do Q", xobjects={"/I": _black_picture}
    ),
    "polygon over the text": _page(
        _TEXT + f"0 g {_X} {_Y} m {_X + _W} {_Y} l {_X + _W + 6} {_Y + 10} l "
        f"{_X + _W} {_Y + _H} l {_X} {_Y + _H} l f"
    ),
    "thick line over the text": _page(
        _TEXT + f"0 G 10 w {_X} {_Y + 9.5} m {_X + _W} {_Y + 9.5} l S"
    ),
    "white text": _page(_TEXT.replace(f"({NAME})", f"1 g ({NAME})")),
}
HONEST = _page(_TEXT)
