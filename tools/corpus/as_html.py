# ruff: noqa: E501 - markup reads better unbroken
"""HTML: a plain page, or the page of a portal with all that stands around a document."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from corpus.flow import MARK, Box, Closing, Front, Grid, Line, Page, flow
from corpus.flow import grid as gridded
from corpus.markup import Run
from corpus.write import Source

DEFAULTS = {"site": False, "lists": False, "font": "Times New Roman"}  # lists: dashes as <ul><li>


def write(source: Source, options: dict) -> bytes:
    """The UTF-8 bytes of the page."""
    said = DEFAULTS | options
    body = "\n".join(_Page(said).body(source)) + f'\n<p class="mark"><i>{MARK}</i></p>'
    style = f"body{{font-family:'{said['font']}';font-size:13pt}} table.ruled{{border-collapse:collapse;width:100%}} table.ruled td,table.ruled th{{border:1px solid #000;padding:3px;vertical-align:top}} .front td,.end td{{text-align:center;vertical-align:top;width:50%}} .end td.to{{text-align:left;font-size:11pt}} .c{{text-align:center}} p{{margin:4pt 0}} .page{{page-break-before:always}} @page{{size:A4;margin:2cm}} @page wide{{size:A4 landscape;margin:1.5cm}} .wide{{page:wide}}"
    head = f'<meta charset="utf-8"><title>{source.id}</title><meta name="description" content="{MARK}"><style>{style}</style>'
    if said["site"]:
        body = _SITE.replace("DOCUMENT", body).replace("TITLE", escape(" ".join(source.title)))
    return f'<!DOCTYPE html>\n<html lang="vi"><head>{head}</head><body>\n{body}\n</body></html>\n'.encode()


class _Page:
    """Writes what stands on the pages; footnotes wait until the end of their part."""

    def __init__(self, said: dict):
        self.said, self.notes, self.listing, self.open = said, [], False, False

    def body(self, source: Source) -> Iterator[str]:
        for item in flow(source):
            if self.listing and not (isinstance(item, Line) and item.marker == "-"):
                self.listing = False
                yield "</ul>"
            if isinstance(item, Line):
                yield from self.line(item)
            elif isinstance(item, Front):
                yield self.front(item)
            elif isinstance(item, Closing):
                yield from self.footnotes()
                yield self.closing(item)
            elif isinstance(item, Page):
                yield from self.footnotes()
                yield ("</div>" if self.open else "") + f'<div class="page{" wide" if item.landscape else ""}">'
                self.open = True
            elif isinstance(item, Box):
                yield '<div style="border:1px solid #000">' + "".join(one for line in item.lines for one in self.line(line)) + "</div>"
            else:
                yield from self.table(item)
        yield from self.footnotes()
        yield "</div>" if self.open else ""

    def line(self, line: Line) -> Iterator[str]:
        self.notes += line.marked.notes.items()
        if self.said["lists"] and line.marker == "-" and line.kind == "item":
            if not self.listing:
                self.listing = True
                yield '<ul style="list-style-type:\'- \'">'
            yield f"<li>{self.inline(line.marked.runs)}</li>"
            return
        tag = {"heading": "h3" if line.level <= 1 else "h4"}.get(line.kind, "p") if self.said["site"] else "p"
        yield f"<{tag}{' class=c' if line.align == 'centre' else ''}>{self.inline(line.runs)}</{tag}>"

    def inline(self, runs: list[Run]) -> str:
        text = ""
        for run in runs:
            if "deleted" in run.style:
                continue
            piece = escape(run.text, quote=False).replace("\n", "<br>")
            for style, tag in (("bold", "b"), ("italic", "i")):
                piece = f"<{tag}>{piece}</{tag}>" if style in run.style and piece else piece
            text += piece + (f'<sup><a href="#ghi-chu-{run.note}">{run.note}</a></sup>' if run.note else "")
        return text

    def footnotes(self) -> Iterator[str]:
        for mark, note in self.notes:
            yield f'<p class="note" id="ghi-chu-{mark}"><sup>{mark}</sup> {self.inline(note.runs)}</p>'
        self.notes = []

    def front(self, front: Front) -> str:
        left = "<br>".join([*(escape(text) for text in front.left), "-------", escape(front.number), *([escape(front.subject)] if front.subject else [])])
        right = "<br>".join([*(f"<b>{escape(text)}</b>" for text in front.right), "---------------", f"<i>{escape(front.dateline)}</i>"])
        return f'<table class="front"><tr><td>{left}</td><td>{right}</td></tr></table>'

    def closing(self, closing: Closing) -> str:
        notes = "<br>".join(["<b><i>Nơi nhận:</i></b>", *(f"- {escape(text)}" for text in closing.recipients)]) if closing.recipients else ""
        signature = "<br>".join(f"<b>{escape(text)}</b>" for text in [*closing.signing, "", "", *([closing.signer] if closing.signer else [])])
        return f'<table class="end"><tr><td class="to">{notes}</td><td>{signature}</td></tr></table>'

    def table(self, grid: Grid) -> Iterator[str]:
        if grid.table.note:
            yield f"<p><i>{escape(grid.table.note)}</i></p>"
        yield self.ruled(grid)
        self.notes += [note for cell in grid.cells.values() for note in cell[2].notes.items()]

    def ruled(self, grid: Grid) -> str:
        rows = ""
        for row in range(grid.rows):
            cells = ""
            for (at, column), (deep, wide, marked) in sorted(grid.cells.items(), key=lambda one: one[0]):
                if at != row:
                    continue
                tag = "th" if row < grid.head else "td"
                nested = grid.table.nested.get((row - grid.head, column))
                inner = self.inline(marked.runs) + (self.ruled(gridded(nested)) if nested else "")
                span = (f' rowspan="{deep}"' if deep > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
                cells += f"<{tag}{span}>{inner}</{tag}>"
            rows += f"<tr>{cells}</tr>\n"
            rows += "</thead><tbody>\n" if row == grid.head - 1 else ""
        return f'<table class="ruled"><thead>\n{rows}</tbody></table>'


_SITE = """<script>window.dataLayer=window.dataLayer||[];function theoDoi(){dataLayer.push(arguments)}</script>
<div id="top"><a href="/">Trang chủ</a> | <a href="/gioi-thieu">Giới thiệu</a> | <a href="/tin-tuc">Tin tức - Sự kiện</a> | <a href="/van-ban">Văn bản chỉ đạo điều hành</a> | <a href="/dich-vu-cong">Dịch vụ công</a> | <a href="/lien-he">Liên hệ</a></div>
<form action="/tim-kiem"><input name="q" placeholder="Tìm kiếm văn bản"><button>Tìm kiếm</button></form>
<ul class="breadcrumb"><li>Trang chủ</li><li>Văn bản chỉ đạo điều hành</li><li>TITLE</li></ul>
<aside><h2>Tin mới nhất</h2><ul><li><a href="/tin/1">Lịch tiếp công dân tháng này</a></li><li><a href="/tin/2">Thông báo tuyển dụng viên chức sự nghiệp</a></li><li><a href="/tin/3">Kết quả bình chọn sản phẩm OCOP</a></li></ul></aside>
<main id="noi-dung"><div class="toolbar">Cỡ chữ: A- A A+ | In trang | Chia sẻ</div>
<article>
DOCUMENT
</article></main>
<section class="related"><h2>Văn bản liên quan</h2><ul><li><a href="/van-ban/11">Thông báo nghỉ lễ</a></li><li><a href="/van-ban/12">Lịch công tác tuần của lãnh đạo</a></li></ul></section>
<footer>Cơ quan chủ quản: Cổng thông tin điện tử mẫu. Ghi rõ nguồn khi trích dẫn lại. Số lượt truy cập: 1.204.551</footer>
<script>theoDoi('trang','xem')</script>"""
