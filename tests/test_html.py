"""Web pages: the document, not the site; nothing run, nothing fetched."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path

import pytest

from extractor.errors import BrokenFile, EmptyFile, LimitExceeded
from extractor.layout.pieces import Footnote, Grid, Paragraph
from extractor.readers import formats, html, load, read
from extractor.readers.formats import Source
from extractor.readers.html import decode, read_html, read_mhtml

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the rendered and real documents are not beside the project")


def page(body: str, head: str = "") -> Source:
    return Source("made.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def texts(source: Source) -> list[str]:
    return [piece.passage.text for piece in read_html(source).pieces if isinstance(piece, Paragraph)]


def grids(source: Source) -> list[Grid]:
    return [piece for piece in read_html(source).pieces if isinstance(piece, Grid)]


def cells(grid: Grid) -> dict[tuple[int, int], str]:
    return {(c.row, c.col): c.passage.text for c in grid.cells}


def test_blocks_breaks_and_entities():
    body = "<h1>KẾ&nbsp;HOẠCH</h1><p>Căn cứ\n  <b>Luật</b> số 1;<br>Theo đề nghị</p>rời<div>trong <span>khối</span></div>"
    assert texts(page(body)) == ["KẾ HOẠCH", "Căn cứ Luật số 1;", "Theo đề nghị", "rời", "trong khối"]


def test_looks_from_tags_classes_and_styles():
    head = "<style>p.P1, .C {font-weight: bold; text-align:center}</style>"
    body = '<h2>a</h2><p align="center"><strong>b</strong></p><p class="P1">c</p><p style="font-weight:700">d</p><p>e <b>f</b></p>'
    found = [(x.level, x.bold, x.centred) for x in read_html(page(body, head)).pieces]
    assert found == [(2, True, False), (None, True, True), (None, True, True), (None, True, False), (None, False, False)]


def test_lists_get_their_marks_unless_they_have_one():
    body = "<ol type='a' start='2'><li>x</li><li value='5'>y</li></ol><ul><li>z</li><li>- w</li></ul><ol><li><p>v</p><ul><li>u</li></ul></li></ol>"
    assert texts(page(body)) == ["b. x", "e. y", "- z", "- w", "1. v", "- u"]


def test_tables_with_spans_heads_and_feet():
    body = (
        "<table border=1><caption>Biểu 1</caption><thead><tr><th rowspan=2>TT<th colspan=2>Kết quả</tr><tr><th>Số<th>Tỷ lệ</tr></thead>"
        "<tfoot><tr><td>Cộng<td>5<td>6</tr></tfoot><tbody><tr><td>1<td>a<br>b<td><p>c</p><p>d</p></tr></tbody></table>"
    )
    source = page(body)
    (grid,) = grids(source)
    assert texts(source) == ["Biểu 1"]
    assert (grid.n_rows, grid.n_cols, grid.header_rows) == (4, 3, 2)
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells][:2] == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert [cells(grid)[2, k] for k in range(3)] == ["1", "a b", "c\nd"]
    assert cells(grid)[3, 0] == "Cộng"


def test_letterhead_tables_place_text_and_page_frames_are_looked_into():
    head = "<table border=0><tr><td>UBND TỈNH X<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</table>"
    frame = f"<table border=0 width=100%><tr><td>{head}<p>Thân bài</p><table border=1><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>"
    source = page(frame)
    assert texts(source) == ["UBND TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thân bài"]
    assert [(g.n_rows, g.n_cols) for g in grids(source)] == [(2, 2)]


def test_footnotes_of_word_and_libreoffice_pages():
    body = (
        '<p>Đạt 98%<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a> và <a href="#_ftn2">[2]</a>.</p>'
        '<div id="sdfootnote1"><p><a href="#sdfootnote1anc">1</a> Nguồn: Sở</p></div>'
        '<div id="ftn2"><p><a href="#_ftnref2">[2]</a> Xem phụ lục</p></div>'
    )
    pieces = read_html(page(body.replace("</p><div", "</p><p>Sau, 5 m²</p><div", 1))).pieces
    assert pieces[0].passage.text == "Đạt 98%¹ và ²."
    assert pieces[-1].passage.text == "Sau, 5 m²"
    assert [(x.marker, x.passage.text) for x in pieces if isinstance(x, Footnote)] == [("¹", "¹ Nguồn: Sở"), ("²", "² Xem phụ lục")]


def test_scripts_styles_comments_and_hidden_parts_are_not_text():
    body = (
        "<script>alert('x')</script><style>p{}</style><!-- y --><noscript>z</noscript><p style='display: none'>a</p><p hidden>b</p>"
        "<p aria-hidden=true>c</p><template>d</template><del>e</del><p>còn</p><svg><text>f</text></svg><select><option>g</select>"
    )
    assert texts(page(body)) == ["còn"]


NAV = "<nav><ul><li><a href=/>Trang chủ</a></li><li><a href=/a>Văn bản quy phạm pháp luật trung ương</a></li></ul></nav>"
FOOT = "<footer><p>Cơ sở dữ liệu quốc gia về pháp luật, đơn vị chủ quản: Bộ Tư pháp</p></footer>"
PROSE = "".join(f"<p>Điều {k}. Các cơ quan, đơn vị có trách nhiệm thi hành Quyết định này kể từ ngày ký.</p>" for k in range(6))


def test_the_site_around_is_left_out_and_said():
    source = page(f"<header><button>Tìm</button></header>{NAV}<div class=a><div class=b>{PROSE}</div><div>Lượt xem: 5</div></div>{FOOT}")
    draft = read_html(source)
    assert [x.passage.text[:6] for x in draft.pieces] == [f"Điều {k}" for k in range(6)]
    assert [n.rule for n in draft.notices] == ["site_around"]


def test_a_letterhead_beside_the_body_belongs_to_the_document():
    head = "<div><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></div>"
    found = texts(page(f"{NAV}<div>{head}<div>{PROSE}</div><div><p>Nơi nhận:</p></div></div>{FOOT}"))
    assert (found[0], found[-1]) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:")


def test_a_document_of_divisions_or_in_a_cell_of_the_site_is_found():
    divisions = PROSE.replace("<p>", "<div>").replace("</p>", "</div>")
    for body in (f"<div><div>{divisions}</div></div>", f"<table><tr><td><a href=/>Trang chủ</a></td><td>{PROSE}</td></tr></table>"):
        assert [x[:6] for x in texts(page(f"{NAV}{body}{FOOT}"))] == [f"Điều {k}" for k in range(6)]


def test_a_document_that_is_mostly_a_table_keeps_what_stands_around_it():
    rows = "".join(f"<tr><td>{k}</td><td>Rà soát, hoàn thiện quy định về thủ tục hành chính</td><td>Sở Nội vụ</td></tr>" for k in range(30))
    found = read_html(page(f"{NAV}<div><p>KẾ HOẠCH năm</p><table border=1>{rows}</table><p>Kết thúc.</p></div>{FOOT}")).pieces
    assert [type(x).__name__ for x in found] == ["Paragraph", "Grid", "Paragraph"]


def test_a_page_all_in_one_form_is_read():
    assert len(texts(page(f"<form id=aspnetForm><input type=hidden>{NAV}<div>{PROSE}</div></form>"))) == 6


def test_an_office_page_is_the_document_as_a_whole():
    head = '<meta name="Generator" content="Microsoft Word 15">'
    found = texts(page(f"<div class=WordSection1>{PROSE}</div><div class=WordSection2><p>Phụ lục</p></div><form></form>", head))
    assert found[-1] == "Phụ lục"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Nội vụ".encode(), "Nội vụ"),
        ("\ufeffNội vụ".encode(), "Nội vụ"),
        ("Nội vụ".encode("utf-16"), "Nội vụ"),
        ("<html><p>Nội vụ</p></html>".encode("utf-16-le"), "<html><p>Nội vụ</p></html>"),
        ('<meta charset="windows-1258">Hà'.encode("cp1258"), '<meta charset="windows-1258">Hà'),
        (b"<meta charset=nonsense>H\xe0", "<meta charset=nonsense>Hà"),
        (b"caf\xe9 \x93x\x94", "café “x”"),
    ],
)
def test_encodings(data, text):
    assert decode(data) == text


def test_legacy_fonts_on_a_page():
    body = "<p><font face='.VnTime'>Céng hßa x· héi chñ nghÜa ViÖt Nam</font></p><p style=\"font-family: '.VnTime'\">c¶i c¸ch</p>"
    assert texts(page(body)) == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "cải cách"]


def test_single_file_pages():
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\nContent-Type: text/html; charset=utf-8\n"
    message = f"{head}Content-Transfer-Encoding: 8bit\n\n<html><p>Kế hoạch</p></html>\n--X--\n".encode()
    source = Source("a.doc", message)
    assert formats.sniff(source) == formats.MHTML
    assert [x.passage.text for x in read_mhtml(source).pieces] == ["Kế hoạch"]
    with pytest.raises(BrokenFile):
        read_mhtml(Source("a.mht", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx"))


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    outside = '<!DOCTYPE html SYSTEM "http://example.invalid/x.dtd"><link rel=stylesheet href="http://example.invalid/a.css">'
    source = Source("a.html", f'{outside}<html><body><img src="http://example.invalid/b.png"><iframe src="http://example.invalid"></iframe><p>x'.encode())
    assert texts(source) == ["x"]


def test_depth_size_and_spans_are_bounded(monkeypatch):
    for depth in (180, 1_000, 20_000):
        assert "đáy" in " ".join(texts(Source("a.html", ("<div>" * depth + "đáy").encode())))
        assert "đáy" in " ".join(texts(Source("a.html", ("<table><tr><td>" * (depth // 10) + "đáy").encode())))
    assert grids(page("<table border=1><tr><td colspan=99999999 rowspan=99999999>a<td>b<tr><td>c<td>d</table>"))[0].n_cols < 10
    monkeypatch.setattr(html, "MAX_BYTES", 10)
    with pytest.raises(LimitExceeded):
        read_html(page("x"))


@pytest.mark.parametrize("data", [b"<", b"<html", b"<html>\x00\x00", b"<table><tr><td>" * 50, b"</p></p>", b"<!-- never ends", b"<a href='#_ftn1'>"])
def test_broken_markup_ends_in_text_or_empty(data):
    with contextlib.suppress(EmptyFile):
        assert read_html(Source("a.html", data)).pieces is not None


@shared
@pytest.mark.parametrize("name", ["003.html", "003_xhtml.html", "004.html"])
def test_drawn_tables_come_out_cell_by_cell(name):
    drawn = json.loads((SHARED / "rendered" / f"{name[:3]}.tables.json").read_text(encoding="utf-8"))
    found = grids(load(SHARED / "rendered" / "office" / name))
    assert [(g.n_rows, g.n_cols) for g in found] == [(len(t["rows"]), len(t["rows"][0])) for t in drawn]
    for grid, table in zip(found, drawn, strict=True):
        at = cells(grid)
        for r, row in enumerate(table["rows"]):
            assert [" ".join(at.get((r, c), "").split()) for c in range(len(row))] == [" ".join(text.split()) for text in row]


@shared
@pytest.mark.parametrize("path", sorted((SHARED / "real" / "html").glob("*.html")) if SHARED.exists() else [], ids=lambda p: p.stem)
def test_real_pages_begin_with_the_letterhead_and_lose_the_site(path):
    document = read(load(path))
    opening = document.text[:200]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in opening
    assert not any(word in document.text for word in ("Trang chủ", "Đơn vị chủ quản", "Mục lục", "Lượt xem"))
    assert "site_around" in {n.rule for n in document.notices}
