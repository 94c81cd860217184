# ruff: noqa: E501 - a sentence stands on one line
"""Documents that show once more what the others show once: summing-up plans, guidance with outlines, legacy texts, nested tables."""

from corpus.write import AS, BOX, FH, TABLE, A, Annex, C, F, H, I, P, R, Row, Source, T, U

FIELDS = "Sở Tư pháp|Sở Tài chính|Văn phòng UBND tỉnh"

NINH_THUAN = Source(
    id="kh-tong-ket-ninh-thuan-2024",
    kind="KH",
    level="province",
    year=2024,
    split="test",
    org=["ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN"],
    number="3307/KH-UBND",
    place="Ninh Thuận",
    dated="ngày 18 tháng 7 năm 2024",
    type_name="KẾ HOẠCH",
    title=["Sơ kết 05 năm thực hiện các Nghị quyết của Trung ương về tổ chức bộ máy", "trên địa bàn tỉnh Ninh Thuận"],
    header={"doc_type": "KH", "issuer": "Ủy ban nhân dân tỉnh Ninh Thuận"},
    body=[
        P("Thực hiện {b.NQ;no=18-NQ/TW;also=19-NQ/TW|Nghị quyết số 18,19-NQ/TW}, UBND tỉnh ban hành Kế hoạch sơ kết với các nội dung sau:"),
        BOX(P("Tài liệu kèm theo được đăng tại Cổng thông tin điện tử của Sở Nội vụ.", look="italic")),
        H("I.", "MỤC ĐÍCH, YÊU CẦU"),
        I("-", "Đánh giá đúng kết quả, hạn chế; không phô trương, hình thức."),
        H("II.", "NỘI DUNG, THỜI GIAN"),
        H("1.", "Xây dựng báo cáo của các cơ quan, đơn vị, địa phương"),
        I("a)", "Các sở, ban, ngành; UBND các huyện, thành phố xây dựng báo cáo sơ kết theo Đề cương tại Phụ lục II.", T("before|2024-08-20|trước ngày 20/8/2024", lead="Các sở, ban, ngành|UBND các huyện, thành phố")),
        I("b)", "Bộ phận tham mưu của Sở Nội vụ kiểm tra số liệu, đối chiếu với hồ sơ gốc.", T("before|2024-08-20|trước ngày 20/8/2024", lead="Bộ phận tham mưu của Sở Nội vụ")),
        I("c)", "Thời hạn gửi báo cáo: báo cáo của các cơ quan, đơn vị, địa phương gửi về Sở Nội vụ trước ngày 20/8/2024.", T("before|2024-08-20|trước ngày 20/8/2024", lead="các cơ quan, đơn vị, địa phương"),
          U("các cơ quan, đơn vị, địa phương", "báo cáo của các cơ quan, đơn vị, địa phương", "before|2024-08-20|trước ngày 20/8/2024", to="Sở Nội vụ")),
        H("2.", "Báo cáo chuyên đề"),
        P("Các cơ quan sau đây xây dựng báo cáo chuyên đề, gửi UBND tỉnh (qua Sở Nội vụ) chậm nhất ngày 30/8/2024. Cụ thể như sau:"),
        I("-", "Sở Tư pháp: chuyên đề thể chế về tổ chức bộ máy;", T("by|2024-08-30|chậm nhất ngày 30/8/2024", lead="Sở Tư pháp"), U("Sở Tư pháp", "chuyên đề thể chế về tổ chức bộ máy", "by|2024-08-30|chậm nhất ngày 30/8/2024", to="UBND tỉnh", via="Sở Nội vụ")),
        I("-", "Sở Tài chính: chuyên đề tự chủ tài chính;", T("by|2024-08-30|chậm nhất ngày 30/8/2024", lead="Sở Tài chính"), U("Sở Tài chính", "chuyên đề tự chủ tài chính", "by|2024-08-30|chậm nhất ngày 30/8/2024", to="UBND tỉnh", via="Sở Nội vụ")),
        I("-", "Văn phòng UBND tỉnh: chuyên đề quy chế làm việc.", T("by|2024-08-30|chậm nhất ngày 30/8/2024", lead="Văn phòng UBND tỉnh"), U("Văn phòng UBND tỉnh", "chuyên đề quy chế làm việc", "by|2024-08-30|chậm nhất ngày 30/8/2024", to="UBND tỉnh", via="Sở Nội vụ")),
        H("", "Hội nghị sơ kết của tỉnh", level=1.5),
        I("1.", "Tổ chức Hội nghị sơ kết, biểu dương {q.tập thể;biểu dương tập thể|10} tập thể, {q.cá nhân;biểu dương cá nhân|25} cá nhân tiêu biểu.", T("in|2024-35|Quý III/2024", lead="Sở Nội vụ", support="Văn phòng UBND tỉnh|các cơ quan liên quan")),
        I("-", "Cơ quan chủ trì: Sở Nội vụ."),
        I("-", "Cơ quan phối hợp: Văn phòng UBND tỉnh và các cơ quan liên quan."),
        I("-", "Thời gian thực hiện: {ins|Quý III/2024}{del|Quý II/2024}."),
        H("", "Tuyên truyền", level=1.5),
        I("1.", "Xây dựng chuyên trang về kết quả sắp xếp tổ chức bộ máy.", T("continuous|-|Thường xuyên", lead="Đài Phát thanh và Truyền hình tỉnh", support="Báo Ninh Thuận")),
        I("-", "Cơ quan chủ trì: Đài Phát thanh và Truyền hình tỉnh."),
        I("-", "Cơ quan phối hợp: Báo Ninh Thuận."),
        I("-", "Thời gian thực hiện: Thường xuyên."),
        P("Nhiệm vụ cụ thể theo Phụ lục I./."),
    ],
    recipients=["Ban Tổ chức Tỉnh ủy;", "Chủ tịch, các PCT UBND tỉnh;", "Các sở, ban, ngành;", "UBND các huyện, thành phố;", "Lưu: VT, NV."],
    signing=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Nguyễn Long Mẫu",
    annexes=[
        Annex(
            ["PHỤ LỤC I", "NHIỆM VỤ SƠ KẾT"],
            "(Kèm theo {at.KH|Kế hoạch số [#3307/KH-UBND] ngày [@18/7/2024] của [~UBND tỉnh]})",
            [
                TABLE(
                    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành"],
                    "code text lead support product time",
                    [
                        A("I", "Công tác chỉ đạo, điều hành", "", "", "", "", area="direction"),
                        R("1", "Thành lập Tổ biên tập giúp việc sơ kết", "Sở Nội vụ", "Các cơ quan liên quan", "Quyết định thành lập", "Tháng 7/2024", t="2024-07"),
                        R("", "", "", "", "Kế hoạch làm việc của Tổ biên tập", "Tháng 8/2024", t="2024-08"),
                        R("2", "Kiểm tra thực tế tại một số địa phương", "Theo phân công tại {b.TB|Thông báo số [#201/TB-UBND] ngày [@05/6/2024]}", "", "Biên bản", "Trước 10/8/2024", t="before|2024-08-10", l=""),
                        A("II", "Cải cách tổ chức bộ máy", "", "", "", "", area="organisation"),
                        R("1", "Thống kê số đầu mối đã giảm, biên chế đã tinh giản theo từng năm", "Sở Nội vụ", "UBND các huyện, thành phố", "Bảng thống kê", "Chậm nhất 15/8/2024", t="by|2024-08-15", s="="),
                        R("", "Đánh giá mô hình hợp nhất văn phòng cấp ủy và chính quyền ở những nơi thực hiện thí điểm", "Ban Tổ chức Tỉnh ủy", "Sở Nội vụ", "Báo cáo đánh giá", "Tháng 8/2024", t="2024-08"),
                        R("3", "Trình Hội nghị Tỉnh ủy thông qua báo cáo sơ kết", "Ban cán sự đảng UBND tỉnh", "Sở Nội vụ", "Báo cáo sơ kết", "Sau khi có ý kiến của Ban Thường vụ Tỉnh ủy", t="after|-|trigger=có ý kiến của Ban Thường vụ Tỉnh ủy",
                          duties=[U("Ban cán sự đảng UBND tỉnh", "báo cáo sơ kết", "after|-|Sau khi có ý kiến của Ban Thường vụ Tỉnh ủy|trigger=có ý kiến của Ban Thường vụ Tỉnh ủy", to="Hội nghị Tỉnh ủy")]),
                    ],
                    widths="7 30 17 17 16 16",
                    merges=[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 1, 2)],
                )
            ],
        ),
        Annex(
            ["PHỤ LỤC II", "ĐỀ CƯƠNG BÁO CÁO SƠ KẾT"],
            "",
            [
                H("I.", "ĐẶC ĐIỂM TÌNH HÌNH"),
                I("-", "Nêu khái quát chức năng, nhiệm vụ, cơ cấu tổ chức trước và sau sắp xếp."),
                H("II.", "KẾT QUẢ THỰC HIỆN"),
                I("1.", "Công tác chỉ đạo, quán triệt; ban hành văn bản."),
                I("2.", "Kết quả sắp xếp tổ chức, tinh giản biên chế (nêu số liệu từng năm)."),
                H("III.", "BIỂU SỐ LIỆU"),
                TABLE(
                    ["STT", "Nội dung{^1|UBND các huyện, thành phố thống kê cả cấp xã; Sở Nội vụ tổng hợp toàn tỉnh.}", "ĐVT", "Năm 2019", "Năm 2023"],
                    "code label unit value value",
                    [F("1", "Số phòng chuyên môn", "Phòng", "", ""), F("2", "Số đơn vị sự nghiệp công lập", "Đơn vị", "", ""), F("3", "Số biên chế có mặt", "Người", "", "")],
                    widths="8 44 14 17 17",
                    form="BIỂU SỐ LIỆU",
                    blank=True,
                    duties=[U("UBND các huyện, thành phố", "thống kê cả cấp xã", forms="BIỂU SỐ LIỆU"), U("Sở Nội vụ", "tổng hợp toàn tỉnh", forms="BIỂU SỐ LIỆU")],
                ),
            ],
        ),
    ],
    traps="letterhead-columns signing-chain aims-no-tasks shared-number sibling-deadline lead-in-deadline lead-in-receiver labelled-block bold-heads-unnumbered advisory-unit outline-no-tasks duty-footnote duty-via footnotes merged-task-cell lead-refers missing-number area-rows event-deadline continuous number-in-task blank-form and-in-name attached-to empty-lead group-agencies year-in-name",
    renderings=[
        AS("docx", "docx", "tracked-changes text-box header-footer"),
        AS("txt", "text", "tab-table slipped-head torn-row repeated-head page-torn-paragraph", table="tab", page=42,
           tears=[{"table": 0, "row": 3, "keep": {}, "head": {}}, {"table": 0, "row": 6, "keep": {1: 11}, "head": {3: "Cơ quan phối hợp thực hiện thí điểm"}}]),
        AS("pdf", "libreoffice", "number-broken torn-row", tracked=False),
    ],
)

