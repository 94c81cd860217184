"""Files that hold files: an e-mail or a ZIP with a document in it."""

from __future__ import annotations

import base64

from corpus import as_docx
from corpus.flow import MARK
from corpus.write import Source


def write(source: Source, options: dict) -> bytes:
    """The bytes of the parcel; `to` is eml or zip."""
    if options.get("to") == "zip":
        return as_docx.zipped(dict([*_notes(), (inside(source, options), document(source, options))]))
    return _mail(source, options)


def inside(source: Source, options: dict) -> str:
    """The name of the document inside."""
    return f"van ban/{source.id}.docx" if options.get("to") == "zip" else f"{source.id}.docx"


def document(source: Source, _options: dict) -> bytes:
    """The document inside: the DOCX, set in another font than the one that stands alone."""
    return as_docx.write(source, {"font": "Arial"})


def _notes() -> list[tuple[str, bytes]]:
    return [("doc toi truoc.txt", f"Gửi kèm văn bản để biết.\n{MARK}\n".encode())]


def _mail(source: Source, options: dict) -> bytes:
    subject = base64.b64encode(f"Gửi văn bản: {source.title[0]}".encode()).decode()
    text = base64.encodebytes(f"Kính gửi quý cơ quan,\n\nXin gửi kèm văn bản để biết, thực hiện.\n\n{MARK}\n".encode()).decode()
    attached = base64.encodebytes(document(source, options)).decode()
    name = inside(source, options)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    lines = [
        "From: van-thu@example.org",
        "To: nguoi-nhan@example.org",
        f"Subject: =?UTF-8?B?{subject}?=",
        "Date: Thu, 02 Jan 2020 08:00:00 +0700",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="phan-cach"',
        "",
        "--phan-cach",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        text,
        "--phan-cach",
        f'Content-Type: {word}; name="{name}"',
        f'Content-Disposition: attachment; filename="{name}"',
        "Content-Transfer-Encoding: base64",
        "",
        attached,
        "--phan-cach--",
        "",
    ]
    return "\r\n".join("\r\n".join(line.split("\n")) for line in lines).encode()
