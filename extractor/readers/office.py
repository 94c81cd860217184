"""DOC, RTF and other office formats → DOCX or XLSX by LibreOffice, then read as those.

LibreOffice runs without window, network or macros, in a profile of its own (two runs on one profile lose an output
without a word), with a time limit after which it and its children are killed.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from extractor.errors import BrokenFile, EncryptedFile, LimitExceeded, MissingTool
from extractor.layout.pieces import Draft
from extractor.readers import formats
from extractor.readers.formats import ReadOptions, Source

MAX_SECONDS = 180.0  # for one conversion; a document of 500 pages takes about 20
MAX_BYTES = 400 * 1024 * 1024  # of what comes out
# media type → suffix LibreOffice is to see, what it is to make of it
_ROUTES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        formats.DOC: ("doc", "docx"),
        formats.RTF: ("rtf", "docx"),
        formats.ODT: ("odt", "docx"),
        formats.WORD_XML: ("xml", "docx"),
        formats.ODS: ("ods", "xlsx"),
        formats.EXCEL_XML: ("xml", "xlsx"),
        formats.XLSB: ("xlsb", "xlsx"),
    }
)
_FIB_MAGIC = (b"\xec\xa5", b"\xdc\xa5")  # Word 97–2003, Word 6 and 95
_FILTERS: Mapping[str, str] = MappingProxyType({formats.WORD_XML: "MS Word 2003 XML", formats.EXCEL_XML: "MS Excel 2003 XML"})
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
# no macro, no link followed, no address asked: documents are strangers
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
)


def read_office(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """What the DOCX or XLSX reader makes of the converted file.

    Raises: MissingTool without LibreOffice, LimitExceeded after `options.max_seconds`, BrokenFile, EncryptedFile.
    """
    media_type = formats.sniff(source) or formats.DOC
    if media_type == formats.DOC and is_encrypted_doc(source):
        refuse_encrypted(source, options)
    suffix, target = _ROUTES[media_type]
    made = convert(source, suffix, target, Conversion(min(options.max_seconds, MAX_SECONDS), _FILTERS.get(media_type)))
    converted = Source(source.path, made)
    if target == "xlsx":
        from extractor.readers.excel import read_xlsx

        return read_xlsx(converted, options)
    from extractor.readers.docx import read_docx

    return read_docx(converted, options)


def refuse_encrypted(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """Raises: EncryptedFile, always."""
    raise EncryptedFile("the document needs a password", file=source.path, remedy="save it without a password and try again")


def is_encrypted_doc(source: Source) -> bool:
    """Whether a Word 6–2003 file is encrypted: bit fEncrypted of its FIB ([MS-DOC] 2.5.2).

    Raises: BrokenFile where there is no FIB to be read: LibreOffice would take the bytes of such a file for its text.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as file:
            head = file.openstream("WordDocument").read(12)
    except Exception as error:  # olefile meets damage with whatever its own code raises
        raise BrokenFile(f"damaged or cut short: {error}", file=source.path, remedy="get the file again from its source") from error
    if len(head) < 12 or head[:2] not in _FIB_MAGIC:
        raise BrokenFile("its document stream is damaged", file=source.path, remedy="get the file again from its source")
    return bool(head[11] & 1)


def find_office() -> str | None:
    """The path of LibreOffice's command, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice") or next((place for place in _PLACES if os.path.exists(place)), None)


@dataclass(frozen=True, slots=True)
class Conversion:
    """How to convert: time limit, and the filter to open with where LibreOffice would guess."""

    seconds: float = MAX_SECONDS
    opened_by: str | None = None


def convert(source: Source, suffix: str, target: str, how: Conversion = Conversion()) -> bytes:
    """The bytes of `source` as LibreOffice saves them in the format `target` ("docx", "xlsx").

    Raises: MissingTool, LimitExceeded, BrokenFile.
    """
    office = find_office()
    if office is None:
        raise MissingTool("LibreOffice is needed to read this format", file=source.path, remedy="install libreoffice-writer and libreoffice-calc")
    with tempfile.TemporaryDirectory(prefix="vanban-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        given = folder / f"input.{suffix}"
        given.write_bytes(source.data)
        _write_profile(folder / "profile")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        opened_by = [f"--infilter={how.opened_by}"] if how.opened_by else []
        quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        command = [office, profile, *quiet, *opened_by, "--convert-to", target, "--outdir", str(folder / "out"), str(given)]
        words = _run(command, folder, how.seconds, source.path)
        made = folder / "out" / f"input.{target}"
        if not made.is_file() or not made.stat().st_size:
            reason = f"LibreOffice cannot open it: {' '.join(words.split())[:200]}"
            raise BrokenFile(reason, file=source.path, remedy="save it as DOCX in Word")
        if made.stat().st_size > MAX_BYTES:
            raise LimitExceeded(f"converts to {made.stat().st_size >> 20} MiB, at most {MAX_BYTES >> 20} are read", file=source.path)
        return made.read_bytes()


def _write_profile(folder: Path) -> None:
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>' for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _run(command: list[str], folder: Path, seconds: float, path: str) -> str:
    """Runs the command to its end; what it said comes back."""
    blind = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    environment = {**os.environ, **blind, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    # in the caller's process group: whoever ends the group of a worker ends the conversion with it
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, env=environment)
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded(f"LibreOffice took more than {seconds:.0f} s", file=path, remedy="open it in Word and save it as DOCX") from error
    finally:
        if process.returncode is None:
            _kill(process, str(folder))
    return said.decode("utf-8", "replace")


def _kill(process: subprocess.Popen[bytes], folder: str) -> None:
    """Ends the process and all it started: soffice is only a launcher, and what it left behind still names its own folder."""
    import psutil

    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
        family += [other for other in psutil.process_iter(["cmdline"]) if any(folder in word for word in other.info["cmdline"] or ())]
        for other in family:
            with contextlib.suppress(psutil.Error):
                other.kill()
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=5)
