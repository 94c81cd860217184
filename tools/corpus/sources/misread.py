# ruff: noqa: E501 - a sentence stands on one line
"""Texts as an OCR left them, with its errors: letters, lost letterheads, damaged tables. The words here are the misread ones."""

from corpus.write import AS, PR, TABLE, Annex, H, I, P, R, Source, T, U

QUAN_HOA = Source(
    id="kh-quan-hoa-2020",
    kind="KH",
    level="district",
    year=2020,
    split="dev",
    org=[],
    number="63 /KH-UBND",
    place="Quan Hóa",
    dated="ngày 12 tháng 02 năm 2020",
    type_name="KÊ HOẠCH",
    title=["Rà soát, đơn giản hóa thủ tục hành chính năm 2020 trên địa bàn huyện Quan Hóa"],
    header={"doc_type": "KH", "issuer": "UBND huyện Quan Hóa"},
    body=[
        P("Thực hiện {b.QĐ|Quyết định số [#210/QÐ-UBND] ngày [@15/01/2020] của [~UBND tỉnh]} về kế hoạch kiểm soát thủ tục hành chính (TTHC) năm 2020; UBND huyện Quan Hóa ban hành Kế hoạch rà soát, đơn giản hóa TTHC năm 2020, cụ thể như sau:"),
        H("I.", "MỤC ĐÍCH, YÊU CÂU"),
        I("-", "Phát hiện những TTHC không cân thiết, không phù hợp để kiến nghị sửa đổi, bải bỏ."),
        I("-", "Bảo đảm đúng tiến độ, chất lượng."),
        H("II.", "NỘI DUNG"),
        P("Các phòng, ban; UBND các xã, thị trấn gửi kết quả rà soát về UBND huyện (qua Văn phòng HDND và UBND huyện) trước ngày 15/6/2020. Cụ thể như sau:"),
        I("-", "Phòng Lao động - Thương binh và Xã hội: lĩnh vực bảo trợ xã hội;", T("before|2020-06-15|trước ngày 15/6/2020", lead="Phòng Lao động - Thương binh và Xã hội", parent="NỘI DUNG"), U("Phòng Lao động - Thương binh và Xã hội", "kết quả rà soát", "before|2020-06-15|trước ngày 15/6/2020", to="UBND huyện", via="Văn phòng HDND và UBND huyện")),
        I("-", "Phòng Tài nguyên và Môi truờng: lĩnh vực đất đai.", T("before|2020-06-15|trước ngày 15/6/2020", lead="Phòng Tài nguyên và Môi truờng", parent="NỘI DUNG"), U("Phòng Tài nguyên và Môi truờng", "kết quả rà soát", "before|2020-06-15|trước ngày 15/6/2020", to="UBND huyện", via="Văn phòng HDND và UBND huyện")),
        H("III.", "TỔ CHỨC THỰC HIỆN"),
        H("1.", "Văn phòng HĐND và UBND huyên", lead="Văn phòng HĐND và UBND huyên"),
        I("-", "Theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch.", T()),
        I("-", "Phối hợp với Phòng Tư pháp thẩm định kết quả rà soát.", T(support="Phòng Tư pháp")),
        H("3.", "Phòng Tài chính - Kê hoạch", lead="Phòng Tài chính - Kê hoạch"),
        P("Tham mưu bố trí kinh phí; hoàn thành trong Quý I/2020.", T("in|2020-33|trong Quý I/2020")),
    ],
    recipients=["UBND tỉnh (đề b/c);", "TTHU, TTHĐND huyện;", "Các phòng, ban;", "Lưu: VT."],
    signing=[],
    signer="Hà Thị Hương",
    annexes=[
        Annex(
            ["DANH MỤC NHIỆM VỤ RÀ SOÁT THỦ TỤC HÀNH CHÍNH NĂM 2020"],
            "(Kèm theo {at.KH|Kế hoạch số [#63 /KH-UBND] ngày [@12/02/2020] của [~UBND huyện Quan Hóa]})",
            [
                TABLE(
                    ["STT", "Nhiệm vụ", "Thời gian thực hiện", "Cơ quan chủ trì/ Cơ quan phối hợp", "Sản phẩm/ Kết quả"],
                    "code text time both product",
                    [
                        R("1", "Xây dựng kế hoạch rà soát của các đơn vị theo hướng dẫn tại {b.CV|Công văn số [#135/VP-KSTT] ngày [@20/01/2020]}.", "Trước ngày 28/02/2020", "Các phòng, ban; UBND các xã, thị trấn", "Kế hoạch", t="before|2020-02-28", l="Các phòng, ban", s="UBND các xã, thị trấn"),
                        PR("2", "Rà soát TTHC theo lĩnh vực", "", "", ""),
                        R("2.1", "Lĩnh vực hộ tịch, chứng thực theo cơ chế một cửa, một cửa liên thông.", "Trước ngày 15/6/2020", "- Cơ quan chủ trì: Phòng Tư pháp - Cơ quan phối hợp: Các cơ quan có liên quan", "Bảo cáo kết quả rà soát", t="before|2020-06-15", l="Phòng Tư pháp", s="Các cơ quan có liên quan", area="procedures"),
                        R("2.2", "Lĩnh vực đất đai, môi truờng.", "Trước ngày 15/6/2020", "- Cơ quan chủ trì: Phòng Tài nguyên và Môi truờng - Các cơ quan có liên quan", "Bảo cáo kết quả rà soát", t="before|2020-06-15", l="Phòng Tài nguyên và Môi truờng", s="Các cơ quan có liên quan", area="procedures"),
                        R("2.3", "Lĩnh vực bảo trợ xã hội, người có công và các thủ tục có số lượng hồ sơ phát sinh nhiều.", "Trước ngày 15/6/2020", "Cơ quan chủ trì: Phòng Lao động - Thương binh và Xã hội", "Bảo cáo kết quả rà soát", t="before|2020-06-15", l="Phòng Lao động - Thương binh và Xã hội", area="procedures"),
                        R("3", "Tổng hợp, trình Chủ tịch UBND huyện phương án đơn giản hóa; gửi Văn phòng UBND tỉnh.", "Trước ngày 30/7/2020", "- Cơ quan chủ trì: Văn phòng HDND và UBND huyện - Cơ quan phối hợp: Các phòng: Tư pháp, Tài chính - Kế hoạch", "Phương án đơn giản hóa", t="before|2020-07-30", l="Văn phòng HDND và UBND huyện", s="Phòng Tư pháp|Phòng Tài chính - Kế hoạch",
                          duties=[U("Văn phòng HDND và UBND huyện", "phương án đơn giản hóa", "before|2020-07-30|Trước ngày 30/7/2020", to="Chủ tịch UBND huyện, Văn phòng UBND tỉnh")]),
                        R("4", "Tuyên truyền kết quả cải cách TTHC.", "Thường xuyên", "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch; các xã, thị trấn", "Tin, bài", t="continuous", l="Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch", s="các xã, thị trấn"),
                    ],
                    widths="6 34 18 28 20",
                )
            ],
        )
    ],
    traps="no-letterhead number-gap no-signing-title ocr-errors wrong-d aims-no-tasks lead-in-deadline lead-in-receiver agency-heading wrong-outline coordinate-support merged-head role-labels-in-cell parent-rows duty-in-table duty-via shared-head and-in-name hyphen-in-name attached-to",
    renderings=[
        AS("txt", "text", "pipe-table html-lists-in-cells torn-row repeated-head damaged-head md-marks page-torn-paragraph junk-lines", table="pipe", bullets=True, marks="md", page=34, junk=["HUYỆN", "* 1.0 *"],
           tears=[{"table": 0, "row": 3, "keep": {}, "head": {}}, {"table": 0, "row": 4, "keep": {1: 9}, "head": {1: "Nhiêm vụ"}}, {"table": 0, "row": 6, "keep": {}, "head": {4: "Sán phẩm/ Kết quả"}}]),
    ],
)

