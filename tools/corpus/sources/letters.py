# ruff: noqa: E501 - a sentence stands on one line
"""Letters of guidance that oblige others to report."""

from corpus.write import AS, FH, TABLE, Annex, C, F, H, I, P, Source, T, U

PHONG_XA = "Các phòng, ban chuyên môn|UBND các xã, thị trấn"


def _due(month: int, day: str, edge: str) -> list:
    """The two items that every reporting period repeats."""
    months = f"{month:02d}"
    by = f"by|-|chậm nhất ngày {day} tháng {months}|rrule=FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={int(day)}"
    before = f"before|-|trước ngày 12 tháng {months}|rrule=FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=12"
    what = {3: "Báo cáo quý I", 6: "Báo cáo 6 tháng đầu năm", 9: "Báo cáo quý III", 12: "Báo cáo năm"}[month]
    return [
        I(
            "-",
            f"Các phòng, ban chuyên môn; UBND các xã, thị trấn gửi UBND huyện (qua Phòng Nội vụ) chậm nhất ngày {day} tháng {months}. Số liệu tính {edge}.",
            T(by, lead=PHONG_XA),
            U(PHONG_XA, what, by, to="UBND huyện", via="Phòng Nội vụ", cutoff=edge),
        ),
        I(
            "-",
            f"Phòng Nội vụ tổng hợp, trình UBND huyện trước ngày 12 tháng {months} để báo cáo Sở Nội vụ.",
            T(before, lead="Phòng Nội vụ"),
            U("Phòng Nội vụ", what, before, to="UBND huyện"),
        ),
    ]


