# ruff: noqa: E501 - a sentence stands on one line
"""Plans of provinces and departments with task tables."""

from corpus.write import AS, PR, TABLE, A, Annex, H, I, P, R, Source, T, U

ALL = "các sở, ban, ngành|UBND các huyện, thành phố"
EVERYONE = "các sở, ban, ngành; UBND các huyện, thành phố"

BAC_KAN = Source(
    id="kh-cchc-bac-kan-2024",
    kind="KH",
    level="province",
    year=2024,
    split="dev",
    org=["ỦY BAN NHÂN DÂN", "TỈNH BẮC KẠN"],
    number="21/KH-UBND",
    place="Bắc Kạn",
    dated="ngày 12 tháng 01 năm 2024",
    type_name="KẾ HOẠCH",
    title=["Cải cách hành chính tỉnh Bắc Kạn năm 2024"],
    header={"doc_type": "KH", "issuer": "Ủy ban nhân dân tỉnh Bắc Kạn"},
    body=[
        P(
            "Thực hiện {b.NQ|Nghị quyết số [#76/NQ-CP] ngày [@15/7/2021] của [~Chính phủ]} ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn "
            "2021 - 2030 và {b.KH|Kế hoạch số [#512/KH-UBND] ngày [@20/8/2021] của [~Ủy ban nhân dân tỉnh]} về cải cách hành chính nhà nước giai đoạn 2021 - 2025, "
            "Ủy ban nhân dân (UBND) tỉnh Bắc Kạn ban hành Kế hoạch cải cách hành chính (CCHC) năm 2024 như sau:"
        ),
        H("I.", "MỤC TIÊU, YÊU CẦU"),
        H("1.", "Mục tiêu"),
        I("-", "Tạo chuyển biến rõ rệt trong giải quyết công việc cho người dân, doanh nghiệp; giữ vững và nâng hạng các chỉ số PAR INDEX, SIPAS, PAPI."),
        I(
            "-",
            "Phấn đấu trên {q.%;hồ sơ thủ tục hành chính được giải quyết đúng hạn;ap=trên|98,5%} hồ sơ thủ tục hành chính (TTHC) được giải quyết đúng hạn, trong đó cấp xã đạt "
            "{q.%;hồ sơ thủ tục hành chính được giải quyết đúng hạn cấp xã|99%}; tối thiểu {q.%;hồ sơ được số hóa ngay khi tiếp nhận;ap=tối thiểu|60%} hồ sơ được số hóa ngay khi tiếp nhận.",
        ),
        H("2.", "Yêu cầu"),
        I("-", "Xác định rõ trách nhiệm của người đứng đầu; mỗi nhiệm vụ có một đơn vị chịu trách nhiệm chính, có sản phẩm và có thời hạn hoàn thành."),
        I("-", "Bảo đảm tiết kiệm, không phát sinh thêm đầu mối báo cáo."),
        H("II.", "NHIỆM VỤ, GIẢI PHÁP"),
        H("1.", "Công tác chỉ đạo, điều hành", area="direction"),
        I("-", "Rà soát, giao chỉ tiêu CCHC cho từng cơ quan; lấy kết quả thực hiện làm căn cứ xếp loại thi đua cuối năm.", T()),
        I(
            "-",
            "Kiểm tra công tác CCHC tại ít nhất {q.%;cơ quan, đơn vị cấp huyện kiểm tra công tác CCHC;ap=ít nhất|50%} cơ quan, đơn vị cấp huyện, hoàn thành trước ngày 31/10/2024.",
            T("before|2024-10-31|trước ngày 31/10/2024"),
        ),
        H("2.", "Cải cách thủ tục hành chính", area="procedures"),
        I("-", "Công bố, công khai kịp thời TTHC mới ban hành; thường xuyên cập nhật, sửa đổi trên Cơ sở dữ liệu quốc gia.", T("continuous|-|thường xuyên")),
        I(
            "-",
            "Tái cấu trúc quy trình nội bộ theo {b.NĐ|Nghị định số [#107/2021/NĐ-CP] ngày [@06/12/2021] của [~Chính phủ]} sửa đổi, bổ sung một số điều của "
            "{am.NĐ|Nghị định số [#61/2018/NĐ-CP] ngày [@23/4/2018] của [~Chính phủ]}, xong trong quý II/2024.",
            T("in|2024-34|trong quý II/2024"),
        ),
        H("3.", "Xây dựng chính quyền số", area="digital"),
        I("-", "Triển khai chữ ký số cá nhân cho công chức một cửa cấp xã sau khi Ban Cơ yếu Chính phủ cấp đủ thiết bị.", T("after|-|sau khi Ban Cơ yếu Chính phủ cấp đủ thiết bị|trigger=Ban Cơ yếu Chính phủ cấp đủ thiết bị")),
        P("(Nhiệm vụ cụ thể, đơn vị chủ trì và thời gian thực hiện theo Phụ lục kèm theo Kế hoạch này.)"),
        H("III.", "TỔ CHỨC THỰC HIỆN"),
        H("1.", "Các sở, ban, ngành; UBND các huyện, thành phố", lead="Các sở, ban, ngành|UBND các huyện, thành phố"),
        I("a)", "Xây dựng kế hoạch của cơ quan, địa phương, ban hành chậm nhất ngày 31/01/2024.", T("by|2024-01-31|chậm nhất ngày 31/01/2024")),
        I(
            "b)",
            "Báo cáo kết quả thực hiện hằng quý, 6 tháng, năm gửi UBND tỉnh (qua Sở Nội vụ) trước ngày 10 của tháng cuối kỳ báo cáo.",
            T("every|-|hằng quý, 6 tháng, năm|rrule=FREQ=MONTHLY;INTERVAL=3", "before|-|trước ngày 10 của tháng cuối kỳ báo cáo|rrule=FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10"),
            U(
                "Các sở, ban, ngành|UBND các huyện, thành phố",
                "Báo cáo kết quả thực hiện",
                "every|-|hằng quý, 6 tháng, năm|rrule=FREQ=MONTHLY;INTERVAL=3",
                "before|-|trước ngày 10 của tháng cuối kỳ báo cáo|rrule=FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10",
                to="UBND tỉnh",
                via="Sở Nội vụ",
            ),
        ),
        H("2.", "Sở Nội vụ", lead="Sở Nội vụ"),
        I("-", "Theo dõi, đôn đốc, tổng hợp tình hình thực hiện Kế hoạch; báo cáo UBND tỉnh và Bộ Nội vụ theo quy định.", T(), U("Sở Nội vụ", "tình hình thực hiện Kế hoạch", to="UBND tỉnh và Bộ Nội vụ")),
        I("-", "Phối hợp với Sở Tài chính bố trí kinh phí thực hiện Kế hoạch.", T(support="Sở Tài chính")),
        H("3.", "Các sở: Tư pháp, Tài chính, Thông tin và Truyền thông", lead="Sở Tư pháp|Sở Tài chính|Sở Thông tin và Truyền thông"),
        P("Chủ trì hướng dẫn, kiểm tra nội dung CCHC thuộc lĩnh vực phụ trách; gửi báo cáo chuyên đề về Sở Nội vụ trước ngày 05/12/2024.",
            T("before|2024-12-05|trước ngày 05/12/2024"),
            U("Sở Tư pháp|Sở Tài chính|Sở Thông tin và Truyền thông", "báo cáo chuyên đề", "before|2024-12-05|trước ngày 05/12/2024", to="Sở Nội vụ"),
        ),
        I("4.", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội phối hợp giám sát việc thực hiện Kế hoạch.",
            T(lead="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh|các tổ chức chính trị - xã hội")),
        P("Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh xem xét, quyết định./."),
    ],
    recipients=["Bộ Nội vụ (b/c);", "Thường trực Tỉnh ủy;", "Chủ tịch, các PCT UBND tỉnh;", "Các sở, ban, ngành;", "UBND các huyện, thành phố;", "Lưu: VT, NCKSTT."],
    signing=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    signer="Hoàng Thị Mẫu",
    annexes=[
        Annex(
            ["PHỤ LỤC", "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024"],
            "(Ban hành kèm theo {at.KH|Kế hoạch số [#21/KH-UBND] ngày [@12 tháng 01 năm 2024] của [~UBND tỉnh Bắc Kạn]})",
            [
                TABLE(
                    ["STT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"],
                    "code text product lead support time",
                    [
                        A("I", "Công tác chỉ đạo, điều hành", "", "", "", "", area="direction"),
                        R("1", "Kế hoạch kiểm tra công tác CCHC năm 2024", "Kế hoạch của UBND tỉnh", "Sở Nội vụ", EVERYONE, "Tháng 02/2024", t="2024-02", s=ALL),
                        R("2", "Tổ chức kiểm tra công tác CCHC tại các sở, ngành, UBND cấp huyện và cấp xã; kiểm tra lại việc khắc phục tồn tại đã chỉ ra trong năm 2023", "Báo cáo kết quả kiểm tra", "Sở Nội vụ", "Thanh tra tỉnh; Văn phòng UBND tỉnh", "Tháng 4 - 10/2024", t="between|2024-04/2024-10", s="Thanh tra tỉnh|Văn phòng UBND tỉnh"),
                        R("3", "Xác định Chỉ số CCHC năm 2023 của các sở, ban, ngành và UBND cấp huyện", "Quyết định của Chủ tịch UBND tỉnh", "Sở Nội vụ", "Hội đồng thẩm định Chỉ số CCHC tỉnh", "Quý I, II/2024", t="{2024-33,2024-34}"),
                        R("4", "Tự chấm điểm Chỉ số CCHC cấp tỉnh", "Báo cáo tự chấm điểm", "Sở Nội vụ", EVERYONE, "Theo kế hoạch của Bộ Nội vụ", t="per|-|trigger=kế hoạch của Bộ Nội vụ", s=ALL),
                        A("II", "Cải cách thể chế", "", "", "", "", area="institutions"),
                        R("1", "Rà soát, hệ thống hóa văn bản quy phạm pháp luật do HĐND, UBND tỉnh ban hành", "- Quyết định công bố danh mục;\n- Báo cáo của UBND tỉnh", "Sở Tư pháp", "Các cơ quan có liên quan", "- Quyết định: trước ngày 31/01/2024;\n- Báo cáo: tháng 11/2024", t="before|2024-01-31|trước ngày 31/01/2024 & in|2024-11|tháng 11/2024"),
                        R("2", "Theo dõi tình hình thi hành pháp luật trong lĩnh vực trọng tâm, liên ngành", "Báo cáo", "Sở Tư pháp,", EVERYONE, "Quý III/2024", t="2024-35", l="Sở Tư pháp", s=ALL),
                        A("III", "Cải cách thủ tục hành chính", "", "", "", "", area="procedures"),
                        R("1", "Kế hoạch kiểm soát TTHC năm 2024", "Kế hoạch của UBND tỉnh", "Văn phòng UBND tỉnh", EVERYONE, "Tháng 01/2024", t="2024-01", s=ALL),
                        R("2", "Rà soát, đơn giản hóa {q.%;TTHC nội bộ giữa các cơ quan hành chính|100%} TTHC nội bộ giữa các cơ quan hành chính", "Quyết định phê duyệt phương án", "Các sở, ban, ngành", "Văn phòng UBND tỉnh", "Quý IV/2024", t="2024-36", l="Các sở, ban, ngành"),
                        R("2", "Tiếp nhận, xử lý phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính", "Văn bản xử lý, trả lời", "Văn phòng UBND tỉnh", EVERYONE, "Thường xuyên trong năm", t="continuous|2024", s=ALL),
                        A("IV", "Cải cách tổ chức bộ máy", "", "", "", "", area="organisation"),
                        R("1", "Đề án sắp xếp đơn vị hành chính cấp huyện, cấp xã giai đoạn 2023 - 2025", "Đề án trình Chính phủ", "Sở Nội vụ", "UBND các huyện, thành phố", "Khi có hướng dẫn của Bộ Nội vụ", t="after|-|trigger=có hướng dẫn của Bộ Nội vụ", s="UBND các huyện, thành phố"),
                        R("", "Rà soát, sắp xếp các ban quản lý dự án trực thuộc UBND cấp huyện", "Quyết định của UBND cấp huyện", "UBND các huyện, thành phố", "Sở Nội vụ", "6 tháng đầu năm 2024", t="2024-40", l="UBND các huyện, thành phố"),
                        A("V", "Cải cách chế độ công vụ", "", "", "", "", area="civil_service"),
                        R("1", "Tổ chức thi tuyển chức danh lãnh đạo cấp phòng tại một số sở, ngành", "Quyết định bổ nhiệm", "Sở Nội vụ", "", "Năm 2024", t="2024"),
                        PR("2", "Đào tạo, bồi dưỡng cán bộ, công chức, viên chức", "", "", "", ""),
                        R("2.1", "Bồi dưỡng nghiệp vụ CCHC cho công chức cấp xã", "{q.lớp;lớp|06} lớp, {q.lượt người;lượt người|480} lượt người", "Sở Nội vụ", "Trường Chính trị tỉnh", "Tháng 5 và tháng 9/2024", t="{2024-05,2024-09}"),
                        R("2.2", "Bồi dưỡng kỹ năng số cho công chức một cửa", "Giấy chứng nhận", "Sở Thông tin và Truyền thông", "Sở Nội vụ", "Hàng quý", t="every|-|rrule=FREQ=MONTHLY;INTERVAL=3", l="="),
                        A("VI", "Cải cách tài chính công", "", "", "", "", area="finance"),
                        R("1", "Giao quyền tự chủ tài chính cho đơn vị sự nghiệp công lập theo {b.NĐ|Nghị định số [#60/2021/NĐ-CP] của [~Chính phủ]}", "Quyết định của UBND tỉnh", "Sở Tài chính", "Các sở: Y tế, Giáo dục và Đào tạo", "Trước ngày 15/12/2024", t="before|2024-12-15", s="Sở Y tế|Sở Giáo dục và Đào tạo"),
                        A("VII", "Xây dựng và phát triển Chính quyền điện tử, Chính quyền số", "", "", "", "", area="digital"),
                        R("1", "Nâng cấp Hệ thống thông tin giải quyết TTHC của tỉnh, kết nối với Cơ sở dữ liệu quốc gia về dân cư", "Hệ thống được nâng cấp", "Sở Thông tin và Truyền thông", "Công an tỉnh, Văn phòng UBND tỉnh", "Đến hết tháng 6/2024", t="by|2024-06", l="=", s="Công an tỉnh|Văn phòng UBND tỉnh"),
                        R("2", "Đánh giá, xếp hạng mức độ chuyển đổi số của các cơ quan nhà nước năm 2023", "Báo cáo xếp hạng", "Sở Thông tin và Truyền thông", EVERYONE, "Quý II, Quý III/2024", t="{2024-34,2024-35}", l="=", s=ALL),
                    ],
                    widths="8 27 18 16 18 16",
                ),
            ],
        )
    ],
    traps="letterhead-columns signing-chain aims-no-tasks no-lead-directive agency-heading shared-head group-agencies and-in-name coordinate-support closing-not-duty area-rows parent-rows missing-number dup-number compound-time quarter-sets month-range half-year event-deadline per-deadline continuous recurring number-in-task amends attached-to narrative-numbers approx duty-via duty-recurring",
    renderings=[
        AS("txt", "text", "tab-table torn-row repeated-head slipped-head page-torn-paragraph junk-lines",
           table="tab", page=46, junk=["9.17.11"],
           tears=[{"table": 0, "row": 3, "keep": {}, "head": {}}, {"table": 0, "row": 7, "keep": {0: 9, 1: 9, 2: 9, 3: 9, 4: 4, 5: 9}, "head": {}},
                  {"table": 0, "row": 17, "keep": {}, "head": {4: "Cơ quan phối hợp thành phố"}}]),
        AS("docx", "docx", "header-footer"),
        AS("pdf", "reportlab", "torn-row repeated-head", size=13),
        AS("pdf", "scan", "scan-skew scan-noise scan-stamp scan-signature scan-quarters", name="-scan", skew=0.5, seed=111, quality=34),
    ],
)

SOURCES = [BAC_KAN]
