# ruff: noqa: E501 - a sentence stands on one line
"""A province's letter on a field, and a ministry's guidance."""

from corpus.write import AS, FH, TABLE, Annex, F, H, I, P, Source, T, U

GIA_LAI = Source(
    id="cv-thuy-loi-gia-lai-2023",
    kind="CV",
    level="province",
    year=2023,
    split="test",
    org=["ỦY BAN NHÂN DÂN", "TỈNH GIA LAI"],
    number="1567/UBND-NL",
    place="Gia Lai",
    dated="ngày 21 tháng 6 năm 2023",
    type_name="",
    title=["V/v bảo đảm nguồn nước phục vụ sản xuất vụ Đông Xuân 2023 - 2024"],
    addressees=["Các sở: Nông nghiệp và Phát triển nông thôn, Tài chính, Công Thương;", "UBND các huyện, thị xã, thành phố;", "Công ty TNHH MTV Khai thác công trình thủy lợi Gia Lai."],
    header={"doc_type": "CV", "issuer": "Ủy ban nhân dân tỉnh Gia Lai", "period": "2023/2024"},
    body=[
        P("Thực hiện {b.CV|Văn bản số [#3645/BNN-TL] ngày [@05/6/2023] của [~Bộ Nông nghiệp và Phát triển nông thôn]} về phòng, chống hạn hán; xét đề nghị của Sở Nông nghiệp và Phát triển nông thôn, UBND tỉnh có ý kiến như sau:"),
        H("1.", "Sở Nông nghiệp và Phát triển nông thôn", lead="Sở Nông nghiệp và Phát triển nông thôn"),
        I("a)", "Rà soát, cân đối nguồn nước của {q.hồ chứa;cân đối nguồn nước hồ chứa|119} hồ chứa; hướng dẫn chuyển đổi cây trồng trên khoảng {q.ha;chuyển đổi cây trồng;ap=khoảng|1.200} ha thiếu nước, báo cáo UBND tỉnh trước ngày 30/9/2023.",
          T("before|2023-09-30|trước ngày 30/9/2023"), U("Sở Nông nghiệp và Phát triển nông thôn", "báo cáo", "before|2023-09-30|trước ngày 30/9/2023", to="UBND tỉnh")),
        I("b)", "Chủ trì, phối hợp với Đài Khí tượng Thủy văn khu vực Tây Nguyên, UBND các huyện, thị xã, thành phố cập nhật bản tin dự báo nguồn nước 10 ngày một lần.", T("every|-|10 ngày một lần|rrule=FREQ=DAILY;INTERVAL=10", support="Đài Khí tượng Thủy văn khu vực Tây Nguyên|UBND các huyện, thị xã, thành phố")),
        H("2.", "Sở Tài chính", lead="Sở Tài chính"),
        P("Tham mưu UBND tỉnh phân bổ kinh phí hỗ trợ bơm tát sau khi có báo cáo của các địa phương.", T("after|-|sau khi có báo cáo của các địa phương|trigger=có báo cáo của các địa phương")),
        H("3.", "Sở Công Thương", lead="Sở Công Thương"),
        P("Chỉ đạo các đơn vị quản lý hồ thủy điện vận hành theo {b.QĐ|Quyết định số [#878/QĐ-TTg] ngày [@18/7/2018] của [~Thủ tướng Chính phủ]}, bảo đảm nước cho hạ du.", T()),
        H("4.", "UBND các huyện, thị xã, thành phố", lead="UBND các huyện, thị xã, thành phố"),
        I("-", "Nạo vét kênh mương, sửa chữa trạm bơm; hoàn thành chậm nhất vào ngày 15 tháng 11 năm 2023.", T("by|2023-11-15|chậm nhất vào ngày 15 tháng 11 năm 2023")),
        I("-", "Tổng hợp tình hình hạn hán theo Mẫu kèm theo Văn bản này, gửi Sở Nông nghiệp và Phát triển nông thôn (qua Chi cục Thủy lợi) vào thứ Năm hằng tuần, bắt đầu từ tháng 12/2023.",
          T("every|-|vào thứ Năm hằng tuần|rrule=FREQ=WEEKLY;BYDAY=TH", "from|2023-12/..|bắt đầu từ tháng 12/2023"),
          U("UBND các huyện, thị xã, thành phố", "tình hình hạn hán", "every|-|vào thứ Năm hằng tuần|rrule=FREQ=WEEKLY;BYDAY=TH", "from|2023-12/..|bắt đầu từ tháng 12/2023", to="Sở Nông nghiệp và Phát triển nông thôn", via="Chi cục Thủy lợi", forms="Mẫu kèm theo Văn bản này")),
        P("Quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị báo cáo UBND tỉnh xem xét, giải quyết./."),
    ],
    recipients=["Như trên;", "Bộ Nông nghiệp và PTNT (b/c);", "CT, các PCT UBND tỉnh;", "Lưu: VT, NL."],
    signing=["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
    signer="Nguyễn Anh Mẫu",
    annexes=[
        Annex(
            ["Mẫu", "BIỂU TỔNG HỢP TÌNH HÌNH HẠN HÁN"],
            "(Kèm theo {at.CV|Văn bản số [#1567/UBND-NL] ngày [@21/6/2023] của [~UBND tỉnh Gia Lai]})",
            [
                TABLE(
                    ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Diện tích bị hạn", "Ghi chú"],
                    "code label unit value value value note",
                    [
                        FH("I", "Cây hằng năm", "", "", "", "", ""),
                        F("1", "Lúa nước", "Ha", "", "", "", ""),
                        F("2", "Ngô", "Ha", "", "", "", ""),
                        FH("II", "Cây lâu năm", "", "", "", "", ""),
                        F("1", "Cà phê", "Ha", "", "", "", ""),
                        F("2", "Hồ tiêu", "Ha", "", "", "", ""),
                        F("III", "Số hộ thiếu nước sinh hoạt", "Hộ", "", "", "", ""),
                    ],
                    widths="7 30 12 12 12 14 13",
                    form="Mẫu",
                    blank=True,
                )
            ],
        )
    ],
    traps="letterhead-columns cv-subject shared-head signing-chain agency-heading coordinate-support recurring open-range event-deadline blank-form duty-via duty-forms closing-not-duty approx number-in-task and-in-name attached-to",
    renderings=[
        AS("docx", "docx", "header-footer nfd", nfd=True),
        AS("pdf", "scan", "scan-skew scan-stamp scan-signature scan-noise stamp-only-layer", layer="stamp", dpi=150, skew=0.7, seed=31),
        AS("html", "html", ""),
    ],
)

TTTT = Source(
    id="hd-bo-tttt-2020",
    kind="HD",
    level="ministry",
    year=2020,
    split="test",
    org=["BỘ THÔNG TIN VÀ TRUYỀN THÔNG"],
    number="2718/HD-BTTTT",
    place="Hà Nội",
    dated="ngày 17 tháng 7 năm 2020",
    type_name="HƯỚNG DẪN",
    title=["Cung cấp số liệu, chế độ báo cáo đánh giá mức độ chuyển đổi số", "của các tỉnh, thành phố trực thuộc Trung ương"],
    header={"doc_type": "HD", "issuer": "Bộ Thông tin và Truyền thông"},
    body=[
        P("Căn cứ {b.QĐ|Quyết định số [#749/QĐ-TTg] ngày [@03/6/2020] của [~Thủ tướng Chính phủ]} phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030, Bộ Thông tin và Truyền thông hướng dẫn như sau:"),
        H("I.", "ĐỐI TƯỢNG, PHẠM VI"),
        I("1.", "Đối tượng áp dụng: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương."),
        I("2.", "Phạm vi: các chỉ số về chính quyền số, kinh tế số, xã hội số."),
        H("II.", "CHẾ ĐỘ BÁO CÁO"),
        I("1.", "UBND cấp tỉnh giao Sở Thông tin và Truyền thông làm đầu mối; gửi văn bản cử đầu mối về Bộ Thông tin và Truyền thông (qua Cục Tin học hóa) trước ngày 15/8/2020.", T("before|2020-08-15|trước ngày 15/8/2020", lead="UBND cấp tỉnh"),
          U("UBND cấp tỉnh", "văn bản cử đầu mối", "before|2020-08-15|trước ngày 15/8/2020", to="Bộ Thông tin và Truyền thông", via="Cục Tin học hóa")),
        I("2.", "Sở Thông tin và Truyền thông cập nhật số liệu theo các Phụ lục 1, 2 trên Hệ thống đánh giá, định kỳ hằng năm, chậm nhất ngày 20 tháng 01 năm kế tiếp; số liệu chốt đến hết ngày 31 tháng 12.", T("every|-|định kỳ hằng năm|rrule=FREQ=YEARLY", "by|-|chậm nhất ngày 20 tháng 01 năm kế tiếp|rrule=FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20", lead="Sở Thông tin và Truyền thông"),
          U("Sở Thông tin và Truyền thông", "số liệu", "every|-|định kỳ hằng năm|rrule=FREQ=YEARLY", "by|-|chậm nhất ngày 20 tháng 01 năm kế tiếp|rrule=FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20", via="Hệ thống đánh giá", cutoff="đến hết ngày 31 tháng 12", forms="Phụ lục 1|Phụ lục 2")),
        I("3.", "Cục Tin học hóa thẩm định, tổng hợp trình Bộ trưởng công bố kết quả trong quý II hằng năm.", T("in|-|trong quý II hằng năm|rrule=FREQ=YEARLY;BYMONTH=4,5,6", lead="Cục Tin học hóa"), U("Cục Tin học hóa", "kết quả", "in|-|trong quý II hằng năm|rrule=FREQ=YEARLY;BYMONTH=4,5,6", to="Bộ trưởng")),
        H("III.", "TỔ CHỨC THỰC HIỆN"),
        H("1.", "Các đơn vị thuộc Bộ: Cục Viễn thông, Cục An toàn thông tin, Vụ Bưu chính", lead="Cục Viễn thông|Cục An toàn thông tin|Vụ Bưu chính"),
        P("Phối hợp với Cục Tin học hóa thẩm định số liệu theo lĩnh vực trong vòng 15 ngày kể từ ngày nhận được số liệu.", T("after|-|trong vòng 15 ngày kể từ ngày nhận được số liệu|trigger=nhận được số liệu", support="Cục Tin học hóa")),
        H("2.", "Các doanh nghiệp viễn thông, công nghệ thông tin", lead="Các doanh nghiệp viễn thông, công nghệ thông tin"),
        P("Cung cấp số liệu hạ tầng cho Cục Viễn thông khi có yêu cầu.", T("after|-|khi có yêu cầu|trigger=có yêu cầu"), U("Các doanh nghiệp viễn thông, công nghệ thông tin", "số liệu hạ tầng", "after|-|khi có yêu cầu|trigger=có yêu cầu", to="Cục Viễn thông")),
        P("Hướng dẫn này sửa đổi Mục II của {am.HD|Hướng dẫn số [#1044/HD-BTTTT] ngày [@12/4/2018]}. Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các địa phương phản ánh về Cục Tin học hóa để được hướng dẫn./."),
    ],
    recipients=["UBND các tỉnh, thành phố trực thuộc TW;", "Bộ trưởng (để b/c);", "Sở TTTT các tỉnh, thành phố;", "Các đơn vị thuộc Bộ;", "Lưu: VT, THH."],
    signing=["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"],
    signer="Nguyễn Huy Mẫu",
    annexes=[
        Annex(
            ["Phụ lục 1", "CHỈ SỐ CHÍNH QUYỀN SỐ"],
            "(Kèm theo {at.HD|Hướng dẫn số [#2718/HD-BTTTT] ngày [@17/7/2020] của [~Bộ Thông tin và Truyền thông]})",
            [
                TABLE(
                    ["STT", "Chỉ số", "Đơn vị tính", "Số liệu năm trước", "Số liệu năm đánh giá"],
                    "code label unit value value",
                    [
                        FH("1", "Hạ tầng số", "", "", ""),
                        F("1.1", "Tỷ lệ cơ quan nhà nước kết nối mạng truyền số liệu chuyên dùng", "%", "", ""),
                        F("1.2", "Đã có trung tâm dữ liệu của tỉnh", "Chưa = 0\nĐang làm = 1\nHoàn thành = 2", "", ""),
                        FH("2", "Dịch vụ công trực tuyến", "", "", ""),
                        F("2.1", "Tổng số dịch vụ công trực tuyến mức độ 4", "Dịch vụ", "", ""),
                        F("2.2", "Số hồ sơ nộp trực tuyến", "Hồ sơ", "", ""),
                    ],
                    widths="7 44 19 15 15",
                    form="Phụ lục 1",
                    blank=True,
                )
            ],
        ),
        Annex(
            ["Phụ lục 2", "CHỈ SỐ KINH TẾ SỐ, XÃ HỘI SỐ"],
            "",
            [
                TABLE(
                    ["STT", "Chỉ số", "Đơn vị tính", "Số liệu năm trước", "Số liệu năm đánh giá"],
                    "code label unit value value",
                    [
                        F("1", "Số doanh nghiệp công nghệ số", "Doanh nghiệp", "", ""),
                        F("2", "Tỷ lệ hộ gia đình có đường internet cáp quang", "%", "", ""),
                        F("3", "Số tài khoản thanh toán điện tử", "Tài khoản", "", ""),
                    ],
                    widths="7 44 19 15 15",
                    form="Phụ lục 2",
                    blank=True,
                )
            ],
        ),
    ],
    traps="letterhead-columns signing-chain duty-via duty-cutoff duty-forms duty-recurring recurring event-deadline blank-form coded-answers shared-head coordinate-support closing-not-duty amends attached-to and-in-name agency-heading",
    renderings=[
        AS("docx", "docx", "header-footer auto-numbering", numbering=True),
        AS("html", "html", "site-boilerplate", site=True),
        AS("pdf", "ghostscript", "number-broken"),
        AS("pdf", "reportlab", "two-columns", name="-2cot", columns=2, size=11, column_height=330),
    ],
)

SOURCES = [GIA_LAI, TTTT]
