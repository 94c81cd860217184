# ruff: noqa: E501 - a sentence stands on one line
"""Forms that live in spreadsheets: one filled in, one blank."""

from corpus.write import AS, FH, TABLE, Annex, F, P, Source

BAC_LIEU = Source(
    id="bm-nong-nghiep-bac-lieu-2020",
    kind="BM",
    level="department",
    year=2020,
    split="dev",
    org=["UBND TỈNH BẠC LIÊU", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"],
    number="276/BC-SNN",
    place="Bạc Liêu",
    dated="ngày 25 tháng 12 năm 2020",
    type_name="BÁO CÁO",
    title=["Số liệu thống kê ngành nông nghiệp năm 2020"],
    header={"doc_type": "BC", "issuer": "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bạc Liêu"},
    body=[P("Thực hiện {b.TT|Thông tư số [#16/2020/TT-BNNPTNT] ngày [@21/12/2020]}, Sở báo cáo số liệu thống kê theo các biểu kèm theo.")],
    recipients=["Bộ Nông nghiệp và PTNT;", "Cục Thống kê tỉnh;", "Lưu: VT, KHTC."],
    signing=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    signer="Lưu Hoàng Mẫu",
    annexes=[
        Annex(
            ["Biểu số 01", "TRỒNG TRỌT"],
            "",
            [
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Đơn vị tính", 1, 2), ("Thực hiện", 2, 1), ("Kế hoạch năm 2021", 1, 2), ("Ghi chú", 1, 2)], ["Năm 2019", "Năm 2020"]],
                    "code label unit value:2019 value:2020 value:2021 note",
                    [
                        FH("I", "Cây lúa", "", "", "", "", ""),
                        F("1", "Diện tích gieo trồng", "Ha", "188.146", "190.210", "191.000", ""),
                        F("2", "Năng suất bình quân", "Tấn/ha", "6,05", "6,18", "6,2", ""),
                        F("3", "Sản lượng", "Tấn", "1.138.420", "1.175.500", "1.184.200", "Cả vụ mùa trên đất tôm"),
                        FH("II", "Cây màu", "", "", "", "", ""),
                        F("2.9", "Diện tích", "Ha", "12.050", "11.876", "12.000", ""),
                        F("2.10", "Tỷ lệ diện tích tưới tiết kiệm", "%", "8,4", "9,15", "12", ""),
                    ],
                    widths="7 32 12 13 13 13 18",
                    form="Biểu số 01",
                ),
            ],
        ),
        Annex(
            ["Biểu số 02", "THỦY SẢN"],
            "",
            [
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Đơn vị tính", 1, 2), ("Thực hiện", 2, 1), ("Kế hoạch năm 2021", 1, 2), ("Ghi chú", 1, 2)], ["Năm 2019", "Năm 2020"]],
                    "code label unit value:2019 value:2020 value:2021 note",
                    [
                        F("1", "Tổng diện tích nuôi trồng", "Ha", "136.200", "138.905", "139.500", ""),
                        F("1.1", "Nuôi tôm siêu thâm canh", "Ha", "2.150", "2.874", "3.600", ""),
                        F("1.2", "Nuôi quảng canh cải tiến", "Ha", "134.050", "136.031", "135.900", ""),
                        F("2", "Số tàu cá lắp thiết bị giám sát hành trình", "Tàu", "310/451", "448/451", "451/451", ""),
                        F("3", "Có kế hoạch ứng phó sự cố tràn dầu", "Có = 1; Không = 0", "0", "1", "1", ""),
                        F("4", "Số cơ sở sản xuất giống", "Cơ sở", "-", "05", "07", ""),
                    ],
                    widths="7 32 12 13 13 13 18",
                    form="Biểu số 02",
                ),
            ],
        ),
    ],
    traps="dept-letterhead signing-chain filled-form year-columns two-row-head number-styles ratio-values coded-answers dash-value notes-column quantity-parents and-in-name",
    renderings=[
        AS("xlsx", "xlsx", "merged-cells-xlsx stored-numbers hidden-sheet hidden-rows", numbers="stored", hidden_sheet=True, hidden_rows=True),
        AS("docx", "docx", "header-footer"),
        AS("xlsx", "xlsx", "merged-cells-xlsx several-tables-sheet", name="-mot-sheet", one_sheet=True),
    ],
)

