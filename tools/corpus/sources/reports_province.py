# ruff: noqa: E501 - a sentence stands on one line
"""Reports of provinces on administrative reform, with filled forms and an assessed list of tasks."""

from corpus.write import AS, FH, TABLE, A, Annex, F, H, I, P, R, Source, T

HEAD = [[("STT", 1, 2), ("Chỉ tiêu thống kê", 1, 2), ("Kết quả thống kê", 2, 1), ("Ghi chú", 1, 2)], ["Đơn vị tính", "Số liệu"]]
ROLES, WIDTHS = "code label unit value note", "9 46 16 14 17"
TIE = "(Kèm theo {at.BC|Báo cáo số [#318 /BC-UBND] ngày [@15 tháng 12 năm 2021] của [~Ủy ban nhân dân tỉnh Trà Vinh]})"
ALL = "các sở, ban, ngành tỉnh|UBND các huyện, thị xã, thành phố"
EVERYONE = "các sở, ban, ngành tỉnh; UBND các huyện, thị xã, thành phố"

TRA_VINH = Source(
    id="bc-cchc-tra-vinh-2021",
    kind="BC",
    level="province",
    year=2021,
    split="dev",
    org=["ỦY BAN NHÂN DÂN", "TỈNH TRÀ VINH"],
    number="318 /BC-UBND",
    place="Trà Vinh",
    dated="ngày 15 tháng 12 năm 2021",
    type_name="BÁO CÁO",
    title=["Kết quả công tác cải cách hành chính năm 2021,", "phương hướng, nhiệm vụ năm 2022"],
    addressees=["Bộ Nội vụ"],
    header={"doc_type": "BC", "issuer": "Ủy ban nhân dân tỉnh Trà Vinh", "period": "2021/2022"},
    measured="2021",
    body=[
        P("Thực hiện {b.CV|Công văn số [#5871/BNV-CCHC] ngày [@22 tháng 11 năm 2021] của [~Bộ Nội vụ]} về báo cáo công tác cải cách hành chính (CCHC), Ủy ban nhân dân (UBND) tỉnh Trà Vinh báo cáo như sau:"),
        H("I.", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        P("UBND tỉnh ban hành {m.QĐ|Quyết định số [#2987/QĐ-UBND] ngày [@31/12/2020]} về Kế hoạch CCHC năm 2021 với {q.nhiệm vụ;nhiệm vụ Kế hoạch CCHC năm 2021|42} nhiệm vụ; đến ngày 30/11/2021 đã hoàn thành {q.nhiệm vụ;đã hoàn thành nhiệm vụ|40/42} nhiệm vụ, còn {q.nhiệm vụ;nhiệm vụ đang thực hiện|02} nhiệm vụ đang thực hiện do ảnh hưởng của dịch Covid-19{^1|Gồm: Đề án chuyển đổi số của tỉnh; Khảo sát mức độ hài lòng của người dân.}."),
        P("Đã kiểm tra CCHC tại {q.đơn vị;kiểm tra CCHC tại đơn vị|12} đơn vị ({i|{q.sở, ngành;kiểm tra CCHC tại sở, ngành|04} sở, ngành; {q.huyện;kiểm tra CCHC tại huyện|02} huyện; {q.xã;kiểm tra CCHC tại xã|06} xã}); qua kiểm tra phát hiện {q.hạn chế;phát hiện hạn chế|27} hạn chế, đến nay khắc phục xong {q.%;khắc phục xong hạn chế|100%}."),
        P("Năm 2020, Chỉ số PAR INDEX của tỉnh đạt {q.điểm;Chỉ số PAR INDEX của tỉnh;p=2020|84,25} điểm, xếp hạng {q.hạng;Chỉ số PAR INDEX của tỉnh xếp hạng;p=2020|23/63}; SIPAS đạt {q.%;SIPAS;p=2020|88,47%}{^2|Năm 2019 PAR INDEX xếp hạng {q.hạng;PAR INDEX xếp hạng;p=2019|41/63}.}."),
        H("II.", "KẾT QUẢ THỰC HIỆN"),
        H("1.", "Cải cách thể chế"),
        P("HĐND tỉnh, UBND tỉnh ban hành {q.văn bản;văn bản quy phạm pháp luật|58} văn bản quy phạm pháp luật (VBQPPL), gồm {q.nghị quyết;nghị quyết|21} nghị quyết, {q.quyết định;quyết định|37} quyết định. Sở Tư pháp thẩm định {q.dự thảo;thẩm định dự thảo VBQPPL|74} dự thảo VBQPPL, góp ý hơn {q.dự thảo;góp ý dự thảo văn bản;ap=hơn|130} dự thảo văn bản."),
        H("2.", "Cải cách thủ tục hành chính"),
        P("Chủ tịch UBND tỉnh ban hành {q.quyết định;quyết định công bố danh mục thủ tục hành chính|63} quyết định công bố danh mục thủ tục hành chính (TTHC), trong đó ban hành mới {q.TTHC;ban hành mới TTHC|112} TTHC, sửa đổi, bổ sung {q.TTHC;sửa đổi, bổ sung TTHC|245} TTHC, bãi bỏ {q.TTHC;bãi bỏ TTHC|96} TTHC. Tổng số TTHC đang áp dụng là {q.TTHC;Tổng số TTHC đang áp dụng|1.934} TTHC."),
        P("Thực hiện {b.NĐ|Nghị định số [#61/2018/NĐ-CP]} và {b.TT|Thông tư số [#01/2018/TT-VPCP] ngày [@23/11/2018] của [~Văn phòng Chính phủ]}, có {q.UBND cấp xã;UBND cấp xã bố trí phòng tiếp nhận và trả kết quả|106/106} UBND cấp xã bố trí phòng tiếp nhận và trả kết quả theo {b.NĐ|Nghị định [#61]}."),
        H("3.", "Cải cách tổ chức bộ máy, chế độ công vụ"),
        P("Thực hiện các {b.NQ;no=18-NQ/TW;also=19-NQ/TW;by=Ban Chấp hành Trung ương (khóa XII);as=Nghị quyết số 18,19-NQ/TW của Ban Chấp hành Trung ương (khóa XII)|Nghị quyết số 18,19-NQ/TW của Ban Chấp hành Trung ương} (khóa XII), tỉnh đã giảm {q.phòng;giảm phòng thuộc sở|09} phòng thuộc sở, {q.đơn vị;giảm đơn vị sự nghiệp|31} đơn vị sự nghiệp so với năm 2015. Có {q.%;cơ quan bố trí công chức theo vị trí việc làm được phê duyệt;v=92.94;n=79;d=85;vt=79/85 cơ quan, đạt 92,94%|79/85 cơ quan, đạt 92,94%}, bố trí công chức theo vị trí việc làm được phê duyệt."),
        H("III.", "ĐÁNH GIÁ CHUNG"),
        I("-", "Công tác chỉ đạo, điều hành quyết liệt, sát thực tế; người đứng đầu nhiều cơ quan trực tiếp phụ trách CCHC."),
        I("-", "Hạn chế: tỷ lệ hồ sơ trực tuyến ở cấp huyện còn thấp; việc số hóa hồ sơ chậm so với yêu cầu của {m.CT|Chỉ thị số [#16/CT-TTg] ngày [@04/5/2017] của [~Thủ tướng Chính phủ]}."),
        H("IV.", "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022"),
        I("1.", "Triển khai Kế hoạch CCHC giai đoạn 2021 - 2025 theo {b.NQ|Nghị quyết số [#76/NQ-CP] ngày [@15/7/2021] của [~Chính phủ]}; ban hành Kế hoạch năm 2022 trong tháng 01/2022.", T("in|2022-01|trong tháng 01/2022")),
        I("2.", "Số hóa hồ sơ, kết quả giải quyết TTHC còn hiệu lực, đến hết năm 2022 đạt tối thiểu {q.%;Số hóa hồ sơ, kết quả giải quyết TTHC còn hiệu lực;ap=tối thiểu;p=2022|40%} ở cấp tỉnh.", T("by|2022|đến hết năm 2022")),
        I("3.", "Thường xuyên đối thoại với doanh nghiệp, người dân; xử lý dứt điểm phản ánh, kiến nghị.", T("continuous|-|Thường xuyên")),
        P("Trên đây là báo cáo kết quả công tác CCHC năm 2021, phương hướng, nhiệm vụ năm 2022, UBND tỉnh kính báo cáo Bộ Nội vụ./."),
    ],
    recipients=["Như trên;", "TT. Tỉnh ủy, TT. HĐND tỉnh;", "CT, các PCT UBND tỉnh;", "Sở Nội vụ;", "Lưu: VT, NC."],
    signing=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    signer="Lê Văn Trường",
    annexes=[
        Annex(
            ["Biểu mẫu 1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC"],
            TIE,
            [
                TABLE(
                    HEAD,
                    ROLES,
                    [
                        F("1.", "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", "31", ""),
                        F("2.", "Tỷ lệ hoàn thành Kế hoạch CCHC năm", "%", "95,24", ""),
                        F("2.1.", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "42", ""),
                        F("2.2.", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "40", "02 nhiệm vụ chuyển sang năm 2022 do dịch Covid-19"),
                        FH("3.", "Kiểm tra CCHC", "", "", ""),
                        F("3.1.", "Số cơ quan, đơn vị được kiểm tra", "Cơ quan, đơn vị", "12", ""),
                        F("3.2.", "Tỷ lệ xử lý các vấn đề phát hiện qua kiểm tra", "%", "100% (27/27)", ""),
                        F("4.", "Khảo sát sự hài lòng của người dân, tổ chức", "Có = 1; Không = 0", "0", "Tạm dừng do dịch"),
                        F("4.1.", "Hình thức khảo sát", "Trực tuyến = 0\nPhát phiếu = 1\nKết hợp = 2", "-", ""),
                    ],
                    widths=WIDTHS,
                    form="Biểu mẫu 1",
                )
            ],
        ),
        Annex(
            ["Biểu mẫu 2", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"],
            TIE,
            [
                TABLE(
                    HEAD,
                    ROLES,
                    [
                        FH("1.", "Thống kê TTHC", "", "", ""),
                        F("1.1.", "Số TTHC công bố mới", "Thủ tục", "112", ""),
                        F("1.2.", "Tổng số TTHC thuộc thẩm quyền giải quyết của địa phương", "Thủ tục", "1.934", ""),
                        F("1.2.1", "Số TTHC cấp tỉnh", "Thủ tục", "1.512", "Gồm cả TTHC của cơ quan ngành dọc"),
                        F("1.2.2", "Số TTHC cấp huyện", "Thủ tục", "291", ""),
                        F("1.2.3", "Số TTHC cấp xã", "Thủ tục", "131", ""),
                        FH("2.", "Kết quả giải quyết TTHC", "", "", ""),
                        F("2.1.", "Tỷ lệ hồ sơ do các sở, ngành tiếp nhận được giải quyết đúng hạn", "%", "99,7", ""),
                        F("2.1.1", "Tổng số hồ sơ đã giải quyết xong", "Hồ sơ", "248.116", ""),
                        F("2.1.2", "Số hồ sơ giải quyết đúng hạn", "Hồ sơ", "247.372", ""),
                        F("2.2.", "Tỷ lệ hồ sơ do UBND cấp xã tiếp nhận được giải quyết đúng hạn", "%", "", ""),
                        F("2.3.", "Tỷ lệ hồ sơ nộp trực tuyến (chỉ thống kê TTHC có phát sinh hồ sơ)", "%", "21.46", "", v="21.46"),
                    ],
                    widths=WIDTHS,
                    form="Biểu mẫu 2",
                )
            ],
        ),
        Annex(
            ["Biểu mẫu 3", "CẢI CÁCH TỔ CHỨC BỘ MÁY VÀ TÀI CHÍNH CÔNG"],
            TIE,
            [
                TABLE(
                    HEAD,
                    ROLES,
                    [
                        F("1.", "Tỷ lệ sở, ngành đã sắp xếp phòng chuyên môn theo tiêu chí", "%", "100% (17/17)", ""),
                        F("2.", "Số cơ quan hành chính đã được phê duyệt vị trí việc làm", "Cơ quan, đơn vị", "26/26", ""),
                        F("3.", "Tổng số biên chế được giao trong năm", "Người", "1.865", ""),
                        F("4.", "Tỷ lệ biên chế đã tinh giản so với năm 2015", "%", "10,05%", ""),
                        F("5.", "Tỷ lệ giải ngân kế hoạch vốn đầu tư công", "%", "74.18", "Lũy kế đến 30/11/2021", v="74.18"),
                        F("5.1", "Kế hoạch được giao", "Triệu đồng", "3.872.640", ""),
                        F("5.2", "Đã thực hiện", "Triệu đồng", "2.872.724", ""),
                        F("6.", "Tổng số đơn vị sự nghiệp công lập", "Đơn vị", "527", ""),
                        F("6.1", "Số đơn vị tự bảo đảm chi thường xuyên và chi đầu tư", "Đơn vị", "02", ""),
                        F("6.2", "Số đơn vị tự bảo đảm chi thường xuyên", "Đơn vị", "05", ""),
                    ],
                    widths=WIDTHS,
                    form="Biểu mẫu 3",
                )
            ],
        ),
        Annex(
            ["PHỤ LỤC", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ TRỌNG TÂM NĂM 2021"],
            TIE,
            [
                TABLE(
                    ["TT", "Nội dung", "Kết quả", "Thời gian thực hiện", "Cơ quan chủ trì", "Cơ quan phối hợp", "Đánh giá kết quả"],
                    "code text product time lead support status",
                    [
                        A("I", "Chỉ đạo, điều hành", "", "", "", "", "", area="direction"),
                        R("1", "Ban hành Kế hoạch CCHC năm 2021", "Quyết định", "Tháng 12/2020", "Sở Nội vụ", EVERYONE, "Hoàn thành", t="2020-12", s=ALL, st="done"),
                        R("2", "Tuyên truyền CCHC trên báo, đài", "Chuyên mục, phóng sự", "Thường xuyên trong năm", "Sở Nội vụ", "Đài Phát thanh và Truyền hình Trà Vinh, Báo Trà Vinh", "Hoàn thành", t="continuous|2021", s="Đài Phát thanh và Truyền hình Trà Vinh|Báo Trà Vinh", st="done"),
                        R("3", "Khảo sát mức độ hài lòng của người dân, tổ chức", "Báo cáo kết quả khảo sát", "Quý III, IV/2021", "Sở Nội vụ", "Bưu điện tỉnh", "Đang thực hiện", t="{2021-35,2021-36}", st="in_progress"),
                        A("II", "Cải cách thể chế", "", "", "", "", "", area="institutions"),
                        R("1", "Kiểm tra, rà soát VBQPPL năm 2021", "Báo cáo", "Quý IV năm 2021", "Sở Tư pháp", "Các cơ quan có liên quan", "Hoàn thành, đúng hạn", t="2021-36", st="done"),
                        R("2", "Trình HĐND tỉnh ban hành Nghị quyết về chính sách hỗ trợ công chức một cửa", "Nghị quyết", "Sau khi có ý kiến của Thường trực HĐND tỉnh", "Sở Tư pháp", "Sở Tài chính", "Chưa đến hạn", t="after|-|trigger=có ý kiến của Thường trực HĐND tỉnh", st="not_due"),
                        A("III", "Hiện đại hóa hành chính", "", "", "", "", "", area="digital"),
                        R("1", "Đề án chuyển đổi số tỉnh Trà Vinh đến năm 2025, định hướng đến năm 2030", "Quyết định phê duyệt Đề án", "Quý III/2021", "Sở Thông tin và Truyền thông", EVERYONE, "Chưa hoàn thành", t="2021-35", l="=", s=ALL, st="not_done"),
                        R("2", "Vận hành Trục liên thông dữ liệu (LGSP) của tỉnh", "", "6 tháng cuối năm 2021", "Sở Thông tin và Truyền thông", "", "Hoàn thành chậm so với kế hoạch", t="2021-41", l="=", st="late"),
                    ],
                    widths="6 30 16 16 15 17 14",
                )
            ],
        ),
    ],
    traps="letterhead-columns number-gap results-no-tasks no-lead-directive narrative-numbers fraction rank approx footnotes footnote-numbers ratio-plus-percent shared-number filled-form two-row-head coded-answers number-styles ratio-values quantity-parents dash-value partly-blank notes-column status-column area-rows quarter-sets half-year event-deadline continuous year-in-name attached-to bare-number and-in-name empty-lead",
    renderings=[
        AS("md", "text", "pipe-table torn-row repeated-head damaged-head md-marks footnote-interrupts page-torn-paragraph", table="pipe", marks="md", page=40,
           tears=[{"table": 0, "row": 5, "keep": {}, "head": {2: "Đơn vi tính", 3: "Sô liệu"}}, {"table": 1, "row": 7, "keep": {1: 8}, "head": {}}, {"table": 3, "row": 5, "keep": {}, "head": {}}]),
        AS("docx", "docx", "header-footer footnotes torn-row", tears=[{"table": 1, "row": 6, "keep": {}, "head": {}}]),
        AS("pdf", "libreoffice", "number-broken"),
    ],
)

SOURCES = [TRA_VINH]
