"""Digital signatures of a PDF: who signed, when, and whether what was signed is still what the file says.

Integrity only: no certificate is traced to a root and nothing is asked of the network. Issued documents carry the signer's
and the body's signature (Decree 30/2020/NĐ-CP, art. 12 and 13, annex I). PDFium finds the signatures (pyHanko takes a
quarter of a second to read all revisions of an ordinary signed letter), pyHanko verifies each, and judges what was added
behind the last one.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import logging
import warnings
from typing import Any

import pypdfium2.raw as raw
import regex

MOST = 30  # signatures looked at of a file
TAIL = 16  # bytes behind the signed ones that need no explanation: line ends
_TIME = regex.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:([+-])(\d\d)'?(\d\d)|Z)?")
_INFO = regex.compile(rb"/Info\s+(\d+\s+\d+)\s+R")
_OBJECT = regex.compile(rb"(?<!\d)(\d+\s+\d+)\s+obj\b")
_SECTION = regex.compile(rb"(?m)^(\d+) (\d+)[ \r]*$")
_ROOT = regex.compile(rb"/Root\s+(\d+\s+\d+)\s+R")
_STAMP = "ETSI.RFC3161"  # a time stamp on the document, nobody's signature


def signature_properties(document: Any, content: bytes) -> dict[str, str]:
    """`signed_by`, every signer once, and `signed_at`, the first time each signed (ISO 8601), both by time and parted by "; ";
    `signature_intact`: "yes", or "no" where a signature does not hold or the document was changed behind the last one.

    Empty for a file without signatures, told in microseconds; `signature_intact` is missing where a signature cannot be
    checked. `document`: the file opened by pypdfium2.
    """
    count = min(raw.FPDF_GetSignatureCount(document), MOST)
    if count <= 0:
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
            return _read([raw.FPDF_GetSignatureObject(document, k) for k in range(count)], content)
    except Exception:  # whatever a broken signature does to the library: the document itself is read
        return {}


def _read(signatures: list[Any], content: bytes) -> dict[str, str]:
    signed: list[tuple[str, str]] = []
    sound: list[bool | None] = []
    end = 0
    for signature in signatures:
        if _text(raw.FPDFSignatureObj_GetSubFilter, signature) == _STAMP:
            continue
        ranges = _ranges(signature)
        signer, moment, holds = _check(_bytes(raw.FPDFSignatureObj_GetContents, signature), ranges, content)
        signed.append((_time(_text(raw.FPDFSignatureObj_GetTime, signature)) or moment, signer))
        sound.append(holds and _is_whole(ranges))
        end = max(end, sum(ranges[-2:]))
    if len(content) > end + TAIL and all(sound):
        sound.append(_is_harmless(content, end))
    intact = "no" if False in sound else "" if None in sound or not sound else "yes"
    first: dict[str, str] = {}
    for moment, signer in sorted(signed):
        first.setdefault(signer, moment)
    found = {"signed_by": "; ".join(first), "signed_at": "; ".join(first.values()), "signature_intact": intact}
    return {key: value for key, value in found.items() if value}


def _is_whole(ranges: list[int]) -> bool:
    """Whether all but the signature itself is signed up to where it ends."""
    return len(ranges) == 4 and ranges[0] == 0 and ranges[1] < ranges[2]


def _check(message: bytes, ranges: list[int], content: bytes) -> tuple[str, str, bool | None]:
    """Signer, time of signing, and whether digest and signature hold (None where the signature is of a kind not known)."""
    from asn1crypto import cms  # type: ignore[import-untyped]
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    signed = b"".join(content[start : start + length] for start, length in zip(ranges[::2], ranges[1::2], strict=True))
    try:
        data = cms.ContentInfo.load(message)["content"]
        info = data["signer_infos"][0]
        serial = info["sid"].chosen["serial_number"].native
        certificates = [c.chosen for c in data["certificates"]]
        certificate = next((c for c in certificates if c.serial_number == serial), certificates[0])
        inner = data["encap_content_info"]["content"].native  # adbe.pkcs7.sha1 signs the digest of the file
        algorithm = info["digest_algorithm"]["algorithm"].native
        digest = hashlib.new(algorithm, signed if inner is None else inner).digest()
        right = inner is None or hashlib.sha1(signed, usedforsecurity=False).digest() == inner
        intact, valid = validate_sig_integrity(info, certificate, "data", digest)
        valid = valid or _is_valid_but_for_a_null(info, certificate)
    except (SignatureValidationError, ValueError, TypeError, KeyError, IndexError):
        return "", "", None
    return _name(certificate), _signing_time(info), bool(intact and valid and right)


def _is_valid_but_for_a_null(info: Any, certificate: Any) -> bool:
    """Whether an RSA signature holds, its digest named without the empty parameter libraries ask for (RFC 8017, 9.2, note 1 has both).

    Tokens of some Vietnamese offices sign so.
    """
    key = certificate.public_key
    if key.algorithm != "rsa" or not info["signed_attrs"]:
        return False
    numbers = key["public_key"].parsed.native
    name, size = info["digest_algorithm"]["algorithm"], (numbers["modulus"].bit_length() + 7) // 8
    digest = hashlib.new(name.native, info["signed_attrs"].untag().dump()).digest()
    oid = name.dump()
    stated = bytes((0x30, len(oid) + len(digest) + 4, 0x30, len(oid))) + oid + bytes((0x04, len(digest))) + digest
    signed = pow(int.from_bytes(info["signature"].native, "big"), numbers["public_exponent"], numbers["modulus"])
    return bool(signed.to_bytes(size, "big") == b"\0\1" + b"\xff" * (size - len(stated) - 3) + b"\0" + stated)


def _name(certificate: Any) -> str:
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return " ".join(str(name[0] if isinstance(name, list) else name).split())


def _signing_time(info: Any) -> str:
    times = [a["values"][0].native for a in info["signed_attrs"] if a["type"].native == "signing_time"]
    return times[0].isoformat() if times else ""


def _time(written: str) -> str:
    """A PDF's date (ISO 32000-1, 7.9.4) as ISO 8601."""
    found = _TIME.match(written)
    if not found:
        return ""
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = found.groups()
    zone = f"{sign}{zone_hour}:{zone_minute}" if sign else "+00:00" if written.endswith("Z") else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


