# ruff: noqa: E501 - a sentence stands on one line
"""Decisions that issue a plan: a ward after July 2025, a province in TCVN3, a district."""

from corpus.write import AS, FH, TABLE, A, Annex, F, H, I, P, R, Source, T, U

HAI_CHAU = Source(
    id="qd-kh-hai-chau-2025",
    kind="QĐ",
    level="ward",
    year=2025,
    split="dev",
    org=["ỦY BAN NHÂN DÂN", "PHƯỜNG HẢI CHÂU"],
    number="214/QĐ-UBND",
    place="Hải Châu",
    dated="ngày 09 tháng 9 năm 2025",
    type_name="QUYẾT ĐỊNH",
    title=["Ban hành Kế hoạch cải cách hành chính phường Hải Châu", "6 tháng cuối năm 2025"],
    authority=["ỦY BAN NHÂN DÂN PHƯỜNG HẢI CHÂU"],
    header={"doc_type": "QĐ", "issuer": "Ủy ban nhân dân phường Hải Châu"},
    body=[
        P("Căn cứ {b.L|Luật Tổ chức chính quyền địa phương số [#72/2025/QH15]};"),
        P("Căn cứ {b.NĐ|Nghị định số [#118/2025/NĐ-CP] ngày [@09/6/2025] của [~Chính phủ]} về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông;"),
        P("Căn cứ {b.QĐ|Quyết định số [#1046/QĐ-UBND] ngày [@15/8/2025] của [~UBND thành phố Đà Nẵng]} về Kế hoạch cải cách hành chính 6 tháng cuối năm 2025;"),
        P("Theo đề nghị của Chánh Văn phòng HĐND và UBND phường."),
        P("QUYẾT ĐỊNH:", align="centre", look="bold"),
        I("Điều 1.", "Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính phường Hải Châu 6 tháng cuối năm 2025."),
        I("Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký và thay thế {rp.QĐ|Quyết định số [#36/QĐ-UBND] ngày [@11/7/2025] của [~UBND phường]}."),
        I("Điều 3.", "Chánh Văn phòng HĐND và UBND phường, Trưởng các phòng chuyên môn, Giám đốc Trung tâm Phục vụ hành chính công phường chịu trách nhiệm thi hành Quyết định này./.",
          T(lead="Chánh Văn phòng HĐND và UBND phường|Trưởng các phòng chuyên môn|Giám đốc Trung tâm Phục vụ hành chính công phường", parent=None)),
    ],
    recipients=["Như Điều 3;", "UBND thành phố (b/c);", "TT. Đảng ủy, TT. HĐND phường;", "Lưu: VT, VP."],
    signing=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    signer="Nguyễn Đức Khương",
    annexes=[
        Annex(
            ["KẾ HOẠCH", "Cải cách hành chính phường Hải Châu 6 tháng cuối năm 2025"],
            "(Ban hành kèm theo {at.QĐ|Quyết định số [#214/QĐ-UBND] ngày [@09/9/2025] của [~UBND phường Hải Châu]})",
            [
                H("I.", "MỤC TIÊU"),
                I("-", "Giải quyết đúng và trước hạn trên {q.%;hồ sơ Giải quyết đúng và trước hạn;ap=trên|99%} hồ sơ; mức độ hài lòng của người dân đạt từ {q.%;mức độ hài lòng của người dân;ap=từ|95%}."),
                H("II.", "NHIỆM VỤ CHỦ YẾU"),
                P("Chi tiết tại Bảng phân công nhiệm vụ dưới đây:"),
                TABLE(
                    [[("TT", 1, 2), ("Nhiệm vụ", 1, 2), ("Phân công thực hiện", 2, 1), ("Kết quả", 1, 2), ("Thời gian hoàn thành", 1, 2)], ["Đơn vị chủ trì", "Đơn vị phối hợp"]],
                    "code text lead support product time",
                    [
                        A("I", "Cải cách thủ tục hành chính", "", "", "", "", area="procedures"),
                        R("1", "Niêm yết, công khai thủ tục hành chính tại trụ sở, trang thông tin điện tử phường", "Trung tâm Phục vụ hành chính công phường", "Các phòng chuyên môn", "Bảng niêm yết, chuyên mục", "Thường xuyên", t="continuous"),
                        R("2", "Rà soát quy trình nội bộ, đề xuất cắt giảm thời gian giải quyết", "Văn phòng HĐND và UBND phường", "Các phòng: Kinh tế, Hạ tầng và Đô thị; Văn hóa - Xã hội", "Báo cáo đề xuất", "Trước 30/10/2025", t="before|2025-10-30", l="=", s="Phòng Kinh tế, Hạ tầng và Đô thị|Phòng Văn hóa - Xã hội"),
                        R("3", "Tổ chức “Ngày thứ Năm không viết, không hẹn”", "Trung tâm Phục vụ hành chính công phường", "Đoàn Thanh niên phường", "Kế hoạch, hình ảnh", "Hằng tuần, từ tháng 10/2025", t="every|-|Hằng tuần|rrule=FREQ=WEEKLY & from|2025-10/..|từ tháng 10/2025"),
                        A("II", "Cải cách chế độ công vụ", "", "", "", "", area="civil_service"),
                        R("1", "Kiểm tra đột xuất việc chấp hành kỷ luật, kỷ cương hành chính", "Phòng Văn hóa - Xã hội", "", "Biên bản kiểm tra", "Quý IV năm 2025", t="2025-36"),
                        R("2", "Đánh giá, xếp loại công chức năm 2025", "Văn phòng HĐND và UBND phường", "Các phòng chuyên môn", "Thông báo kết quả", "Chậm nhất 10/12/2025", t="by|2025-12-10", l="="),
                        A("III", "Xây dựng chính quyền số", "", "", "", "", area="digital"),
                        R("1", "Cấp chữ ký số cá nhân cho công chức", "Văn phòng HĐND và UBND phường", "Sở Khoa học và Công nghệ", "{q.chứng thư số;chứng thư số|64} chứng thư số", "Sau khi UBND thành phố phân bổ thiết bị", t="after|-|trigger=UBND thành phố phân bổ thiết bị", l="=", s="="),
                        R("2", "Vận hành Tổ công nghệ số cộng đồng tại {q.tổ dân phố;Vận hành Tổ công nghệ số cộng đồng tại tổ dân phố|52} tổ dân phố", "Phòng Văn hóa - Xã hội", "Ủy ban MTTQ Việt Nam phường; các đoàn thể", "Báo cáo hằng quý", "Thường xuyên trong năm 2025", t="continuous|2025", s="Ủy ban MTTQ Việt Nam phường|các đoàn thể"),
                    ],
                    widths="6 32 19 19 15 15",
                ),
                H("III.", "TỔ CHỨC THỰC HIỆN"),
                H("1.", "Văn phòng HĐND và UBND phường", lead="Văn phòng HĐND và UBND phường"),
                I("-", "Tổng hợp báo cáo cải cách hành chính quý III và năm 2025, gửi Sở Nội vụ theo thời hạn quy định.", T("per|-|theo thời hạn quy định|trigger=thời hạn quy định"), U("Văn phòng HĐND và UBND phường", "báo cáo cải cách hành chính quý III và năm 2025", "per|-|theo thời hạn quy định|trigger=thời hạn quy định", to="Sở Nội vụ")),
                H("2.", "Các phòng chuyên môn; Trung tâm Phục vụ hành chính công phường", lead="Các phòng chuyên môn|Trung tâm Phục vụ hành chính công phường"),
                I("-", "Triển khai nhiệm vụ được phân công; gửi báo cáo kết quả về Văn phòng HĐND và UBND phường trước ngày 05 tháng 12 năm 2025.", T("before|2025-12-05|trước ngày 05 tháng 12 năm 2025"), U("Các phòng chuyên môn|Trung tâm Phục vụ hành chính công phường", "báo cáo kết quả", "before|2025-12-05|trước ngày 05 tháng 12 năm 2025", to="Văn phòng HĐND và UBND phường")),
            ],
        )
    ],
    traps="letterhead-columns two-level-2025 decision-issues-plan replaces attached-to two-row-head area-rows aims-no-tasks approx shared-head and-in-name continuous recurring open-range event-deadline per-deadline number-in-task empty-lead half-year-in-name compound-time agency-heading hyphen-in-name",
    renderings=[
        AS("docx", "docx", "header-footer"),
        AS("pdf", "chromium", "torn-row number-broken"),
        AS("html", "html", "site-boilerplate html-lists", site=True, lists=True),
    ],
)