THANH_HOA = Source(
    id="bm-cds-thanh-hoa-2023",
    kind="BM",
    level="department",
    year=2023,
    split="test",
    org=["UBND TỈNH THANH HÓA", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
    number="",
    place="Thanh Hóa",
    dated="ngày      tháng     năm 2023",
    no_label="Số:      /STTTT-CĐS",
    type_name="",
    title=["V/v cung cấp số liệu chuyển đổi số cấp huyện năm 2023"],
    addressees=["UBND các huyện, thị xã, thành phố"],
    header={"doc_type": "CV", "number": None, "issued_on": None, "issuer": "Sở Thông tin và Truyền thông tỉnh Thanh Hóa"},
    body=[P("Căn cứ {b.QĐ|Quyết định số [#922/QĐ-BTTTT] ngày [@20/5/2022] của [~Bộ Thông tin và Truyền thông]}, Sở Thông tin và Truyền thông gửi biểu mẫu số liệu chuyển đổi số cấp huyện năm 2023.")],
    recipients=["Như trên;", "Lưu: VT, CĐS."],
    signing=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    signer=None,
    annexes=[
        Annex(
            ["Biểu 1", "HẠ TẦNG SỐ"],
            "",
            [
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Đơn vị tính", 1, 2), ("Số liệu", 2, 1), ("Ghi chú", 1, 2)], ["31/12/2022", "30/6/2023"]],
                    "code label unit value value note",
                    [
                        FH("1", "Mạng, thiết bị", "", "", "", ""),
                        F("1.1", "Tỷ lệ cán bộ, công chức có máy tính", "%", "", "", ""),
                        F("1.2", "Số xã, phường, thị trấn có hệ thống họp trực tuyến", "Đơn vị", "", "", ""),
                        FH("2", "An toàn thông tin", "", "", "", ""),
                        F("2.1", "Có phê duyệt cấp độ an toàn hệ thống thông tin", "Có = 1\nKhông = 0", "", "", ""),
                        F("2.2", "Số máy tính cài phần mềm diệt mã độc tập trung", "Máy", "", "", ""),
                    ],
                    widths="7 40 16 12 12 13",
                    form="Biểu 1",
                    blank=True,
                ),
            ],
        ),
        Annex(
            ["Biểu 2", "CHÍNH QUYỀN SỐ"],
            "",
            [
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Đơn vị tính", 1, 2), ("Số liệu", 2, 1), ("Ghi chú", 1, 2)], ["31/12/2022", "30/6/2023"]],
                    "code label unit value value note",
                    [
                        F("1", "Tổng số hồ sơ thủ tục hành chính tiếp nhận", "Hồ sơ", "", "", ""),
                        F("-", "Trong đó: nộp trực tuyến toàn trình", "Hồ sơ", "", "", ""),
                        F("-", "Trong đó: nộp trực tuyến một phần", "Hồ sơ", "", "", ""),
                        F("2", "Số văn bản điện tử ký số gửi đi", "Văn bản", "", "", ""),
                    ],
                    widths="7 40 16 12 12 13",
                    form="Biểu 2",
                    blank=True,
                ),
            ],
        ),
    ],
    traps="dept-letterhead cv-subject number-blank day-blank no-signer signing-chain blank-form two-row-head coded-answers dash-codes and-in-name",
    renderings=[
        AS("xlsx", "xlsx", "merged-cells-xlsx hidden-sheet hidden-rows", hidden_sheet=True, hidden_rows=True),
        AS("docx", "docx", "header-footer"),
        AS("xlsx", "xlsx", "merged-cells-xlsx several-tables-sheet stored-numbers", name="-mot-sheet", one_sheet=True, numbers="stored"),
    ],
)

SOURCES = [BAC_LIEU, THANH_HOA]
