"""The characters of a PDF's pages as PDFium gives them, and nothing else."""

from __future__ import annotations

from extractor.errors import BrokenFile


def page_texts(data: bytes, name: str) -> list[str]:
    """The text of each page.

    Raises: BrokenFile, also for files that need a password.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return [_page(pdf, number) for number in range(len(pdf))]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(f"PDFium cannot open it: {error}", file=name, remedy="get it again from its source") from error


def _page(pdf, number: int) -> str:  # type: ignore[no-untyped-def]  # pypdfium2 publishes no types
    page = pdf[number]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()
    finally:
        page.close()
