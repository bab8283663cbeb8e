### One-time codes: what they approve, where they went, what is wrong.

otp-sending = Đang gửi mã…
otp-checking = Đang kiểm tra mã…

otp-register-text = Mã này xác nhận số điện thoại hoặc email của bạn để đăng ký tài khoản.
otp-sign-in-text = Mã này cho phép đăng nhập tài khoản của bạn trên máy này.
otp-recover-text = Mã này cho phép đặt lại mật khẩu tài khoản của bạn.
otp-rekey-text = Mã này cho phép thay khóa bảo mật của máy này.
otp-activate-text = Mã này kích hoạt mức 2 cho tài khoản của bạn. Chỉ bạn tự làm, không ai làm thay bạn được.
otp-transfer-text = Mã này chuyển tài khoản của bạn sang điện thoại này. Chỉ bạn tự làm, không ai làm thay bạn được.
otp-sms-text = Mã được gửi bằng tin nhắn đến { $address }.
otp-email-text = Mã được gửi bằng email đến { $address }. Nếu chưa thấy, hãy xem cả thư rác.
otp-facts-text =
    Mã đối chiếu: { $reference }. Yêu cầu từ máy: { $device }. Nếu tin nhận được ghi khác, đừng dùng mã trong đó.
# No one ever has a reason to ask for the code: the commonest fraud.
otp-never-text =
    Không cán bộ, công an hay ngân hàng nào hỏi bạn mã này, dù bất cứ lý do gì. Ai hỏi mã là lừa đảo: hãy dừng cuộc gọi
    và đừng đọc mã cho ai.

otp-filled = Mã đã được điền. Hãy xem mã dùng để làm gì, rồi bấm Tiếp tục.
otp-attempts = Còn { $left } lần thử
otp-expires-label = Mã hết hạn sau
otp-expired = Mã đã hết hạn. Hãy bấm Gửi mã mới.
otp-expired-wait = Mã đã hết hạn. Lát nữa mới gửi được mã mới: hãy chờ đến khi nút Gửi mã mới bấm được.

otp-digits-error = Mã chỉ gồm chữ số. Hãy nhập lại theo tin nhận được.
otp-length-error = Mã chưa đủ hoặc thừa chữ số. Hãy nhập lại theo tin nhận được.
otp-message-error = Không thấy mã của ứng dụng này trong nội dung đó. Hãy nhập mã bằng tay.
otp-host-error = Tin này không phải của ứng dụng này. Đừng dùng mã trong tin; hãy tìm đúng tin có mã đối chiếu ở trên.
otp-wrong-error = Mã chưa đúng, còn { $left } lần thử. Hãy xem lại tin mới nhất.
otp-wrong-plain-error = Mã chưa đúng. Hãy xem lại tin mới nhất.
otp-void-error = Mã này không dùng được nữa. Hãy dùng mã trong tin mới nhất, hoặc bấm Gửi mã mới.
otp-emptied-error = Vì an toàn, mã không được giữ khi bạn rời đi. Hãy nhập mã trong tin mới nhất.

otp-locked-text =
    Mã sai quá nhiều lần nên việc nhập mã bị tạm khóa đến { $until }. Sau đó hãy bấm Gửi mã mới. Nếu không phải bạn nhập
    sai, hãy bấm Trợ giúp để gọi tổng đài.
otp-locked-label = Nhận được mã mới sau
otp-channel-text =
    Không gửi được mã theo cách này. Hãy chọn cách nhận mã khác, hoặc bấm Trợ giúp để biết nơi làm trực tiếp.
