"""Word documents made part by part: what the file says is what comes out, in body order."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from extractor.errors import BrokenFile, CrashedFile, EncryptedFile, LimitExceeded, ReadError
from extractor.layout.pieces import Footnote, Furniture, Grid, Paragraph
from extractor.readers import formats, load, package, read
from extractor.readers.docx import read_docx
from extractor.readers.formats import Source

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the rendered and real documents are not beside the project")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def docx(body: str, **parts: str | bytes) -> Source:
    """A package around `body`; a part "styles", "numbering", "footnotes", "header1" … is related under its name without digits."""
    kept = {f"word/{name}.xml": text for name, text in parts.items() if isinstance(text, str)}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}{".xml" if isinstance(text, str) else ".bin"}"/>'
        for name, text in parts.items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{name: text.replace("NAMES", NAMES) for name, text in kept.items()},
        **{f"word/{name}.bin": data for name, data in parts.items() if isinstance(data, bytes)},
    }
    return Source("made.docx", zipped(files))


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(text: str = "", properties: str = "", run: str = "") -> str:
    inner = f"<w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or p()}</w:tc>"


def tbl(*rows: str, borders: bool = True, grid: tuple[int, ...] = ()) -> str:
    lines = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "insideH", "insideV")) if borders else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, header: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{''.join(cells)}</w:tr>"


def num(ident: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'


def texts(source: Source) -> list[str]:
    return [piece.passage.text for piece in read_docx(source).pieces if isinstance(piece, Paragraph)]


def grids(source: Source) -> list[Grid]:
    return [piece for piece in read_docx(source).pieces if isinstance(piece, Grid)]


def cells(grid: Grid) -> dict[tuple[int, int], str]:
    return {(c.row, c.col): c.passage.text for c in grid.cells}


# ---- text ------------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_body_order():
    body = p("Một") + tbl(tr(tc(p("STT")), tc(p("Nhiệm vụ"))), tr(tc(p("1")), tc(p("Soạn")))) + p("Hai")
    kinds = [type(piece).__name__ for piece in read_docx(docx(body)).pieces]
    assert kinds == ["Paragraph", "Grid", "Paragraph"]


def test_tracked_insertions_stay_and_deletions_go():
    body = (
        "<w:p><w:r><w:t>Sở </w:t></w:r><w:ins><w:r><w:t>Nội vụ</w:t></w:r></w:ins><w:del><w:r><w:delText>Tư pháp</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>bỏ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> thêm</w:t></w:r></w:moveTo></w:p>"
    )
    draft = read_docx(docx(body))
    assert draft.pieces[0].passage.text == "Sở Nội vụ thêm"
    assert {n.rule for n in draft.notices} == {"tracked_changes"}


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    body = p("Trước ngày ", "<w:rPr><w:del/></w:rPr>") + p("15/3/2020")
    assert texts(docx(body)) == ["Trước ngày 15/3/2020"]


def test_deleted_rows_go():
    body = tbl(tr(tc(p("A")), tc(p("B"))), "<w:tr><w:trPr><w:del/></w:trPr>" + tc(p("x")) + tc(p("y")) + "</w:tr>", tr(tc(p("C")), tc(p("D"))))
    assert [g.n_rows for g in grids(docx(body))] == [2]


def test_field_codes_go_and_results_stay():
    body = (
        '<w:p><w:r><w:t>Xem </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _x \\h</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Phụ lục I</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:hyperlink r:id="x"><w:r><w:t> tại đây</w:t></w:r></w:hyperlink></w:p>'
    )
    assert texts(docx(body)) == ["Xem Phụ lục I tại đây"]


def test_a_field_that_never_ends_does_not_silence_the_rest():
    body = '<w:p><w:r><w:t>Một</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + p("Hai")
    assert texts(docx(body)) == ["Một", "Hai"]


def test_a_table_of_contents_is_set_apart():
    styles = '<w:styles NAMES><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    draft = read_docx(docx(p("I. MỤC ĐÍCH 1", '<w:pStyle w:val="TOC1"/>') + p("I. MỤC ĐÍCH"), styles=styles))
    assert [getattr(piece, "kind", None) for piece in draft.pieces] == ["contents", None]


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ("<w:t>a\u00adb</w:t>", "ab"),
        ("<w:t>QĐ</w:t><w:noBreakHyphen/><w:t>UBND</w:t>", "QĐ-UBND"),
        ("<w:t>trước\u00a0ngày\u200b</w:t>", "trước ngày"),
        ("<w:t>Nhiê\u0323m vu\u0323</w:t>", "Nhiệm vụ"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a b"),
        ("<w:t>giai đoạn</w:t><w:br/><w:t>năm 2025</w:t>", "giai đoạn năm 2025"),
    ],
)
def test_signs_and_spaces(run, shown):
    assert texts(docx(f"<w:p><w:r>{run}</w:r></w:p>")) == [shown]


def test_a_line_break_before_a_new_line_of_its_own_parts_the_paragraph():
    assert texts(docx("<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Cải cách hành chính</w:t></w:r></w:p>")) == ["KẾ HOẠCH", "Cải cách hành chính"]


def test_raised_digits_do_not_melt_into_the_number_before():
    body = "<w:p><w:r><w:t>17/6/2022</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>"
    assert texts(docx(body)) == ["17/6/2022²"]


def test_hidden_text_is_left_out_and_said():
    draft = read_docx(docx("<w:p><w:r><w:t>Thấy</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r></w:p>"))
    assert [x.passage.text for x in draft.pieces] == ["Thấy"]
    assert [n.rule for n in draft.notices] == ["hidden_text"]


def test_alternate_content_is_read_once_and_text_boxes_stand_apart():
    box = "<w:txbxContent>" + p("DỰ THẢO") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + box + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>" + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Thân bài</w:t></w:r></w:p>"
    )
    pieces = read_docx(docx(body)).pieces
    assert [(type(x).__name__, x.passage.text) for x in pieces] == [("Paragraph", "Thân bài"), ("Furniture", "DỰ THẢO")]


def test_content_controls_smart_tags_and_formulas_are_looked_into():
    body = (
        "<w:sdt><w:sdtContent><w:p><w:smartTag><w:r><w:t>A</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>B</w:t></w:r></w:sdtContent>"
        "</w:sdt><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p></w:sdtContent></w:sdt>"
    )
    assert texts(docx(body)) == ["ABx+1"]


# ---- looks -----------------------------------------------------------------------------------------------------


def test_styles_give_level_bold_and_centre_through_what_they_are_based_on():
    styles = (
        "<w:styles NAMES><w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 2'/>"
        "<w:pPr><w:outlineLvl w:val='1'/><w:jc w:val='center'/></w:pPr>"
        "<w:rPr><w:b/></w:rPr></w:style><w:style w:type='paragraph' w:styleId='K'><w:basedOn w:val='H'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='X'><w:basedOn w:val='Y'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Y'><w:basedOn w:val='X'/></w:style></w:styles>"
    )
    pieces = read_docx(docx(p("Mục", '<w:pStyle w:val="K"/>') + p("thường", '<w:pStyle w:val="X"/>'), styles=styles)).pieces
    assert (pieces[0].level, pieces[0].bold, pieces[0].centred) == (2, True, True)
    assert (pieces[1].level, pieces[1].bold, pieces[1].centred) == (None, False, False)


def test_a_run_can_switch_bold_off_and_indents_are_points():
    pieces = read_docx(docx(p("x", '<w:ind w:left="720" w:hanging="360"/>', '<w:b w:val="0"/>'))).pieces
    assert (pieces[0].bold, pieces[0].indent) == (False, 18.0)


def test_legacy_fonts_are_converted_and_unicode_in_them_is_not():
    table = "<w:fonts NAMES><w:font w:name='.VnTime'/></w:fonts>"
    old = '<w:rFonts w:ascii=".VnTime"/>'
    legacy = docx(p("Céng hßa x· héi chñ nghÜa ViÖt Nam", "", old) + p("c¶i c¸ch hµnh chÝnh", "", old), fontTable=table)
    assert texts(legacy) == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "cải cách hành chính"]
    stray = docx(p("Hà Nội, cải cách", "", old) + p("là chính", "", old), fontTable=table)
    assert texts(stray) == ["Hà Nội, cải cách", "là chính"]


def test_a_soft_hyphen_in_a_tcvn3_font_is_a_letter():
    run = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>ëng ®¬n vÞ, n</w:t><w:softHyphen/><w:t>íc</w:t></w:r>'
    assert texts(docx(f"<w:p>{run}</w:p>", fontTable="<w:fonts NAMES><w:font w:name='.VnTime'/></w:fonts>")) == ["trưởng đơn vị, nước"]


def test_a_vni_letter_parted_between_runs_is_one_letter():
    parts = ("UÛy ban nha", "ân daân tænh ", "Bình Phö", "ôùc")
    runs = "".join(f'<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>{part}</w:t></w:r>' for part in parts)
    assert texts(docx(f"<w:p>{runs}</w:p>", fontTable="<w:fonts NAMES><w:font w:name='VNI-Times'/></w:fonts>")) == ["Ủy ban nhân dân tỉnh Bình Phước"]


def test_legacy_text_without_a_telling_font_is_known_by_its_language():
    draft = read_docx(docx(p("Céng hßa x· héi chñ nghÜa ViÖt Nam") + p("c¶i c¸ch hµnh chÝnh nhµ n­íc")))
    assert [x.passage.text for x in draft.pieces] == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "cải cách hành chính nhà nước"]
    assert [n.rule for n in draft.notices] == ["legacy_encoding"]


# ---- numbering -------------------------------------------------------------------------------------------------


def lvl(depth: int, shape: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


LISTS = (
    "<w:numbering NAMES><w:abstractNum w:abstractNumId='0'>"
    + lvl(0, "upperRoman", "%1.")
    + lvl(1, "decimal", "%2.")
    + lvl(2, "decimal", "%2.%3.")
    + lvl(3, "lowerLetter", "%4)")
    + lvl(4, "bullet", "-")
    + lvl(5, "bullet", "\uf0b7", "<w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr>")
    + lvl(6, "decimal", "%1.%2", "<w:isLgl/>")
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
)


def test_list_numbers_are_written_out():
    levels = [0, 1, 2, 2, 3, 3, 4, 5, 1, 2, 0, 1, 6]
    body = "".join(p(f"mục{k}", num(1, level)) for k, level in enumerate(levels))
    marks = [text.split(" mục")[0] for text in texts(docx(body, numbering=LISTS))]
    assert marks == ["I.", "1.", "1.1.", "1.2.", "a)", "b)", "-", "•", "2.", "2.1.", "II.", "1.", "2.1"]


def test_a_list_that_starts_anew_and_one_switched_off():
    body = p("một", num(1)) + p("năm", num(2, 1)) + p("sáu", num(2, 1)) + p("không", num(0))
    assert texts(docx(body, numbering=LISTS)) == ["I. một", "5. năm", "6. sáu", "không"]


def test_numbers_from_a_style_and_in_empty_cells():
    styles = f"<w:styles NAMES><w:style w:type='paragraph' w:styleId='S'><w:name w:val='S'/><w:pPr>{num(1, 1)}</w:pPr></w:style></w:styles>"
    row = tr(tc(p("", '<w:pStyle w:val="S"/>')), tc(p("Nội dung")))
    body = p("việc", '<w:pStyle w:val="S"/>') + tbl(tr(tc(p("TT")), tc(p("Nhiệm vụ"))), row, row)
    source = docx(body, numbering=LISTS, styles=styles)
    assert texts(source) == ["1. việc"]
    assert [cells(grids(source)[0])[r, 0] for r in (1, 2)] == ["2.", "3."]


# ---- notes, headers, footers -----------------------------------------------------------------------------------


def test_footnotes_follow_their_paragraph_and_endnotes_the_text():
    rule = "<w:footnote w:type='separator' w:id='0'>" + p("x") + "</w:footnote>"
    notes = "<w:footnotes NAMES>" + rule + "<w:footnote w:id='7'>" + p("Phụ lục kèm theo.") + "</w:footnote></w:footnotes>"
    ends = "<w:endnotes NAMES><w:endnote w:id='3'>" + p("Cuối.") + "</w:endnote></w:endnotes>"
    marks = "<w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:endnoteReference w:id='3'/></w:r>"
    body = f"<w:p><w:r><w:t>38/38 nhiệm vụ</w:t></w:r>{marks}<w:r><w:t>.</w:t></w:r></w:p>" + p("Sau")
    pieces = read_docx(docx(body, footnotes=notes, endnotes=ends)).pieces
    assert [(type(x).__name__, x.passage.text) for x in pieces] == [
        ("Paragraph", "38/38 nhiệm vụ¹(i)."),
        ("Footnote", "¹ Phụ lục kèm theo."),
        ("Paragraph", "Sau"),
        ("Footnote", "(i) Cuối."),
    ]
    assert pieces[1].marker == "¹"


def test_notes_typed_by_hand_are_footnotes():
    up = "<w:vertAlign w:val='superscript'/>"
    body = p("Đạt 98%") + f"<w:p><w:r><w:rPr>{up}</w:rPr><w:t>12</w:t></w:r><w:r><w:t> Nguồn: Sở Nội vụ</w:t></w:r></w:p>"
    notes = [x for x in read_docx(docx(body)).pieces if isinstance(x, Footnote)]
    assert [(n.marker, n.passage.text) for n in notes] == [("¹²", "¹² Nguồn: Sở Nội vụ")]


def test_headers_and_footers_are_furniture_once():
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    body = p("Thân", section) + section
    header = "<w:hdr NAMES>" + p("UBND TỈNH") + "</w:hdr>"
    footer = "<w:ftr NAMES><w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p></w:ftr>"
    found = [(x.kind, x.passage.text) for x in read_docx(docx(body, header1=header, footer1=footer)).pieces if isinstance(x, Furniture)]
    assert found == [("header", "UBND TỈNH"), ("page_number", "3")]


def test_a_letterhead_in_the_first_page_header_opens_the_text():
    header = "<w:hdr NAMES>" + p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + "</w:hdr>"
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    assert texts(docx(p("Thân") + section, header1=header)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thân"]


# ---- tables ----------------------------------------------------------------------------------------------------


def test_merged_cells_both_ways_and_header_rows():
    body = tbl(
        tr(tc(p("TT"), properties='<w:vMerge w:val="restart"/>'), tc(p("Kết quả"), properties='<w:gridSpan w:val="2"/>'), header=True),
        tr(tc(properties="<w:vMerge/>"), tc(p("Số")), tc(p("Tỷ lệ")), header=True),
        tr(tc(p("1")), tc(p("38")), tc(p("100%"))),
        grid=(1000, 2000, 2000),
    )
    (grid,) = grids(docx(body))
    assert (grid.n_rows, grid.n_cols, grid.header_rows, grid.edges) == (3, 3, 2, (0.0, 50.0, 150.0, 250.0))
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells][:2] == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert (1, 0) not in cells(grid)


def test_columns_that_borders_out_of_line_make_are_no_columns():
    wide, narrow = '<w:gridSpan w:val="2"/>', ""
    body = tbl(
        tr(tc(p("STT"), properties=narrow), tc(p("Nhiệm vụ"), properties=wide)),
        tr(tc(p("1"), properties=wide), tc(p("Soạn"), properties=narrow)),
        tr(tc(p("2"), properties=wide), tc(p("Trình"), properties=narrow)),
        grid=(1000, 20, 4000),
    )
    (grid,) = grids(docx(body))
    assert (grid.n_cols, cells(grid)[1, 1], cells(grid)[0, 1]) == (2, "Soạn", "Nhiệm vụ")


def test_an_inner_table_of_its_own_comes_behind_and_a_small_one_stays_in_the_cell():
    inner = tbl(tr(tc(p("a")), tc(p("b"))), tr(tc(p("c")), tc(p("d"))))
    small = tbl(tr(tc(p("e")), tc(p("f"))))
    body = tbl(tr(tc(p("x")), tc(p("y"))), tr(tc(p("z"), inner), tc(p("w"), small)))
    outer, behind = grids(docx(body))
    assert cells(outer)[1, 0] == "z"
    assert "".join(cells(outer)[1, 1].split()) == "wef"
    assert list(cells(behind).values()) == ["a", "b", "c", "d"]


def test_letterhead_and_signature_tables_only_place_text():
    first = tr(tc(p("UBND TỈNH X")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
    head = tbl(first, tr(tc(p("Số: 1/KH-UBND")), tc(p("X, ngày 1 tháng 2 năm 2024"))))
    sign = tbl(tr(tc(p("Nơi nhận:"), p("- Lưu: VT.")), tc(p("TM. ỦY BAN NHÂN DÂN"))))
    framed = tbl(tr(tc(p("DỰ THẢO"))))
    source = docx(head + sign + framed)
    assert grids(source) == []
    assert texts(source)[:4] == ["UBND TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND", "X, ngày 1 tháng 2 năm 2024"]


def test_a_letterhead_with_a_row_per_line_is_read_column_by_column():
    rows = [("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TỈNH X", "Độc lập - Tự do - Hạnh phúc"), ("Số: 1", "X, ngày 1")]
    body = tbl(*(tr(tc(p(a)), tc(p(b))) for a, b in rows), borders=False)
    assert texts(docx(body)) == [left for left, _ in rows] + [right for _, right in rows]


def test_a_letterhead_set_with_tabs_is_read_column_by_column():
    def line(left, right):
        return f"<w:p><w:r><w:t>{left}</w:t><w:tab/><w:t>{right}</w:t></w:r></w:p>"

    body = line("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + line("TỈNH X", "Độc lập - Tự do") + p("KẾ HOẠCH") + line("Tổng", "5")
    assert texts(docx(body)) == ["ỦY BAN NHÂN DÂN", "TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "KẾ HOẠCH", "Tổng 5"]


@pytest.mark.parametrize("borders", [True, False])
def test_a_list_is_a_table_with_or_without_rulings(borders):
    rows = [tr(tc(p(str(k))), tc(p("Soạn kế hoạch")), tc(p("Sở Nội vụ"))) for k in range(4)]
    assert [(g.n_rows, g.n_cols) for g in grids(docx(tbl(*rows, borders=borders)))] == [(4, 3)]


# ---- bad input -------------------------------------------------------------------------------------------------


def test_no_zip_and_cut_short():
    whole = docx(p("x" * 5000)).data
    for data in (whole[: len(whole) // 2], whole[:40]):
        source = Source("cut.docx", data)
        with pytest.raises(BrokenFile) as caught:
            read(source)
        assert "cut.docx" in str(caught.value)


def outcome(source: Source) -> object:
    """The document, or the error that reading it ends in."""
    try:
        return read(source)
    except ReadError as error:
        return error


def test_every_cut_and_flip_ends_in_one_of_our_errors_or_a_document():
    whole = docx(p("Một") + tbl(tr(tc(p("a")), tc(p("b"))), tr(tc(p("c")), tc(p("d")))), numbering=LISTS).data
    hurt = [data for at in range(0, len(whole), 37) for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])]
    assert {type(outcome(Source("x.docx", data))) for data in hurt} & {CrashedFile} == set()


def test_no_document_part():
    files = {"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}
    with pytest.raises(BrokenFile, match=r"word/document\.xml"):
        read_docx(Source("x.docx", zipped(files)))


def test_entities_are_not_expanded_nor_dtds_taken():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = f"{bomb}<w:document {NAMES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    data = zipped({"[Content_Types].xml": "", "word/document.xml": document})
    with pytest.raises(BrokenFile):
        read_docx(Source("bomb.docx", data))


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(package, "MAX_PART", 1 << 20)
    data = zipped({"[Content_Types].xml": "", "word/document.xml": b"<a>" + b" " * (2 << 20) + b"</a>"})
    with pytest.raises(LimitExceeded, match="MiB"):
        read_docx(Source("bomb.docx", data))


def test_a_tree_too_large_for_memory_is_refused(monkeypatch):
    monkeypatch.setattr(package, "MAX_XML", 1000)
    with pytest.raises(LimitExceeded, match=r"word/document\.xml"):
        read_docx(docx(p("x" * 2000)))


def test_a_part_packed_beyond_reason_is_refused():
    data = zipped({"[Content_Types].xml": "", "word/document.xml": b" " * (20 << 20)})
    with pytest.raises(LimitExceeded, match="bomb"):
        read_docx(Source("bomb.docx", data))


def test_deep_nesting_ends_in_an_error_or_in_text():
    deep = "".join("<w:tbl><w:tr><w:tc>" for _ in range(3000)) + p("x") + "".join("</w:tc></w:tr></w:tbl>" for _ in range(3000))
    with pytest.raises(BrokenFile):
        read(docx(deep))
    inner = p("trong")
    for _ in range(40):
        inner = tbl(tr(tc(inner)))
    assert texts(docx(inner)) == ["trong"]


def test_a_locked_part_asks_for_the_password():
    data = bytearray(docx(p("x")).data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    with pytest.raises(EncryptedFile, match="password"):
        read_docx(Source("locked.docx", bytes(data)))


def test_huge_spans_are_bounded():
    body = tbl(tr(tc(p("a"), properties='<w:gridSpan w:val="999999999"/>'), tc(p("b"))), tr(tc(p("c")), tc(p("d"))))
    assert grids(docx(body))[0].n_cols < 5


def test_embedded_web_page_is_read_and_other_parts_are_named():
    chunk = '<w:altChunk r:id="aFChunk1"/>'
    page = "<html><body><p>Từ trang nhúng</p></body></html>".encode()
    assert texts(docx(chunk, aFChunk1=page)) == ["Từ trang nhúng"]
    draft = read_docx(docx(p("x") + chunk, aFChunk1=b"\x00\x01\x02"))
    assert [n.rule for n in draft.notices] == ["foreign_part"]


def test_a_document_of_pictures_says_so():
    picture = "<w:p><w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/></w:drawing></w:r></w:p>"
    assert [(n.rule, n.severity) for n in read_docx(docx(picture + p("x"))).notices] == [("text_in_pictures", "error")]


def test_strict_packages_are_read_alike():
    source = docx(p("Một"))
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        files = {name: archive.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name in archive.namelist()}
    assert texts(Source("strict.docx", zipped(files))) == ["Một"]


# ---- the real ones ---------------------------------------------------------------------------------------------


@shared
@pytest.mark.parametrize("name", ["001", "003", "004", "004nr"])
def test_drawn_tables_come_out_cell_by_cell(name):
    drawn = json.loads((SHARED / "rendered" / f"{name}.tables.json").read_text(encoding="utf-8"))
    found = grids(load(SHARED / "rendered" / f"{name}.docx"))
    assert [(g.n_rows, g.n_cols) for g in found] == [(len(t["rows"]), len(t["rows"][0])) for t in drawn]
    for grid, table in zip(found, drawn, strict=True):
        at = cells(grid)
        for r, row in enumerate(table["rows"]):
            assert [" ".join(at.get((r, c), "").split()) for c in range(len(row))] == [" ".join(text.split()) for text in row]


@shared
def test_the_real_word_file_is_read_whole():
    (path,) = (SHARED / "real" / "docx").glob("*.docx")
    document = read(load(path))
    assert document.media_type == formats.DOCX
    assert not any(n.severity == "error" for n in document.notices)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.text