TIEN_PHUOC = Source(
    id="kh-tien-phuoc-2021",
    kind="KH",
    level="district",
    year=2021,
    split="test",
    org=["ỦY BAN NHÂN DÂN", "HUYỆN TIÊN PHƯỚC"],
    number="118/KH-UBND",
    place="Tiên Phước",
    dated="ngày 21 tháng 5 năm 2021",
    type_name="KẾ HOẠCH",
    title=["Hành động bảo đảm an toàn thông tin và xây dựng chính quyển điện tử huyện năm 2021"],
    header={"doc_type": "KH", "issuer": "Ủy ban nhân dân huyện Tiên Phước"},
    body=[
        P("Căn cứ {b.NĐ|Nghị định số [#85/2016/NÐ-CP] ngày [@01/7/2016] của [~Chính phủ]} về bảo đảm an toàn hệ thống thông tin theo cấp độ và {b.KH|Kế hoạch số [#02/KH-UBND] ngày [@04/01/2021] của [~UBND tỉnh Quảng Nam]}, Uỷ ban nhân dân (UBND) huyện ban hành Kế hoạch như sau:"),
        H("I.", "MỤC TIÊU"),
        I("1.", "Có {q.%;hệ thống thông tin được phê duyệt cấp độ|100%} hệ thống thông tin được phê duyệt cấp độ; trên {q.%;máy tính cài phần mểm diệt vi rút;ap=trên|90%} máy tính cài phần mểm diệt vi rút."),
        I("2.", "Giảm tối thiểu {q.%;Giảm văn bản giấy;ap=tối thiểu|50%} văn bản giấy."),
        H("II.", "NHIỆM VỤ"),
        P("Nhiệm vụ cụ thế theo Phụ lục kèm theo Kế hoạch này."),
        H("III.", "TỔ CHỨC THỰC HIỆN"),
        H("1.", "Phòng Văn hoá và Thông tin", lead="Phòng Văn hoá và Thông tin"),
        I("-", "Chủ trì, phối hợp với Viễn thông Tiên Phước, Công an huyện triến khai Kế hoạch.", T(support="Viễn thông Tiên Phước|Công an huyện")),
        I("-", "Báo cáo UBND huyện định kỳ 6 tháng, năm.", T("every|-|định kỳ 6 tháng, năm|rrule=FREQ=MONTHLY;INTERVAL=6"), U("Phòng Văn hoá và Thông tin", "Báo cáo", "every|-|định kỳ 6 tháng, năm|rrule=FREQ=MONTHLY;INTERVAL=6", to="UBND huyện")),
        H("2.", "Các cơ quan, đơn vị; UBND các xã, thị trấn", lead="Các cơ quan, đơn vị|UBND các xã, thị trấn"),
        I("-", "Phân công công chức phụ trách an toàn thông tin, gửi danh sách về Phòng Văn hoá và Thông tin trước ngày 05/6/2021.", T("before|2021-06-05|trước ngày 05/6/2021"), U("Các cơ quan, đơn vị|UBND các xã, thị trấn", "danh sách", "before|2021-06-05|trước ngày 05/6/2021", to="Phòng Văn hoá và Thông tin")),
    ],
    recipients=["Sở TT&TT Quảng Nam;", "TT. HU, TT. HĐND huyện;", "Các cơ quan, đơn vị;", "UBND các xã, thị trấn;", "Lưu: VT."],
    signing=[],
    signer="Trần Văn Mẫn",
    annexes=[
        Annex(
            ["PHỤ LỤC", "NHIỆM VỤ NĂM 2021"],
            "(Kèm theo {at.KH|Kế hoạch số [#118/KH-UBND] ngày [@21/5/2021] của [~UBND huyện Tiên Phước]})",
            [
                TABLE(
                    ["TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Kết quả"],
                    "code text lead support time product",
                    [
                        R("1", "Rà soát, lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin", "Phòng Văn hoá và Thông tin", "Văn phòng HĐND và UBND huyện", "Quý II, III/2021", "Hồ sơ đề xuất", t="{2021-34,2021-35}", l="=", s="="),
                        R("2", "Trang bị phần mểm diệt vi rút", "Văn phòng HĐND và UBND huyện", "Các cơ quan, đơn vị", "Tháng 7/2021", "Hợp đồng", t="2021-07", l="=", s="="),
                        R("3", "Diễn tập ứng cứu sự cố", "Phòng Văn hoá và Thông tin", "Công an huyện", "Tháng 9 - 10/2021", "Báo cáo diễn tập", t="between|2021-09/2021-10", l="="),
                        R("3", "Tập huấn nâng cao nhận thức cho {q.người;Tập huấn người|120} người", "Phòng Nội vụ", "Phòng Văn hoá và Thông tin", "Quý IV/2021", "Lớp tập huấn", t="2021-36", s="="),
                        R("4", "Sao lưu dữ liệu dự phòng", "Các cơ quan, đơn vị", "Viễn thông Tiên Phước", "Hàng tuần", "Dữ liệu sao lưu", t="every|-|rrule=FREQ=WEEKLY", l="="),
                    ],
                    widths="6 30 18 18 14 16",
                )
            ],
        )
    ],
    traps="letterhead-columns no-signing-title ocr-errors wrong-d tone-placement aims-no-tasks dup-number quarter-sets month-range recurring coordinate-support agency-heading and-in-name number-in-task approx attached-to",
    renderings=[
        AS("txt", "text", "flat-table torn-row repeated-head damaged-head hard-wrap letterhead-columns", table="flat", head="columns", width=90, double=False, page=40,
           tears=[{"table": 0, "row": 3, "keep": {}, "head": {1: "Nội dụng", 5: "Kêt quả"}}]),
        AS("md", "text", "cells-table md-marks", table="cells", head="cells", marks="md"),
    ],
)

SOURCES = [QUAN_HOA, TIEN_PHUOC]
