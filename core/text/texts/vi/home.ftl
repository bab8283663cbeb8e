### The first page and the documents on it.

home-title = Định danh điện tử
home-text = Ứng dụng giúp bạn lập tài khoản định danh từ thẻ căn cước gắn chip, xem hồ sơ đã đến đâu, kích hoạt mức 2
    và giữ tài khoản an toàn.
home-genuine-text = Chỉ có một ứng dụng chính thức. Không ai kích hoạt thay bạn, kể cả công an. Ai gọi điện bảo cài
    ứng dụng khác hay đọc mã là lừa đảo.
home-enrol-unfinished = Phần đăng ký của bạn còn dở. Bạn có thể làm tiếp, không phải nhập lại từ đầu.
home-activate-unfinished = Phần kích hoạt mức 2 còn dở. Chọn kích hoạt để làm tiếp.
home-activate-waiting = Yêu cầu kích hoạt của bạn đang được so khớp. Bạn không cần làm gì thêm; chọn kích hoạt để xem tiến độ.
home-recover-unfinished = Phần đặt lại mật khẩu còn dở. Bạn có thể làm tiếp.
home-recover-waiting = Ảnh của bạn đang được so khớp để đặt lại mật khẩu. Bạn không cần làm gì thêm; chọn đặt lại mật khẩu để xem tiến độ.

home-account-title = Tài khoản của bạn
home-document-title = Tài khoản định danh điện tử
home-number-row = Số định danh
home-number = •••• •••• { $digits }
    .spoken = Bốn số cuối: { $digits }
home-level-row = Mức
home-level-1 = Mức 1: đăng ký trên ứng dụng
home-level-2 = Mức 2: đã xác minh trực tiếp
home-channels-row = Nhận mã qua
home-channel-sms = tin nhắn
home-channel-email = thư điện tử
home-level-1-text = Muốn lên mức 2, hãy đến công an xã, phường để xác minh trực tiếp, rồi tự kích hoạt tại đây.
home-card-expires-text = Thẻ căn cước của bạn hết hạn ngày { $day }. Hãy đến công an xã, phường đổi thẻ mới trước
    ngày đó.
home-card-expired-text = Thẻ căn cước của bạn đã hết hạn ngày { $day }. Hãy đến công an xã, phường đổi thẻ mới ngay:
    chưa có thẻ mới thì tài khoản bị hạ mức hoặc bị khóa.
home-cool-down-text = Máy này mới được gắn với tài khoản. Để an toàn, đến { $until } bạn chưa đổi được số điện thoại,
    email và chưa chuyển được sang máy khác.
home-fetching-progress = Đang cập nhật…
home-stale = Chưa cập nhật được. Đây là thông tin của lần gần nhất.

home-devices-title = Hãy bảo vệ tài khoản
home-devices-text = Có thể ai đó đã đưa máy của họ vào tài khoản của bạn. Hãy khóa tài khoản ngay, rồi gọi tổng đài
    hoặc đến công an xã, phường. Lúc này ứng dụng không cho làm việc khác.
