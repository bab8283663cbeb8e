### How far an application is, and what comes next.

status-asking-title = Tình trạng hồ sơ
status-asking-progress = Đang hỏi tình trạng hồ sơ…

status-review-title = Hồ sơ đang được xét
status-review-text = Hồ sơ của bạn đã đến nơi và đang được xét theo các bước của cơ quan công an.
status-meanwhile-text = Bạn không cần làm gì và có thể đóng ứng dụng. Có kết quả, bạn sẽ được báo qua tin nhắn hoặc email. Trong lúc chờ, ai gọi hỏi mã hay đòi tiền để xét nhanh là lừa đảo.
status-late = Lâu hơn dự kiến. Hồ sơ vẫn đang được xét, bạn không phải nộp lại. Nếu cần hỏi, hãy bấm Trợ giúp để gọi tổng đài.

status-received-step = Đã nhận hồ sơ
status-compared-step = So với cơ sở dữ liệu dân cư
status-reviewed-step = Xét hồ sơ và chân dung
status-account-step = Lập tài khoản
status-done-at = Xong lúc { $time }
status-failed-at = Dừng lại lúc { $time }
status-since-by = Bắt đầu lúc { $since-time }. Dự kiến xong trước { $expected-time }
status-since = Bắt đầu lúc { $since-time }
status-expected = Dự kiến xong trước { $expected-time }
status-now = Đang làm

status-rejected-title = Hồ sơ cần bạn sửa
status-rejected-text = Hồ sơ chưa được chấp nhận, nhưng bạn sửa được ngay tại đây. Chỉ làm lại phần nêu dưới đây, phần khác giữ nguyên.
status-fix-entry-text = Bấm Sửa thông tin sai: thông tin bạn đã nhập vẫn còn, chỗ cần xem lại được đánh dấu. Hãy so từng chữ với thẻ.
status-fix-portrait-text = Bấm Chụp lại ảnh chân dung: chụp ở nơi sáng đều, nhìn thẳng, không đeo kính râm hay khẩu trang.
status-fix-both-text = Bấm Sửa thông tin sai: bạn sửa chỗ được đánh dấu trước, rồi chụp lại chân dung. Phần khác không phải làm lại.

status-stopped-title = Hồ sơ đã dừng
status-stopped-text = Hồ sơ đã dừng và không sửa được trong ứng dụng. Lý do và nơi cần đến ở dưới đây. Những gì bạn nhập đã xóa khỏi máy này.

## Why

status-unknown-text = Không tìm thấy số định danh này trong cơ sở dữ liệu dân cư.
status-number-differs-text = Số định danh không khớp với những thông tin khác trong cơ sở dữ liệu dân cư.
status-old-number-differs-text = Số chứng minh nhân dân cũ khác với cơ sở dữ liệu dân cư.
status-name-differs-text = Họ và tên khác với cơ sở dữ liệu dân cư.
status-birth-differs-text = Ngày sinh khác với cơ sở dữ liệu dân cư.
status-sex-differs-text = Giới tính khác với cơ sở dữ liệu dân cư.
status-address-differs-text = Nơi thường trú khác với cơ sở dữ liệu dân cư.
status-issue-differs-text = Ngày cấp thẻ khác với cơ sở dữ liệu dân cư.
status-some-differs-text = Có thông tin khác với cơ sở dữ liệu dân cư.
status-expired-text = Thẻ căn cước của bạn đã hết hạn.
status-young-text = Bạn chưa đủ tuổi để tự có tài khoản.
status-foreigner-text = Số này thuộc người nước ngoài cư trú tại Việt Nam.
status-portrait-differs-text = Chân dung không khớp với ảnh trong cơ sở dữ liệu dân cư.
status-portrait-unusable-text = Chân dung chưa đủ rõ để so sánh.
status-registered-text = Số định danh này đã có tài khoản.
status-other-text = Cán bộ xét hồ sơ có ý kiến.
status-note-row = Lời của cán bộ
status-note = { $note }

## What helps

status-enter-again-text = Hãy đăng ký lại và nhập đúng như trên thẻ, tốt nhất là quét mã QR.
status-picture-again-text = Hãy đăng ký lại và chụp chân dung mới ở nơi sáng đều.
status-update-text = Hãy mang thẻ căn cước và giấy tờ liên quan đến công an xã, phường nơi bạn đăng ký thường trú để cập nhật dữ liệu. Cập nhật xong, hãy đăng ký lại.
status-renew-text = Hãy đến cơ quan công an để đổi thẻ căn cước. Có thẻ mới, hãy đăng ký lại.
status-guardian-text = Cha mẹ hoặc người giám hộ đăng ký cho bạn, dưới tài khoản của họ. Hãy cùng đến công an xã, phường, mang giấy tờ của cả hai người.
status-immigration-text = Hãy mang hộ chiếu đến cơ quan quản lý xuất nhập cảnh để đăng ký trực tiếp.
status-sign-in-text = Hãy đăng nhập. Nếu quên mật khẩu, bấm Đặt lại mật khẩu. Nếu bạn chưa từng đăng ký, có người đã dùng số của bạn: hãy gọi tổng đài ngay.
status-office-text = Hãy mang thẻ căn cước và điện thoại này đến công an xã, phường. Cán bộ sẽ xem lý do và giúp bạn.

status-portrait-title = Chụp lại chân dung
status-sending-title = Đang gửi phần đã sửa
status-sending-progress = Đang gửi phần đã sửa…

status-approved-title = Đã có tài khoản
status-approved-text = Hồ sơ được chấp nhận. Tài khoản mức 1 của bạn đã được lập.
status-approved-next-text = Hãy đăng nhập bằng số định danh và mật khẩu bạn đã chọn. Điện thoại này là điện thoại của tài khoản.

status-none-title = Chưa có hồ sơ
status-none-text = Hệ thống không có hồ sơ nào nộp từ điện thoại này. Bạn có thể đăng ký ngay. Nếu đã nộp ở máy khác, hãy xem trên máy đó.
