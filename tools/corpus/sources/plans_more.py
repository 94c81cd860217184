# ruff: noqa: E501 - a sentence stands on one line
"""A long task table in the test split."""

from corpus.write import AS, PR, TABLE, A, Annex, H, I, P, R, Source, T, U

ALL = "Các sở, ban, ngành|UBND các huyện, thị xã, thành phố"
EVERYONE = "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố"

QUANG_BINH = Source(
    id="kh-cchc-quang-binh-2025",
    kind="KH",
    level="province",
    year=2025,
    split="test",
    org=["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG BÌNH"],
    number="2841 /KH-UBND",
    place="Quảng Bình",
    dated="ngày 20 tháng 12 năm 2024",
    type_name="KẾ HOẠCH",
    title=["Cải cách hành chính nhà nước tỉnh Quảng Bình năm 2025"],
    header={"doc_type": "KH", "issuer": "Ủy ban nhân dân tỉnh Quảng Bình", "period": "2025"},
    body=[
        P("Triển khai {b.QĐ|Quyết định số [#3010/QĐ-UBND] ngày [@21/9/2021] của [~UBND tỉnh]} về Kế hoạch cải cách hành chính (CCHC) giai đoạn 2021 - 2025, UBND tỉnh ban hành Kế hoạch năm 2025 như sau:"),
        H("I.", "MỤC TIÊU"),
        I("-", "Hoàn thành {q.%;Hoàn thành nhiệm vụ Kế hoạch giai đoạn 2021 - 2025|100%} nhiệm vụ Kế hoạch giai đoạn 2021 - 2025; phấn đấu Chỉ số PAR INDEX thuộc nhóm khá."),
        H("II.", "NHIỆM VỤ CỤ THỂ"),
        P("Thực hiện theo Phụ lục ban hành kèm theo Kế hoạch này."),
        H("III.", "TỔ CHỨC THỰC HIỆN"),
        H("1.", "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố", lead=ALL),
        I("-", "Ban hành kế hoạch trước ngày 15/01/2025, gửi Sở Nội vụ theo dõi.", T("before|2025-01-15|trước ngày 15/01/2025"), U(ALL, "kế hoạch", "before|2025-01-15|trước ngày 15/01/2025", to="Sở Nội vụ")),
        H("2.", "Sở Tài chính", lead="Sở Tài chính"),
        P("Chủ trì, phối hợp với Sở Nội vụ thẩm định kinh phí thực hiện Kế hoạch.", T(support="Sở Nội vụ")),
        P("Kế hoạch này thay thế {rp.CV|Công văn số [#118/UBND-NC] ngày [@19/01/2024]}./."),
    ],
    recipients=["Bộ Nội vụ;", "TT. Tỉnh ủy, TT. HĐND tỉnh;", "Các sở, ban, ngành;", "UBND các huyện, thị xã, thành phố;", "Lưu: VT, NCVX."],
    signing=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Phan Văn Mẫu",
    annexes=[
        Annex(
            ["PHỤ LỤC", "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2025"],
            "(Ban hành kèm theo {at.KH|Kế hoạch số [#2841 /KH-UBND] ngày [@20/12/2024] của [~UBND tỉnh Quảng Bình]})",
            [
                TABLE(
                    ["TT", "Thời gian hoàn thành", "Tên nhiệm vụ", "Đơn vị chủ trì thực hiện", "Đơn vị phối hợp thực hiện", "Kết quả, sản phẩm dự kiến"],
                    "code time text lead support product",
                    [
                        A("I", "", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "", "", "", area="direction"),
                        R("1", "Quý I/2025", "Ban hành Kế hoạch tuyên truyền CCHC năm 2025", "Sở Nội vụ", "Đài Phát thanh và Truyền hình Quảng Bình, Báo Quảng Bình", "Kế hoạch của UBND tỉnh", t="2025-33", s="Đài Phát thanh và Truyền hình Quảng Bình|Báo Quảng Bình"),
                        R("2", "Từ tháng 3 đến tháng 11/2025", "Kiểm tra công tác CCHC tại {q.cơ quan, đơn vị;Kiểm tra công tác CCHC tại cơ quan, đơn vị|18} cơ quan, đơn vị; trong đó có kiểm tra đột xuất", "Sở Nội vụ", "Văn phòng UBND tỉnh; Thanh tra tỉnh; Sở Tư pháp", "Quyết định thành lập Đoàn; thông báo kết quả kiểm tra", t="between|2025-03/2025-11", s="Văn phòng UBND tỉnh|Thanh tra tỉnh|Sở Tư pháp"),
                        R("3", "Quý II, IV/2025", "Tổ chức hội nghị trực tuyến giao ban công tác CCHC", "Văn phòng UBND tỉnh", EVERYONE, "Thông báo kết luận", t="{2025-34,2025-36}", s=ALL),
                        R("4", "Thường xuyên", "Theo dõi, đôn đốc nhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao", "Văn phòng UBND tỉnh", "Các cơ quan, đơn vị", "Báo cáo hằng tháng", t="continuous", s="="),
                        A("II", "", "CẢI CÁCH THỂ CHẾ", "", "", "", area="institutions"),
                        R("1", "Tháng 01/2025", "Ban hành danh mục văn bản quy phạm pháp luật cần xây dựng năm 2025", "Sở Tư pháp", "Các sở, ban, ngành", "Quyết định của Chủ tịch UBND tỉnh", t="2025-01", s="="),
                        R("2", "Trước ngày 10/12/2025", "Tổng hợp kết quả tự kiểm tra, xử lý văn bản theo {b.NĐ|Nghị định số [#79/2020/NĐ-CP] của [~Chính phủ]}", "Sở Tư pháp", "UBND các huyện, thị xã, thành phố", "Báo cáo", t="before|2025-12-10", s="="),
                        R("3", "Theo chương trình làm việc của HĐND tỉnh", "Trình Nghị quyết bãi bỏ các nghị quyết không còn phù hợp", "Sở Tư pháp", "Ban Pháp chế HĐND tỉnh", "Tờ trình, dự thảo Nghị quyết", t="per|-|trigger=chương trình làm việc của HĐND tỉnh"),
                        A("III", "", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "", "", "", area="procedures"),
                        PR("1", "", "Kiểm soát thủ tục hành chính (TTHC)", "", "", ""),
                        R("1.1", "Tháng 01/2025", "Ban hành Kế hoạch kiểm soát TTHC", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Kế hoạch", t="2025-01", s="="),
                        R("1.2", "Chậm nhất ngày 30/9/2025", "Rà soát, đề xuất cắt giảm tối thiểu {q.%;cắt giảm thời gian giải quyết TTHC;ap=tối thiểu|30%} thời gian giải quyết TTHC", "Các sở, ban, ngành", "Văn phòng UBND tỉnh", "Phương án được phê duyệt", t="by|2025-09-30", l="="),
                        R("2", "Hằng tháng", "Công khai danh sách hồ sơ trễ hạn", "Trung tâm Phục vụ hành chính công tỉnh", "", "Danh sách công khai", t="every|-|rrule=FREQ=MONTHLY"),
                        A("IV", "", "CẢI CÁCH TỔ CHỨC BỘ MÁY", "", "", "", area="organisation"),
                        R("1", "Ngay sau khi Chính phủ ban hành Nghị định", "Sắp xếp cơ quan chuyên môn thuộc UBND tỉnh, UBND cấp huyện", "Sở Nội vụ", EVERYONE, "Đề án; Nghị quyết của HĐND tỉnh", t="after|-|trigger=Chính phủ ban hành Nghị định", s=ALL),
                        R("2", "6 tháng cuối năm 2025", "Kiểm tra việc thực hiện phân cấp, ủy quyền", "Sở Nội vụ", "Các sở: Tài chính, Xây dựng, Nông nghiệp và Phát triển nông thôn", "Báo cáo kết quả kiểm tra", t="2025-41", s="Sở Tài chính|Sở Xây dựng|Sở Nông nghiệp và Phát triển nông thôn"),
                        A("V", "", "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ", "", "", "", area="civil_service"),
                        R("1", "- Kế hoạch: tháng 02/2025\n- Tổ chức thi: quý III/2025", "Tuyển dụng công chức năm 2025", "Sở Nội vụ", "Hội đồng tuyển dụng công chức", "Kế hoạch; quyết định công nhận kết quả", t="in|2025-02|tháng 02/2025 & in|2025-35|quý III/2025"),
                        R("2", "Đến 15/12/2025", "Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức", "Các cơ quan, đơn vị", "Sở Nội vụ", "Quyết định công nhận", t="by|2025-12-15", l="="),
                        A("VI", "", "CẢI CÁCH TÀI CHÍNH CÔNG", "", "", "", area="finance"),
                        R("1", "Tháng 12/2025", "Công khai kết quả giải ngân vốn đầu tư công", "Sở Tài chính", "Kho bạc Nhà nước tỉnh", "Văn bản công khai", t="2025-12"),
                        R("2", "Quý IV/2025", "Chuyển {q.đơn vị;Chuyển đơn vị sự nghiệp sang tự bảo đảm chi thường xuyên|03} đơn vị sự nghiệp sang tự bảo đảm chi thường xuyên", "Sở Tài chính", "Sở Y tế; Sở Giáo dục và Đào tạo", "Quyết định giao quyền tự chủ", t="2025-36", s="Sở Y tế|Sở Giáo dục và Đào tạo"),
                        A("VII", "", "XÂY DỰNG CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ", "", "", "", area="digital"),
                        R("1", "Quý II/2025", "Nâng cấp trục liên thông, tích hợp dữ liệu; kết nối kho dữ liệu điện tử của tổ chức, cá nhân phục vụ tái sử dụng thành phần hồ sơ", "Sở Thông tin và Truyền thông", "Công an tỉnh; VNPT Quảng Bình", "Hệ thống vận hành chính thức", t="2025-34", l="=", s="Công an tỉnh|VNPT Quảng Bình"),
                        R("", "Năm 2025", "Duy trì hệ thống quản lý chất lượng theo TCVN ISO 9001:2015", "Sở Khoa học và Công nghệ", "Các cơ quan hành chính", "Báo cáo", t="2025", l="="),
                    ],
                    widths="6 16 30 16 17 16",
                )
            ],
        )
    ],
    traps="letterhead-columns number-gap signing-chain aims-no-tasks area-rows parent-rows missing-number compound-time quarter-sets month-range half-year event-deadline per-deadline continuous recurring shared-head and-in-name group-agencies agency-heading coordinate-support number-in-task approx nameless-law replaces attached-to empty-lead year-in-name",
    renderings=[
        AS("docx", "docx", "header-footer torn-row repeated-head", tears=[{"table": 0, "row": 8, "keep": {}, "head": {}}, {"table": 0, "row": 17, "keep": {}, "head": {}}]),
        AS("txt", "text", "pipe-table torn-row repeated-head damaged-head slipped-head page-torn-paragraph", table="pipe", page=40,
           tears=[{"table": 0, "row": 2, "keep": {2: 9, 5: 4}, "head": {}}, {"table": 0, "row": 7, "keep": {}, "head": {1: "Thòi gian hoàn thành"}}, {"table": 0, "row": 15, "keep": {1: 5, 2: 6}, "head": {4: "Đơn vị phối hợp thực hiện thị xã, thành phố"}}, {"table": 0, "row": 20, "keep": {}, "head": {}}]),
        AS("pdf", "libreoffice", "torn-row repeated-head number-broken"),
        AS("pdf", "scan", "scan-skew scan-noise scan-stamp scan-signature scan-quarters", name="-scan", dpi=170, skew=0.6, quality=34, seed=121),
    ],
)

SOURCES = [QUANG_BINH]
