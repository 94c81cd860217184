"""Workbooks: what a sheet shows, as tables and lines."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side

from extractor.errors import BrokenFile, ReadError
from extractor.layout.pieces import Furniture, Grid, Paragraph
from extractor.readers import excel, formats, load, read
from extractor.readers.excel import read_xls, read_xlsx
from extractor.readers.excel_format import general, show_number
from extractor.readers.formats import Source
from extractor.readers.office import convert, find_office

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the rendered and real documents are not beside the project")
RULED = Border(*(Side("thin"),) * 4)


def saved(book: openpyxl.Workbook) -> Source:
    out = io.BytesIO()
    book.save(out)
    return Source("made.xlsx", out.getvalue())


def filled(rows, top=1, left=1, ruled=False, sheet=None) -> openpyxl.Workbook:
    book = openpyxl.Workbook() if sheet is None else sheet.parent
    sheet = book.active if sheet is None else sheet
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, left):
            cell = sheet.cell(r, c, value)
            if ruled:
                cell.border = RULED
    return book


def cells(grid: Grid) -> list[list[str]]:
    at = {(c.row, c.col): c.passage.text for c in grid.cells}
    return [[at.get((r, c), "") for c in range(grid.n_cols)] for r in range(grid.n_rows)]


def grids(source: Source) -> list[Grid]:
    return [piece for piece in read_xlsx(source).pieces if isinstance(piece, Grid)]


def words(source: Source) -> list[str]:
    return [piece.passage.text for piece in read_xlsx(source).pieces if isinstance(piece, Paragraph)]


LIST = [["STT", "Chỉ tiêu", "Số liệu"], ["1", "Kế hoạch", 38], ["2", "Tỷ lệ", 62.28]]


# ---- numbers as shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (4559051, "#,##0", "4.559.051"),
        (0.6228, "0.00%", "62,28%"),
        (0.98123, "0%", "98%"),
        (2.1, "0.00", "2,10"),
        (5, "00", "05"),
        (5, "0000", "0005"),
        (1762.5, "#,##0.0", "1.762,5"),
        (0.5, "#.##", ",5"),
        (1234567, '#,##0,"nghìn"', "1.235nghìn"),
        (-3, "#,##0;(#,##0)", "(3)"),
        (-0.001, "0.00", "0,00"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (12, '0" ngày"', "12 ngày"),
        (12, r"0\ \%", "12 %"),
        (1.005, "0.00", "1,01"),
        (62.28, "General", "62,28"),
        (0.1 + 0.2, "General", "0,3"),
        (123456789012, "General", "123456789012"),
        (45764, "dd/mm/yyyy", "17/04/2025"),
        (45764, "yyyy-mm-dd", "2025-04-17"),
        (45764, "m/yyyy", "4/2025"),
        (45764, '"ngày" d "tháng" m "năm" yyyy', "ngày 17 tháng 4 năm 2025"),
        (45764.5, "dd/mm/yyyy hh:mm", "17/04/2025 12:00"),
        (1.5, "[h]:mm", "36:00"),
        (45764, "[$-42A]dd/mm/yyyy;@", "17/04/2025"),
        (61, "dd/mm/yyyy", "01/03/1900"),
        (59, "dd/mm/yyyy", "28/02/1900"),
        (7, ";;;", ""),
        (7, '"Không"', "Không"),
        (7, "@", "7"),
        (-5, "dd/mm/yyyy", "-5"),
    ],
)
def test_numbers_as_shown(value, code, shown):
    assert show_number(value, code) == shown


def test_the_1904_calendar():
    assert show_number(44302, "dd/mm/yyyy", since_1904=True) == "17/04/2025"


def test_dates_agree_with_openpyxl():
    for day in (datetime.date(1905, 1, 1), datetime.date(1999, 12, 31), datetime.date(2024, 2, 29), datetime.date(2026, 11, 21)):
        serial = openpyxl.utils.datetime.to_excel(day)
        assert show_number(serial, "yyyy-mm-dd") == day.isoformat()


@pytest.mark.parametrize("code", ["", ";", "[", '"', "\\", "0.0.0", "#,#,#", "E+", "[h", "yyyy" * 60, "0" * 300, "?/?", "%%%", "*", "_"])
@pytest.mark.parametrize("value", [0.0, -1.5, 1e300, 1e-300, 45764.25])
def test_odd_formats_never_raise(code, value):
    assert isinstance(show_number(value, code), str)


def test_general():
    assert [general(x) for x in (5.0, -2.5, 1e20)] == ["5", "-2,5", "1E+20"]


# ---- tables and lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ruled", [True, False])
def test_a_title_a_table_and_a_note(ruled):
    book = filled([["BIỂU TỔNG HỢP"]])
    filled(LIST, top=3, ruled=ruled, sheet=book.active)
    filled([["Ghi chú: số liệu đến 15/12"]], top=7, sheet=book.active)
    source = saved(book)
    assert [type(x).__name__ for x in read_xlsx(source).pieces] == ["Paragraph", "Grid", "Paragraph"]
    assert cells(grids(source)[0]) == [["STT", "Chỉ tiêu", "Số liệu"], ["1", "Kế hoạch", "38"], ["2", "Tỷ lệ", "62,28"]]


def test_several_tables_on_a_sheet():
    book = filled(LIST, ruled=True)
    filled(LIST, top=6, ruled=True, sheet=book.active)
    filled([["a", "b"], ["c", "d"]], top=6, left=7, ruled=True, sheet=book.active)
    assert [(g.n_rows, g.n_cols) for g in grids(saved(book))] == [(3, 3), (3, 3), (2, 2)]


def test_merged_heads_and_a_unit_line_inside_the_frame():
    rows = [["Đơn vị: triệu đồng", None, None, None], ["STT", "Chỉ tiêu", "Kết quả", None], [None, None, "Năm 2023", "Năm 2024"], [1, "Thu", 5, 6]]
    book = filled(rows, ruled=True)
    for area in ("A1:D1", "C2:D2", "A2:A3", "B2:B3"):
        book.active.merge_cells(area)
    source = saved(book)
    (grid,) = grids(source)
    assert words(source) == ["Đơn vị: triệu đồng"]
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells if c.row_span * c.col_span > 1] == [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)]
    assert cells(grid)[1:] == [["", "", "Năm 2023", "Năm 2024"], ["1", "Thu", "5", "6"]]


def test_columns_without_a_word_are_no_columns():
    book = filled([["STT", None, "Việc"], ["1", None, "Soạn"], ["2", None, "Trình"]], ruled=True)
    assert grids(saved(book))[0].n_cols == 2


def test_blank_rows_of_a_form_stay_and_a_million_of_them_do_not():
    book = filled([["STT", "Tên"]] + [[None, None]] * 5, ruled=True)
    assert grids(saved(book))[0].n_rows == 6
    book = filled([["STT", "Tên"], ["1", "a"]] + [[None, None]] * 3000, ruled=True)
    assert grids(saved(book))[0].n_rows <= 2 + 100


def test_only_the_head_ruled():
    book = filled([LIST[0]], ruled=True)
    filled([["", "", ""]], top=2, ruled=True, sheet=book.active)
    filled(LIST[1:] * 3, top=3, sheet=book.active)
    assert grids(saved(book))[0].n_rows == 8


def test_letterhead_and_signature_are_lines_column_by_column():
    rows = [["UBND TỈNH X", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["SỞ NỘI VỤ", None, None, "Độc lập - Tự do - Hạnh phúc"]]
    book = filled(rows)
    filled(LIST, top=4, ruled=True, sheet=book.active)
    filled([["NGƯỜI LẬP BIỂU", None, None, "THỦ TRƯỞNG ĐƠN VỊ"]], top=9, sheet=book.active)
    source = saved(book)
    assert len(grids(source)) == 1
    assert words(source) == [*(row[0] for row in rows), *(row[3] for row in rows), "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"]


def test_hidden_sheets_rows_and_columns_are_read_and_flagged():
    book = filled(LIST, ruled=True)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("Phụ")
    other.sheet_state = "hidden"
    filled([["Tiêu đề ẩn"]], sheet=other)
    filled(LIST, top=3, ruled=True, sheet=other)
    draft = read_xlsx(saved(book))
    assert {n.rule for n in draft.notices} == {"hidden_rows", "hidden_columns", "hidden_sheet"}
    assert [g.hidden for g in draft.pieces if isinstance(g, Grid)] == [False, True]
    assert [x.kind for x in draft.pieces if isinstance(x, Furniture)] == ["hidden"]


def test_dates_formulas_and_stored_values():
    book = filled([["Ngày", "Tổng", "Tỷ lệ"], [datetime.date(2025, 4, 17), "=SUM(C2:C2)", 0.98123]], ruled=True)
    book.active["A2"].number_format = "dd/mm/yyyy"
    book.active["C2"].number_format = "0%"
    draft = read_xlsx(saved(book))
    assert cells(next(x for x in draft.pieces if isinstance(x, Grid)))[1] == ["17/04/2025", "", "98%"]
    assert json.loads(draft.properties["stored_values"]) == {"Sheet!A2": "2025-04-17", "Sheet!C2": "0.98123"}
    assert [n.rule for n in draft.notices] == ["formula_without_value"]


def test_bold_centred_and_sheet_names():
    book = filled([["TIÊU ĐỀ"], ["x"]])
    book.active.title = "Biểu 01"
    book.active["A1"].font = Font(bold=True)
    book.active["A1"].alignment = Alignment(horizontal="center")
    filled(LIST, top=4, ruled=True, sheet=book.active)
    pieces = read_xlsx(saved(book)).pieces
    assert (pieces[0].bold, pieces[0].centred, pieces[1].bold) == (True, True, False)
    assert pieces[-1].caption == "Biểu 01"


def test_legacy_fonts_and_raised_digits_in_rich_text():
    book = filled([["Sè TT", "Tªn mÆt hµng", "Ghi chó"], ["1", "C¸t ®en", "x"], ["2", "§Êt sÐt", "y"]], ruled=True)
    for row in book.active.iter_rows():
        for cell in row:
            cell.font = Font(name=".VnTime")
    book.active["C2"].value = CellRichText("227 m", TextBlock(InlineFont(vertAlign="superscript"), "3"))
    assert cells(grids(saved(book))[0]) == [["Số TT", "Tên mặt hàng", "Ghi chú"], ["1", "Cát đen", "227 m³"], ["2", "Đất sét", "y"]]


def test_words_of_shapes_over_a_sheet_are_kept():
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    shapes = (
        '<d:wsDr xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main"><d:sp><d:txBody><a:p><a:r><a:t>BIỂU </a:t></a:r><a:r><a:t>SỐ 1</a:t></a:r></a:p><a:p/></d:txBody></d:sp></d:wsDr>'
    )
    links = f'<R><Relationship Id="x" Type="{relation}/drawing" Target="../drawings/drawing1.xml"/></R>'
    source = raw("<sheetData/>", **{"xl/worksheets/_rels/sheet1.xml.rels": links, "xl/drawings/drawing1.xml": shapes})
    assert [(x.kind, x.passage.text) for x in read_xlsx(source).pieces] == [("text_box", "BIỂU SỐ 1")]


# ---- old workbooks ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(find_office() is None, reason="LibreOffice, which makes the old workbook here, is not installed")
def test_an_xls_gives_what_its_xlsx_gives():
    book = filled([["BIỂU TỔNG HỢP"]])
    filled([*LIST, ["3", "Ngày", datetime.date(2025, 4, 17)], ["4", "Tỷ lệ", 0.6228], ["5", "Đúng", True]], top=3, ruled=True, sheet=book.active)
    book.active["C6"].number_format = "dd/mm/yyyy"
    book.active["C7"].number_format = "0.00%"
    book.active.merge_cells("A1:C1")
    book.active.row_dimensions[5].hidden = True
    source = saved(book)
    old = Source("made.xls", convert(source, "xlsx", "xls"))
    assert formats.sniff(old) == formats.XLS
    ours, theirs = read_xlsx(source), read_xls(old)
    assert [type(x).__name__ for x in theirs.pieces] == [type(x).__name__ for x in ours.pieces] == ["Paragraph", "Grid"]
    assert cells(theirs.pieces[1]) == cells(ours.pieces[1])
    assert cells(ours.pieces[1])[3:] == [["3", "Ngày", "17/04/2025"], ["4", "Tỷ lệ", "62,28%"], ["5", "Đúng", "TRUE"]]
    assert "hidden_rows" in {n.rule for n in theirs.notices}


# ---- bad input -------------------------------------------------------------------------------------------------


def raw(sheet: str, **more: str) -> Source:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {names} xmlns:r="{relation}"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<R><Relationship Id="a" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></R>',
        "xl/worksheets/sheet1.xml": f"<worksheet {names}>{sheet}</worksheet>",
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Source("raw.xlsx", out.getvalue())


def test_a_million_empty_rows_cost_little():
    rows = "".join(f'<row r="{n}"/>' for n in range(3, 1_048_577))
    data = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>một</t></is></c></row>{rows}</sheetData>'
    assert words(raw(data)) == ["một"]


def test_cells_beyond_the_limit_are_named(monkeypatch):
    monkeypatch.setattr(excel, "MAX_CELLS", 5)
    assert "cut_short" in {n.rule for n in read_xlsx(saved(filled(LIST))).notices}


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="x"><c r="?" t="s"><v>99</v></c><c t="n"><v>abc</v></c><c r="ZZZZ9" s="77"><v>1</v></c></row></sheetData>',
        '<sheetData><row><c><v>1e999</v></c><c><v>nan</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="?"/></mergeCells>',
        '<cols><col min="0" max="99999999" hidden="1"/></cols><sheetData/>',
    ],
)
def test_nonsense_in_a_sheet_is_bounded(sheet):
    assert read_xlsx(raw(sheet)).pieces is not None


def test_damage_and_doctypes_are_refused():
    with pytest.raises(BrokenFile, match="S"):
        read_xlsx(raw("<sheetData><row>"))
    source = raw("")
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + files["xl/worksheets/sheet1.xml"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(BrokenFile, match="document type"):
        read_xlsx(Source("x.xlsx", out.getvalue()))


def test_a_damaged_old_workbook_is_refused():
    with pytest.raises(BrokenFile):
        read_xls(Source("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000))
    with pytest.raises(ReadError):
        read(Source("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")))


# ---- the real ones ---------------------------------------------------------------------------------------------


@shared
def test_the_form_as_it_shows_itself():
    (grid,) = grids(load(SHARED / "rendered" / "form.xlsx"))
    assert cells(grid)[2:5] == [
        ["1.1", "Kế hoạch được giao", "Triệu đồng", "4.559.051", ""],
        ["2.10", "Tỷ lệ", "%", "62,28%", ""],
        ["2,10", "Số (STT số thực 2.10 -> 2.1)", "Người", "05", ""],
    ]


@shared
@pytest.mark.parametrize("path", sorted((SHARED / "real" / "xlsx").glob("*.xls")) if SHARED.exists() else [], ids=lambda p: p.stem)
def test_real_workbooks_read_as_their_transcripts(path):
    from collections import Counter

    gold = (SHARED / "real" / "transcripts" / f"{path.stem}.gold.txt").read_text(encoding="utf-8")
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹−", "0123456789-")
    wanted = Counter(w for w in gold.lower().translate(plain).split() if not w.isdigit())
    found = Counter(read(load(path)).text.lower().translate(plain).split())
    assert sum((wanted - found).values()) <= 0.01 * sum(wanted.values())
