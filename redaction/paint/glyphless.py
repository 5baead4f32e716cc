"""The text layer's font: one empty glyph, half an em wide.

Embedded rather than named, so that no reader substitutes a face of its own with other widths.
Made once with fontTools' FontBuilder (units per em 1000, glyph order ``[".notdef"]``, no outline,
advance 500, ascent 800, descent -200), deflated and written in base 85.
"""

from __future__ import annotations

import base64
import zlib

_DEFLATED = (
    "c-muNWME+6VrXDsW>D}C);Dta=4ipdz^DNfO-Rm7EMVYaa0BvtfP9_woXRu?FksvRA~I4FQ{u%O9st>EfY>YpD8Q`5s"
    "0U;}0b-Sm+>#2$FJSc@K!PPFKRFSqe+P)4n^;l6zyyR0j2u9|LSABSDgzr>{s53*E66V{0lEvsKLL_w0J#;2qgAJK#q-"
    ";IWngB0!GIeugG`242jnRH2l?v@LIedc!pw#OCQQ>9zc5Z<U}a!oAQ9LD0RbfnaF;QG-Oa!t0wfv1Gz)_SSRCx4|Np@"
    "l-SuoxU3dTh1xG5V"
)


def font_file() -> bytes:
    """The TrueType file."""
    return zlib.decompress(base64.b85decode(_DEFLATED))