BAC_GIANG = Source(
    id="qd-kh-bac-giang-2005",
    kind="QĐ",
    level="province",
    year=2005,
    split="dev",
    org=["UỶ BAN NHÂN DÂN", "TỈNH BẮC GIANG"],
    number="58/2005/QĐ-UB",
    place="Bắc Giang",
    dated="ngày 14 tháng 7 năm 2005",
    type_name="QUYẾT ĐỊNH",
    title=["Về việc ban hành Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức", "giai đoạn 2006 - 2010"],
    authority=["UỶ BAN NHÂN DÂN TỈNH BẮC GIANG"],
    header={"doc_type": "QĐ", "issuer": "Uỷ ban nhân dân tỉnh Bắc Giang", "period": "2006/2010"},
    body=[
        P("Căn cứ Luật Tổ chức HĐND và UBND năm 2003;"),
        P("Căn cứ {b.QĐ|Quyết định số [#161/2003/QĐ-TTg] ngày [@04/8/2003] của [~Thủ tướng Chính phủ]} ban hành Quy chế đào tạo, bồi dưỡng cán bộ, công chức;"),
        P("Theo đề nghị của Giám đốc Sở Nội vụ tại {b.TTr|Tờ trình số [#201/TTr-SNV] ngày [@30/6/2005]},"),
        P("QUYẾT ĐỊNH:", align="centre", look="bold"),
        I("Điều 1.", "Ban hành kèm theo Quyết định này Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức giai đoạn 2006 - 2010."),
        I("Điều 2.", "Giao Sở Nội vụ chủ trì, phối hợp với Trường Chính trị tỉnh tổ chức thực hiện; hàng năm báo cáo UBND tỉnh trước ngày 15/12.", T("every|-|hàng năm|rrule=FREQ=YEARLY", "before|-|trước ngày 15/12|rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", lead="Sở Nội vụ", support="Trường Chính trị tỉnh"), U("Sở Nội vụ", "báo cáo", "every|-|hàng năm|rrule=FREQ=YEARLY", "before|-|trước ngày 15/12|rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", to="UBND tỉnh")),
        I("Điều 3.", "Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các huyện, thành phố căn cứ Quyết định thi hành./.", T(lead="Thủ trưởng các sở, ban, ngành|Chủ tịch UBND các huyện, thành phố")),
    ],
    recipients=["Như Điều 3;", "Bộ Nội vụ;", "TT Tỉnh uỷ, TT HĐND tỉnh;", "Lưu: VT, NC."],
    signing=["TM. UỶ BAN NHÂN DÂN TỈNH", "CHỦ TỊCH"],
    signer="Thân Quang Mẫu",
    annexes=[
        Annex(
            ["KẾ HOẠCH", "ĐÀO TẠO, BỒI DƯỠNG GIAI ĐOẠN 2006 - 2010"],
            "(Kèm theo {at.QĐ|Quyết định số [#58/2005/QĐ-UB] ngày [@14/7/2005] của [~UBND tỉnh]})",
            [
                TABLE(
                    ["STT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
                    "code text lead support time",
                    [
                        R("1", "Bồi dưỡng kiến thức quản lý nhà nước cho công chức cấp xã", "Sở Nội vụ", "Trường Chính trị tỉnh", "Quý II năm 2006", t="2006-34"),
                        R("2", "Đào tạo tin học văn phòng", "Sở Bưu chính, Viễn thông", "Trường Cao đẳng Sư phạm", "2006 - 2008", t="between|2006/2008", l="="),
                        R("3", "Cử cán bộ đi học sau đại học", "Sở Nội vụ", "Các sở, ban, ngành", "Hàng năm", t="every|-|rrule=FREQ=YEARLY", s="="),
                    ],
                    widths="7 38 20 20 16",
                ),
                C("Biểu kèm theo: Số lượt người được đào tạo"),
                TABLE(
                    ["TT", "Đối tượng", "ĐVT", "Năm 2006", "Năm 2007", "Ghi chú"],
                    "code label unit value:2006 value:2007 note",
                    [
                        F("1", "Cán bộ, công chức cấp tỉnh", "Lượt người", "1.250", "1.400", ""),
                        F("2", "Cán bộ, công chức cấp huyện", "Lượt người", "980", "1.050", ""),
                        F("3", "Cán bộ, công chức cấp xã", "Lượt người", "2.640", "2.300", "Có cả trưởng thôn"),
                    ],
                    widths="7 36 15 14 14 16",
                    form="Biểu kèm theo: Số lượt người được đào tạo",
                ),
            ],
        )
    ],
    traps="letterhead-columns decision-issues-plan signing-chain tone-placement tcvn3 caps-by-font nameless-law attached-to coordinate-support recurring no-year-deadline year-in-name year-columns number-styles notes-column and-in-name duty-recurring",
    renderings=[
        AS("rtf", "rtf", "legacy-rtf", legacy="tcvn3"),
        AS("pdf", "reportlab", "hidden-font-name", legacy=True, hidden_name=True),
        AS("pdf", "reportlab", "", name="-vntime", legacy=True),
        AS("docx", "docx", "mixed-encodings", encode="tcvn3", font=".VnTime", caps_font=".VnTimeH", mixed=True),
    ],
)

DIEN_BIEN = Source(
    id="hd-dien-bien-2019",
    kind="HD",
    level="department",
    year=2019,
    split="dev",
    org=["UBND TỈNH ĐIỆN BIÊN", "SỞ NỘI VỤ"],
    number="1390/HD-SNV",
    place="Điện Biên",
    dated="ngày 30 tháng 8 năm 2019",
    type_name="HƯỚNG DẪN",
    title=["Xây dựng báo cáo tự chấm điểm Chỉ số cải cách hành chính năm 2019"],
    header={"doc_type": "HD", "issuer": "Sở Nội vụ tỉnh Điện Biên"},
    body=[
        P("Thực hiện {b.QĐ|Quyết định số [#712/QĐ-UBND] ngày [@12/6/2019] của [~UBND tỉnh]} ban hành Bộ Chỉ số cải cách hành chính, Sở Nội vụ hướng dẫn như sau:"),
        H("I.", "YÊU CẦU CHUNG"),
        I("-", "Tự chấm điểm trung thực, có tài liệu kiểm chứng kèm theo."),
        I("-", "Hồ sơ đánh dấu \uf0fe vào ô thích hợp: \uf06f bản giấy, \uf06f bản điện tử."),
        H("II.", "CÁCH THỰC HIỆN"),
        H("1.", "Đối với các sở, ban, ngành"),
        I("a)", "Bộ phận tham mưu cải cách hành chính của sở, ban, ngành tổng hợp tài liệu kiểm chứng.", T("before|2019-12-10|trước ngày 10/12/2019", lead="Bộ phận tham mưu cải cách hành chính của sở, ban, ngành")),
        I("b)", "Thủ trưởng sở, ban, ngành phê duyệt điểm tự chấm.", T("before|2019-12-10|trước ngày 10/12/2019", lead="Thủ trưởng sở, ban, ngành")),
        I("c)", "Thời hạn gửi hồ sơ: các sở, ban, ngành gửi hồ sơ về Sở Nội vụ trước ngày 10/12/2019.", T("before|2019-12-10|trước ngày 10/12/2019", lead="các sở, ban, ngành"), U("các sở, ban, ngành", "hồ sơ", "before|2019-12-10|trước ngày 10/12/2019", to="Sở Nội vụ")),
        H("3.", "Đối với UBND các huyện, thị xã, thành phố"),
        I("a)", "UBND các huyện, thị xã, thành phố chấm điểm cấp xã trước khi tự chấm điểm.", T(lead="UBND các huyện, thị xã, thành phố")),
        H("III.", "PHÂN CÔNG TỔNG HỢP"),
        TABLE(
            ["TT", "Nội dung công việc", "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian, nơi nhận"],
            "code text lead support time",
            [
                R("1", "Tổng hợp điểm lĩnh vực cải cách thể chế", "Sở Tư pháp", "", "Gửi Sở Nội vụ trước ngày 20/12/2019", t="before|2019-12-20|trước ngày 20/12/2019", parent="PHÂN CÔNG TỔNG HỢP", duties=[U("Sở Tư pháp", "điểm lĩnh vực cải cách thể chế", "before|2019-12-20|trước ngày 20/12/2019", to="Sở Nội vụ")]),
                R("2", "Tổng hợp điểm lĩnh vực thủ tục hành chính", "Văn phòng UBND tỉnh", "Sở Thông tin và Truyền thông", "Gửi Sở Nội vụ trước ngày 20/12/2019", t="before|2019-12-20|trước ngày 20/12/2019", s="=", parent="PHÂN CÔNG TỔNG HỢP", duties=[U("Văn phòng UBND tỉnh", "điểm lĩnh vực thủ tục hành chính", "before|2019-12-20|trước ngày 20/12/2019", to="Sở Nội vụ")]),
                R("3", "Trình Hội đồng thẩm định kết quả", "Sở Nội vụ", "Các thành viên Hội đồng", "Tháng 01/2020", t="2020-01", parent="PHÂN CÔNG TỔNG HỢP", duties=[U("Sở Nội vụ", "kết quả", "in|2020-01|Tháng 01/2020", to="Hội đồng thẩm định")]),
            ],
            widths="7 36 18 18 21",
        ),
        P("Trong quá trình thực hiện, nếu vướng mắc, đề nghị các cơ quan, địa phương liên hệ Sở Nội vụ để được hướng dẫn./."),
    ],
    recipients=["Các sở, ban, ngành tỉnh;", "UBND các huyện, thị xã, thành phố;", "Lưu: VT, CCHC."],
    signing=["GIÁM ĐỐC"],
    signer="Lò Văn Mẫu",
    annexes=[
        Annex(
            ["PHỤ LỤC", "ĐỀ CƯƠNG BÁO CÁO VÀ BẢNG TỰ CHẤM ĐIỂM"],
            "(Kèm theo {at.HD|Hướng dẫn số [#1390/HD-SNV] ngày [@30/8/2019] của [~Sở Nội vụ]})",
            [
                H("I.", "Khái quát quá trình tự chấm điểm"),
                I("-", "Việc phân công, tiến độ thực hiện; các tiêu chí không đủ tài liệu kiểm chứng."),
                H("II.", "Kết quả tự chấm điểm"),
                I("-", "So sánh với năm 2018, nêu nguyên nhân tăng, giảm."),
                TABLE(
                    ["BẢNG TỰ CHẤM ĐIỂM (dùng cho các sở, ban, ngành)"],
                    "other",
                    [Row("other", ["Kê khai theo từng tiêu chí dưới đây:"])],
                    nested={
                        (0, 0): TABLE(
                            ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Tài liệu kiểm chứng"],
                            "code label other value note",
                            [
                                FH("1", "Chỉ đạo, điều hành", "", "", ""),
                                F("1.1", "Ban hành kế hoạch cải cách hành chính năm", "2", "", ""),
                                F("1.2", "Tỷ lệ nhiệm vụ hoàn thành", "3", "", ""),
                                F("2", "Số sáng kiến cải cách hành chính", "1,5", "", ""),
                            ],
                            form="BẢNG TỰ CHẤM ĐIỂM",
                            blank=True,
                            widths="7 40 14 17 22",
                        ).table
                    },
                ),
            ],
        )
    ],
    traps="dept-letterhead letterhead-columns aims-no-tasks sibling-deadline advisory-unit wrong-outline duty-in-table outline-no-tasks blank-form nested-table private-use attached-to closing-not-duty empty-lead and-in-name",
    renderings=[
        AS("docx", "docx", "header-footer"),
        AS("doc", "htmldoc", "html-in-doc", name="-html"),
        AS("pdf", "chromium", "number-broken"),
    ],
)

LANG_SON = Source(
    id="bc-stc-lang-son-2026",
    kind="BC",
    level="department",
    year=2026,
    split="test",
    org=["UBND TỈNH LẠNG SƠN", "SỞ TÀI CHÍNH"],
    number="152/BC-STC",
    place="Lạng Sơn",
    dated="ngày 10 tháng 4 năm 2026",
    type_name="BÁO CÁO",
    title=["Tình hình thực hiện nhiệm vụ ngân sách, sắp xếp nhà, đất quý I năm 2026"],
    addressees=["Ủy ban nhân dân tỉnh Lạng Sơn"],
    header={"doc_type": "BC", "issuer": "Sở Tài chính tỉnh Lạng Sơn"},
    body=[
        P("Thực hiện {b.QĐ|Quyết định số [#2480/QĐ-UBND] ngày [@10/12/2025] của [~UBND tỉnh]} về giao dự toán năm 2026, Sở Tài chính báo cáo kết quả quý I năm 2026:"),
        H("I.", "Thu, chi ngân sách"),
        P("Tổng thu ngân sách trên địa bàn {q.tỷ đồng;Tổng thu ngân sách trên địa bàn|3.412,7} tỷ đồng, bằng {q.%;Tổng thu ngân sách trên địa bàn so với dự toán|27,9%} dự toán, tăng {q.%;Tổng thu ngân sách trên địa bàn tăng so với cùng kỳ|6,3%} so với cùng kỳ. Chi thường xuyên {q.tỷ đồng;Chi thường xuyên|2.608} tỷ đồng."),
        H("II.", "Sắp xếp nhà, đất"),
        P("Đã phê duyệt phương án đối với {q.%;phê duyệt phương án sắp xếp nhà, đất cơ sở;v=97.62;n=1312;d=1344;vt=1.312/1.344 cơ sở nhà, đất, đạt tỷ lệ 97,62%|1.312/1.344 cơ sở nhà, đất, đạt tỷ lệ 97,62%}; chuyển giao {q.cơ sở;chuyển giao cơ sở về địa phương|86} cơ sở về địa phương."),
        P("Biểu tượng \uf0b7 trong các bảng là số liệu ước tính."),
        H("III.", "Nhiệm vụ quý II năm 2026"),
        I("1.", "Sở Tài chính phối hợp với Thuế tỉnh, Kho bạc Nhà nước khu vực VI rà soát nguồn thu; trình UBND tỉnh kịch bản điều hành trước ngày 25/4/2026.", T("before|2026-04-25|trước ngày 25/4/2026", lead="Sở Tài chính", support="Thuế tỉnh|Kho bạc Nhà nước khu vực VI"), U("Sở Tài chính", "kịch bản điều hành", "before|2026-04-25|trước ngày 25/4/2026", to="UBND tỉnh")),
        I("2.", "Hoàn thành xử lý {q.cơ sở;xử lý cơ sở nhà, đất còn lại|32} cơ sở nhà, đất còn lại trong quý II.", T("in|2026-34|trong quý II")),
        P("Sở Tài chính báo cáo UBND tỉnh xem xét, chỉ đạo./."),
    ],
    recipients=["Như trên;", "Ban Giám đốc Sở;", "Lưu: VT, QLNS."],
    signing=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    signer="Hoàng Thúy Mẫu",
    annexes=[
        Annex(
            ["PHỤ LỤC", "THU NGÂN SÁCH QUÝ I NĂM 2026"],
            "(Kèm theo {at.BC|Báo cáo số [#152/BC-STC] ngày [@10/4/2026] của [~Sở Tài chính]})",
            [
                TABLE(
                    ["Bảng kèm theo phần I của Báo cáo"],
                    "other",
                    [Row("other", ["Số liệu chốt đến ngày 31/3/2026. ĐVT: triệu đồng"])],
                    nested={
                        (0, 0): TABLE(
                            ["TT", "Nội dung", "Dự toán năm 2026", "Thực hiện quý I", "Ghi chú"],
                            "code label value:2026 value:2026 note",
                            [
                                F("I", "Thu nội địa", "6.150.000", "1.702.418", ""),
                                F("1", "Thu từ doanh nghiệp nhà nước", "212.000", "58.340,5", ""),
                                F("2", "Tiền sử dụng đất", "1.900.000", "-", "Chưa phát sinh"),
                                F("II", "Thu xuất nhập khẩu", "6.080.000", "1.710.282", ""),
                            ],
                            form="THU NGÂN SÁCH QUÝ I NĂM 2026",
                            unit="triệu đồng",
                            widths="7 40 18 18 17",
                        ).table
                    },
                )
            ],
        )
    ],
    traps="dept-letterhead letterhead-columns signing-chain results-no-tasks narrative-numbers ratio-plus-percent unit-above-table nested-table private-use number-styles quantity-parents dash-value notes-column no-year-deadline coordinate-support number-in-task and-in-name attached-to",
    renderings=[
        AS("docx", "docx", "header-footer"),
        AS("html", "html", "html-lists", lists=True),
        AS("pdf", "reportlab", "watermark", font="Arimo", size=11.5, watermark="DỰ THẢO"),
        AS("pdf", "scan", "good-layer scan-noise scan-skew", name="-scan", layer="good", skew=0.3, seed=101),
    ],
)

LONG_PHU = Source(
    id="hd-long-phu-2008",
    kind="HD",
    level="district",
    year=2008,
    split="test",
    org=["UBND HUYỆN LONG PHÚ", "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG"],
    number="17/HD-PTNMT",
    place="Long Phú",
    dated="ngày 03 tháng 3 năm 2008",
    type_name="HƯỚNG DẪN",
    title=["Kiểm kê hiện trạng sử dụng đất và chế độ báo cáo năm 2008"],
    header={"doc_type": "HD", "issuer": "Phòng Tài nguyên và Môi trường huyện Long Phú"},
    body=[
        P("Căn cứ {b.TT|Thông tư số [#08/2007/TT-BTNMT] ngày [@02/8/2007] của [~Bộ Tài nguyên và Môi trường]} hướng dẫn thực hiện thống kê, kiểm kê đất đai, Phòng Tài nguyên và Môi trường hướng dẫn như sau:"),
        H("1.", "UBND các xã, thị trấn", lead="UBND các xã, thị trấn"),
        I("-", "Cập nhật biến động đất đai vào bản đồ địa chính, hoàn thành trước ngày 30/4/2008.", T("before|2008-04-30|trước ngày 30/4/2008")),
        I("-", "Nộp báo cáo và Biểu 01, Biểu 02 về Phòng Tài nguyên và Môi trường trước ngày 15/5/2008.", T("before|2008-05-15|trước ngày 15/5/2008"), U("UBND các xã, thị trấn", "báo cáo", "before|2008-05-15|trước ngày 15/5/2008", to="Phòng Tài nguyên và Môi trường", forms="Biểu 01|Biểu 02")),
        H("2.", "Văn phòng Đăng ký quyền sử dụng đất", lead="Văn phòng Đăng ký quyền sử dụng đất"),
        P("Phối hợp với UBND các xã, thị trấn kiểm tra nghiệm thu trong tháng 6/2008.", T("in|2008-06|trong tháng 6/2008", support="UBND các xã, thị trấn")),
        C("Biểu 01. Diện tích đất theo mục đích sử dụng"),
        TABLE(
            ["TT", "Mục đích sử dụng", "ĐVT", "Năm 2005", "Năm 2008"],
            "code label unit value value",
            [F("1", "Đất nông nghiệp", "Ha", "", ""), F("2", "Đất phi nông nghiệp", "Ha", "", ""), F("3", "Đất chưa sử dụng", "Ha", "", "")],
            widths="8 44 14 17 17",
            form="Biểu 01",
            blank=True,
        ),
        P("Trên đây là hướng dẫn kiểm kê đất đai năm 2008./."),
    ],
    recipients=["UBND huyện (để b/c);", "UBND các xã, thị trấn;", "Lưu: VP."],
    signing=["TRƯỞNG PHÒNG"],
    signer="Lâm Văn Phước",
    traps="dept-letterhead letterhead-columns vni blank-form duty-forms coordinate-support agency-heading and-in-name",
    renderings=[
        AS("docx", "docx", "", encode="vni", font="VNI-Times"),
        AS("rtf", "rtf", "legacy-rtf", legacy="vni"),
        AS("txt", "text", "viqr", legacy="viqr", width=80),
        AS("doc", "libreoffice", "legacy-doc", of="rtf", to="doc", legacy="vni"),
    ],
)

SOURCES = [NINH_THUAN, BAC_GIANG, DIEN_BIEN, LANG_SON, LONG_PHU]