YEN_SON = Source(
    id="cv-bao-cao-yen-son-2022",
    kind="CV",
    level="district",
    year=2022,
    split="dev",
    org=["ỦY BAN NHÂN DÂN", "HUYỆN YÊN SƠN"],
    number="842/UBND-NV",
    place="Yên Sơn",
    dated="ngày 18 tháng 4 năm 2022",
    type_name="",
    title=["V/v hướng dẫn chế độ báo cáo công tác cải cách hành chính định kỳ"],
    addressees=["Các phòng, ban chuyên môn thuộc UBND huyện;", "UBND các xã, thị trấn."],
    header={"doc_type": "CV", "issuer": "Ủy ban nhân dân huyện Yên Sơn"},
    body=[
        P("Thực hiện {b.CV|Công văn số [#405/SNV-CCHC] ngày [@24/3/2022] của [~Sở Nội vụ]} về chế độ thông tin, báo cáo cải cách hành chính (CCHC), UBND huyện yêu cầu các cơ quan, đơn vị thực hiện chế độ báo cáo định kỳ như sau:"),
        H("1.", "Nội dung báo cáo"),
        P(
            "Các phòng, ban chuyên môn; UBND các xã, thị trấn xây dựng báo cáo theo Đề cương tại Phụ lục I và cung cấp số liệu theo Phụ lục II kèm theo Công văn này.",
            T(lead=PHONG_XA),
            U(PHONG_XA, "số liệu", forms="Phụ lục II"),
        ),
        P("Ngoài nội dung trên, các đơn vị sau đây tổng hợp số liệu toàn huyện gửi Phòng Nội vụ, cụ thể:"),
        I("-", "Phòng Tư pháp: tổng hợp số liệu tại Biểu 02;", T(lead="Phòng Tư pháp"), U("Phòng Tư pháp", "số liệu toàn huyện", to="Phòng Nội vụ", forms="Biểu 02")),
        I("-", "Văn phòng HĐND và UBND huyện: tổng hợp số liệu tại Biểu 03 và Biểu 07;", T(lead="Văn phòng HĐND và UBND huyện"), U("Văn phòng HĐND và UBND huyện", "số liệu toàn huyện", to="Phòng Nội vụ", forms="Biểu 03|Biểu 07")),
        I("-", "Phòng Tài chính - Kế hoạch: tổng hợp số liệu tại Biểu 06.", T(lead="Phòng Tài chính - Kế hoạch"), U("Phòng Tài chính - Kế hoạch", "số liệu toàn huyện", to="Phòng Nội vụ", forms="Biểu 06")),
        H("2.", "Thời hạn gửi báo cáo"),
        H("a)", "Báo cáo quý I", look="plain"),
        *_due(3, "05", "từ ngày 15 tháng 12 năm trước đến ngày 04 tháng 3"),
        H("b)", "Báo cáo 6 tháng đầu năm", look="plain"),
        *_due(6, "05", "từ ngày 15 tháng 12 năm trước đến ngày 04 tháng 6"),
        H("c)", "Báo cáo quý III", look="plain"),
        *_due(9, "05", "từ ngày 05 tháng 6 đến ngày 04 tháng 9"),
        H("d)", "Báo cáo năm", look="plain"),
        *_due(12, "01", "từ ngày 15 tháng 12 năm trước đến hết ngày 30 tháng 11"),
        P("Lưu ý: Báo cáo đột xuất do UBND huyện có văn bản yêu cầu riêng."),
        H("3.", "Hình thức gửi"),
        P(
            "Các cơ quan, đơn vị gửi báo cáo qua phần mềm Quản lý văn bản và điều hành, không gửi bản giấy.",
            T(lead="Các cơ quan, đơn vị"),
        ),
        H("4.", "Tổ chức thực hiện"),
        I("-", "Bộ phận tham mưu về CCHC của các cơ quan, đơn vị chịu trách nhiệm về tính chính xác của số liệu.", T(lead="Bộ phận tham mưu về CCHC của các cơ quan, đơn vị")),
        I("-", "Phòng Văn hóa và Thông tin phối hợp với Văn phòng HĐND và UBND huyện hướng dẫn cập nhật số liệu trên phần mềm, hoàn thành trong tháng 5/2022.", T("in|2022-05|trong tháng 5/2022", lead="Phòng Văn hóa và Thông tin", support="Văn phòng HĐND và UBND huyện")),
        P("Công văn này thay thế {rp.CV|Công văn số [#317/UBND-NV] ngày [@22/02/2021] của [~UBND huyện]} về việc xây dựng báo cáo CCHC. Quá trình thực hiện, nếu có vướng mắc, các cơ quan, đơn vị phản ánh về Phòng Nội vụ để được hướng dẫn./."),
    ],
    recipients=["Như trên;", "Sở Nội vụ;", "Chủ tịch, các PCT UBND huyện;", "Lưu: VT, NV."],
    signing=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Nguyễn Ngọc Thâm",
    annexes=[
        Annex(
            ["PHỤ LỤC I", "ĐỀ CƯƠNG BÁO CÁO CÔNG TÁC CẢI CÁCH HÀNH CHÍNH"],
            "(Kèm theo {at.CV|Công văn số [#842/UBND-NV] ngày [@18/4/2022] của [~UBND huyện Yên Sơn]})",
            [
                H("I.", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
                I("-", "Việc ban hành kế hoạch CCHC, kế hoạch tuyên truyền, kế hoạch kiểm tra (nêu rõ số, ký hiệu, ngày ban hành)."),
                I("-", "Đánh giá mức độ hoàn thành kế hoạch năm; nêu rõ nhiệm vụ chậm tiến độ, nguyên nhân."),
                H("II.", "KẾT QUẢ THỰC HIỆN"),
                H("1.", "Cải cách thể chế"),
                I("-", "Xây dựng, rà soát, kiểm tra văn bản quy phạm pháp luật; theo dõi thi hành pháp luật."),
                H("2.", "Cải cách thủ tục hành chính"),
                I("-", "Rà soát, đơn giản hóa thủ tục hành chính; kết quả thực hiện {b.NĐ|Nghị định số [#61/2018/NĐ-CP] của [~Chính phủ]}."),
                I("-", "Tiếp nhận, xử lý phản ánh, kiến nghị của cá nhân, tổ chức."),
                H("3.", "Cải cách tài chính công"),
                I("-", "Tình hình thực hiện cơ chế tự chủ theo {b.NĐ|Nghị định số [#130/2005/NĐ-CP] ngày [@17/10/2005] của [~Chính phủ]}."),
                H("III.", "PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"),
                I("-", "Nêu các nhiệm vụ trọng tâm, giải pháp, kiến nghị (nếu có)."),
            ],
        ),
        Annex(
            ["PHỤ LỤC II", "BIỂU TỔNG HỢP SỐ LIỆU CÔNG TÁC CẢI CÁCH HÀNH CHÍNH"],
            "(Kèm theo {at.CV|Công văn số [#842/UBND-NV] ngày [@18/4/2022] của [~UBND huyện Yên Sơn]})",
            [
                C("Biểu 02. Cải cách thể chế"),
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu thống kê{^1|UBND các xã, thị trấn báo cáo số liệu của đơn vị; Phòng Tư pháp báo cáo số liệu toàn huyện.}", 1, 2), ("Đơn vị tính", 1, 2), ("Kết quả thống kê", 2, 1), ("Ghi chú", 1, 2)], ["Kỳ trước", "Kỳ này"]],
                    "code label unit value value note",
                    [
                        F("1", "Tổng số văn bản quy phạm pháp luật đã ban hành", "Văn bản", "", "", ""),
                        F("1.1", "Nghị quyết của HĐND", "Văn bản", "", "", ""),
                        F("1.2", "Quyết định của UBND", "Văn bản", "", "", ""),
                        F("2", "Số văn bản đã tự kiểm tra", "Văn bản", "", "", ""),
                        FH("3", "Theo dõi thi hành pháp luật", "", "", "", ""),
                        F("3.1", "Số cuộc kiểm tra", "Cuộc", "", "", ""),
                        F("3.2", "Tỷ lệ kiến nghị sau kiểm tra đã xử lý", "%", "", "", ""),
                    ],
                    form="Biểu 02",
                    blank=True,
                    widths="8 43 12 10 10 12",
                    duties=[
                        U("UBND các xã, thị trấn", "số liệu của đơn vị", forms="Biểu 02"),
                        U("Phòng Tư pháp", "số liệu toàn huyện", forms="Biểu 02"),
                    ],
                ),
                C("Biểu 03. Cải cách thủ tục hành chính"),
                TABLE(
                    [[("STT", 1, 2), ("Chỉ tiêu thống kê", 1, 2), ("Đơn vị tính", 1, 2), ("Kết quả thống kê", 2, 1), ("Ghi chú", 1, 2)], ["Kỳ trước", "Kỳ này"]],
                    "code label unit value value note",
                    [
                        F("1", "Tổng số hồ sơ tiếp nhận", "Hồ sơ", "", "", ""),
                        F("-", "Số hồ sơ tiếp nhận trực tuyến", "Hồ sơ", "", "", ""),
                        F("-", "Số hồ sơ tiếp nhận trực tiếp, qua bưu chính", "Hồ sơ", "", "", ""),
                        F("2", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "", "", ""),
                        F("3", "Niêm yết thủ tục hành chính bằng mã QR", "Có = 1; Không = 0", "", "", ""),
                    ],
                    form="Biểu 03",
                    blank=True,
                    widths="8 43 12 10 10 12",
                ),
            ],
        ),
    ],
    traps="letterhead-columns cv-subject signing-chain duty-recurring duty-via duty-cutoff duty-forms duty-footnote lead-in-receiver outline-no-tasks blank-form two-row-head coded-answers dash-codes footnotes replaces attached-to advisory-unit closing-not-duty coordinate-support and-in-name",
    renderings=[
        AS("txt", "text", "hard-wrap pipe-table", double=True, width=84, table="pipe"),
        AS("docx", "docx", "header-footer"),
        AS("pdf", "reportlab", "no-rules-table", rules="none"),
        AS("eml", "container", "eml", to="eml"),
    ],
)

SOURCES = [YEN_SON]