def _is_harmless(content: bytes, end: int) -> bool | None:
    """Whether what was added behind the last signature changes nothing one reads: the file's own particulars, told here at
    once; time stamps, certificates, form fields, notes, which pyHanko tells in a second or so. None where it cannot."""
    if _adds_particulars_only(content[:end], content[end:]):
        return True
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt("")
        last = reader.embedded_regular_signatures[-1]
        last.compute_integrity_info()
        changes = last.summarise_integrity_info().get("diff_result")
    except Exception:  # the library raises anything on files that others forgive
        return None
    return isinstance(changes, DiffResult) and changes.modification_level <= ModificationLevel.ANNOTATIONS


def _adds_particulars_only(signed: bytes, tail: bytes) -> bool:
    """Whether the bytes behind are one new object, the file's own particulars, with a table that names no other."""
    objects = {found[1] for found in _OBJECT.finditer(tail)}
    table = tail[tail.rfind(b"\nxref") :] if b"\nxref" in tail else b""
    sections = {(found[1], found[2]) for found in _SECTION.finditer(table)}
    named = {(number.split()[0], b"1") for number in objects} | {(b"0", b"1")}
    roots = [_ROOT.findall(side)[-1:] for side in (signed, tail)]
    return (
        len(objects) == 1 and objects == {found[1] for found in _INFO.finditer(tail)} and bool(table) and sections <= named and roots[0] == roots[1]
    )


# ---- what PDFium hands out ---------------------------------------------------------------------------------------------


def _bytes(ask: Any, signature: Any) -> bytes:
    length = ask(signature, None, 0)
    room = ctypes.create_string_buffer(max(1, length))
    ask(signature, room, length)
    return room.raw[:length]


def _text(ask: Any, signature: Any) -> str:
    return _bytes(ask, signature).rstrip(b"\0").decode("latin-1")


def _ranges(signature: Any) -> list[int]:
    """Start and length of each stretch of bytes that is signed."""
    length = raw.FPDFSignatureObj_GetByteRange(signature, None, 0)
    room = (ctypes.c_int * max(2, length))()
    raw.FPDFSignatureObj_GetByteRange(signature, room, length)
    return list(room[:length])