DIST = "UBND các huyện, thành phố"

NAM_DINH = Source(
    id="qd-kh-nam-dinh-2007",
    kind="QĐ",
    level="province",
    year=2007,
    split="test",
    org=["UỶ BAN NHÂN DÂN", "TỈNH NAM ĐỊNH"],
    number="615/2007/QĐ-UBND",
    place="Nam Định",
    dated="ngày 26 tháng 3 năm 2007",
    type_name="QUYẾT ĐỊNH",
    title=["Về việc ban hành Kế hoạch phòng, chống dịch cúm gia cầm", "trên địa bàn tỉnh năm 2007"],
    authority=["UỶ BAN NHÂN DÂN TỈNH NAM ĐỊNH"],
    header={"doc_type": "QĐ", "issuer": "Uỷ ban nhân dân tỉnh Nam Định"},
    body=[
        P("Căn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003;"),
        P("Căn cứ {b.NĐ|Nghị định số [#33/2005/NĐ-CP] ngày [@15/3/2005] của [~Chính phủ]} quy định chi tiết thi hành một số điều của Pháp lệnh Thú y;"),
        P("Căn cứ {b.CT|Chỉ thị số [#01/2007/CT-TTg] ngày [@10/01/2007] của [~Thủ tướng Chính phủ]} về tập trung phòng, chống dịch cúm gia cầm;"),
        P("Xét đề nghị của Giám đốc Sở Nông nghiệp và PTNT tại {m.TTr|Tờ trình số [#112/TTr-NN] ngày [@15/3/2007]},"),
        P("QUYẾT ĐỊNH:", align="centre", look="bold"),
        I("Điều 1.", "Ban hành kèm theo Quyết định này Kế hoạch phòng, chống dịch cúm gia cầm trên địa bàn tỉnh năm 2007."),
        I("Điều 2.", "Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký; thay thế {rp.QĐ|Quyết định số [#2914/2005/QĐ-UBND] ngày [@18/11/2005] của [~UBND tỉnh]}."),
        I("Điều 3.", "Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nông nghiệp và PTNT, Chủ tịch UBND các huyện, thành phố chịu trách nhiệm thi hành Quyết định này./.",
          T(lead="Chánh Văn phòng UBND tỉnh|Giám đốc Sở Nông nghiệp và PTNT|Chủ tịch UBND các huyện, thành phố", parent=None)),
    ],
    recipients=["Như Điều 3;", "Bộ Nông nghiệp và PTNT;", "TT Tỉnh uỷ, TT HĐND tỉnh;", "Lưu: VP1, VP3."],
    signing=["TM. UỶ BAN NHÂN DÂN TỈNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Trần Xuân Vinh",
    annexes=[
        Annex(
            ["KẾ HOẠCH", "Phòng, chống dịch cúm gia cầm trên địa bàn tỉnh năm 2007"],
            "(Ban hành kèm theo {at.QĐ|Quyết định số [#615/2007/QĐ-UBND] ngày [@26/3/2007] của [~UBND tỉnh]})",
            [
                H("I.", "TÌNH HÌNH"),
                P("Năm 2006, toàn tỉnh tiêm phòng được {q.con;tiêm phòng gia cầm;p=2006|8.215.400} con gia cầm, đạt {q.%;tiêm phòng gia cầm;p=2006|92,3%} kế hoạch; kiểm soát {q.chốt;kiểm soát chốt;p=2006|14} chốt trên các trục đường."),
                H("II.", "NHIỆM VỤ"),
                H("1.", "Tiêm phòng"),
                I("-", "Sở Nông nghiệp và PTNT chỉ đạo Chi cục Thú y tổ chức tiêm phòng hai đợt: đợt 1 hoàn thành trước 15/4/2007, đợt 2 trong tháng 10/2007.", T("before|2007-04-15|trước 15/4/2007", "in|2007-10|trong tháng 10/2007", lead="Sở Nông nghiệp và PTNT", support="")),
                I("-", "UBND các huyện, thành phố bảo đảm tỷ lệ tiêm phòng đạt trên {q.%;tỷ lệ tiêm phòng;ap=trên|95%} tổng đàn.", T(lead=DIST)),
                H("2.", "Kiểm dịch, tiêu độc khử trùng"),
                I("-", "Chi cục Thú y phối hợp với Công an tỉnh, Chi cục Quản lý thị trường duy trì thường xuyên các chốt kiểm dịch.", T("continuous|-|thường xuyên", lead="Chi cục Thú y", support="Công an tỉnh|Chi cục Quản lý thị trường")),
                I("-", "Sở Tài chính cấp kinh phí mua hoá chất theo dự toán được duyệt.", T(lead="Sở Tài chính")),
                H("III.", "CHẾ ĐỘ BÁO CÁO"),
                P("UBND các huyện, thành phố báo cáo tình hình dịch về Ban Chỉ đạo tỉnh (qua Chi cục Thú y) trước 15 giờ hàng ngày.", T("before|-|trước 15 giờ hàng ngày|rrule=FREQ=DAILY", lead=DIST),
                  U(DIST, "tình hình dịch", "before|-|trước 15 giờ hàng ngày|rrule=FREQ=DAILY", to="Ban Chỉ đạo tỉnh", via="Chi cục Thú y")),
                P("Chi cục Thú y gửi báo cáo sơ kết về UBND tỉnh trước ngày 20/6 và ngày 20/12 hàng năm.", T("before|-|trước ngày 20/6 và ngày 20/12 hàng năm|rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", lead="Chi cục Thú y"),
                  U("Chi cục Thú y", "báo cáo sơ kết", "before|-|trước ngày 20/6 và ngày 20/12 hàng năm|rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", to="UBND tỉnh")),
            ],
        ),
        Annex(
            ["BIỂU 01", "CHỈ TIÊU TIÊM PHÒNG GIA CẦM NĂM 2007"],
            "",
            [
                TABLE(
                    ["TT", "Chỉ tiêu", "Đơn vị", "TH 2006", "KH 2007", "Ghi chú"],
                    "code label unit value:2006 value:2007 note",
                    [
                        F("1", "Tổng đàn gia cầm", "1.000 con", "6.870", "7.100", ""),
                        FH("2", "Số gia cầm được tiêm phòng", "", "", "", ""),
                        F("-", "Đợt 1", "1.000 con", "4.102,5", "4.650", ""),
                        F("-", "Đợt 2", "1.000 con", "4.112,9", "4.700", ""),
                        F("3", "Tỷ lệ tiêm phòng", "%", "92,3", "95", ""),
                        F("4", "Hoá chất khử trùng", "Lít", "-", "6.500", ""),
                    ],
                    widths="7 36 14 14 14 15",
                    form="BIỂU 01",
                )
            ],
        ),
    ],
    traps="letterhead-columns decision-issues-plan signing-chain tone-placement tcvn3 caps-by-font replaces attached-to nameless-law results-no-tasks compound-time recurring duty-via narrative-numbers year-columns number-styles dash-value dash-codes and-in-name coordinate-support",
    renderings=[
        AS("rtf", "rtf", "legacy-rtf", legacy="tcvn3"),
        AS("docx", "docx", "", encode="tcvn3", font=".VnTime", caps_font=".VnTimeH"),
        AS("pdf", "reportlab", "hidden-font-name", legacy=True, hidden_name=True),
    ],
)

CHAU_PHU = Source(
    id="qd-kh-chau-phu-2012",
    kind="QĐ",
    level="district",
    year=2012,
    split="test",
    org=["ỦY BAN NHÂN DÂN", "HUYỆN CHÂU PHÚ"],
    number="1108/QĐ-UBND",
    place="Châu Phú",
    dated="ngày 14 tháng 5 năm 2012",
    type_name="QUYẾT ĐỊNH",
    title=["Phê duyệt Kế hoạch hành động vệ sinh an toàn thực phẩm", "huyện Châu Phú giai đoạn 2012 - 2015"],
    authority=["CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN CHÂU PHÚ"],
    header={"doc_type": "QĐ", "issuer": "Ủy ban nhân dân huyện Châu Phú", "period": "2012/2015"},
    body=[
        P("Căn cứ Luật An toàn thực phẩm ngày 17 tháng 6 năm 2010;"),
        P("Căn cứ {b.NĐ|Nghị định số [#38/2012/NĐ-CP] ngày [@25 tháng 4 năm 2012] của [~Chính phủ]} quy định chi tiết thi hành một số điều của Luật An toàn thực phẩm;"),
        P("Xét {m.TTr|Tờ trình số [#45/TTr-PYT] ngày [@03/5/2012] của [~Phòng Y tế]},"),
        P("QUYẾT ĐỊNH:", align="centre", look="bold"),
        H("Điều 1.", "Phê duyệt Kế hoạch hành động vệ sinh an toàn thực phẩm huyện Châu Phú giai đoạn 2012 - 2015, với các nội dung chủ yếu sau:", look="plain", names_subject=False),
        H("1.", "Mục tiêu"),
        I("a)", "Đến năm 2015, {q.%;cơ sở được cấp giấy chứng nhận đủ điều kiện;p=2015|80%} cơ sở được cấp giấy chứng nhận đủ điều kiện an toàn thực phẩm."),
        I("b)", "Giảm {q.%;Giảm số vụ ngộ độc thực phẩm tập thể|30%} số vụ ngộ độc thực phẩm tập thể so với bình quân giai đoạn 2006 - 2010."),
        H("2.", "Nhiệm vụ"),
        I("a)", "Phòng Y tế: kiểm tra liên ngành mỗi quý một lần; tham mưu kiện toàn Ban Chỉ đạo trong quý II năm 2012.", T("every|-|mỗi quý một lần|rrule=FREQ=MONTHLY;INTERVAL=3", "in|2012-34|trong quý II năm 2012", lead="Phòng Y tế")),
        I("b)", "Phòng Nông nghiệp và Phát triển nông thôn, Phòng Kinh tế và Hạ tầng: quản lý an toàn thực phẩm theo ngành; phối hợp với Phòng Y tế xử lý vi phạm.", T(lead="Phòng Nông nghiệp và Phát triển nông thôn|Phòng Kinh tế và Hạ tầng", support="Phòng Y tế")),
        I("c)", "UBND các xã, thị trấn: tổ chức Tháng hành động vì chất lượng, vệ sinh an toàn thực phẩm từ ngày 15/4 đến ngày 15/5 hằng năm; báo cáo Phòng Y tế trước ngày 25/5.", T("between|-|từ ngày 15/4 đến ngày 15/5 hằng năm", "before|-|trước ngày 25/5|rrule=FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=25", lead="UBND các xã, thị trấn"), U("UBND các xã, thị trấn", "báo cáo", "before|-|trước ngày 25/5|rrule=FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=25", to="Phòng Y tế")),
        H("3.", "Kinh phí"),
        P("Tổng kinh phí {q.triệu đồng;Tổng kinh phí|1.285} triệu đồng từ ngân sách huyện, phân kỳ tại Biểu kèm theo."),
        I("Điều 2.", "Giao Phòng Y tế chủ trì, phối hợp với các cơ quan liên quan tổ chức thực hiện Kế hoạch; sơ kết vào tháng 12/2013.", T("in|2013-12|vào tháng 12/2013", lead="Phòng Y tế", support="các cơ quan liên quan", parent=None)),
        I("Điều 3.", "Chánh Văn phòng HĐND và UBND huyện, Trưởng Phòng Y tế, Chủ tịch UBND các xã, thị trấn chịu trách nhiệm thi hành Quyết định này./.", T(lead="Chánh Văn phòng HĐND và UBND huyện|Trưởng Phòng Y tế|Chủ tịch UBND các xã, thị trấn", parent=None)),
    ],
    recipients=["Như Điều 3;", "Sở Y tế An Giang;", "TT. HU, TT. HĐND huyện;", "Lưu: VT."],
    signing=["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Trần Thanh Nhã",
    annexes=[
        Annex(
            ["BIỂU PHÂN KỲ KINH PHÍ"],
            "(Kèm theo {at.QĐ|Quyết định số [#1108/QĐ-UBND] ngày [@14/5/2012] của [~Chủ tịch UBND huyện Châu Phú]})",
            [
                TABLE(
                    [[("TT", 1, 2), ("Nội dung chi", 1, 2), ("ĐVT", 1, 2), ("Phân kỳ", 4, 1)], ["Năm 2012", "Năm 2013", "Năm 2014", "Năm 2015"]],
                    "code label unit value:2012 value:2013 value:2014 value:2015",
                    [
                        F("", "Tổng cộng", "Triệu đồng", "265", "310", "340", "370"),
                        F("1", "Truyền thông", "Triệu đồng", "80", "95", "100", "110"),
                        F("2", "Kiểm tra, giám sát mẫu", "Triệu đồng", "125,5", "140", "160", "170"),
                        F("3", "Tập huấn", "Triệu đồng", "59,5", "75", "80", "90"),
                    ],
                    widths="7 36 15 11 11 11 11",
                    form="BIỂU PHÂN KỲ KINH PHÍ",
                )
            ],
        )
    ],
    traps="letterhead-columns decision-issues-plan signing-chain nameless-law aims-no-tasks coordinate-support and-in-name compound-time recurring no-year-deadline year-columns two-row-head number-styles quantity-parents attached-to year-in-name",
    renderings=[
        AS("pdf", "scan", "scan-skew scan-stamp scan-signature scan-noise", dpi=160, skew=0.9, noise=10, seed=11),
        AS("docx", "docx", "header-footer"),
        AS("doc", "libreoffice", "legacy-doc", to="doc"),
    ],
)

SOURCES = [HAI_CHAU, NAM_DINH, CHAU_PHU]
