### A forgotten password, a lost phone, a new phone.

recovery-form-title = Đặt mật khẩu mới
recovery-form-text = Có ba bước: nhập mã, chụp chân dung, chọn mật khẩu mới. Chân dung được so với cơ sở dữ liệu dân cư để không ai lấy được tài khoản của bạn. Mật khẩu cũ vẫn dùng được cho đến khi xong.
recovery-lost = Yêu cầu trước không còn trong hệ thống. Mật khẩu cũ vẫn dùng được. Hãy làm lại từ đầu.

recovery-code-title = Nhập mã để đặt mật khẩu mới
recovery-portrait-title = Chụp chân dung của bạn
recovery-password-title = Chọn mật khẩu mới
recovery-submit-title = Gửi yêu cầu?
recovery-submit-text = Mã, chân dung và mật khẩu mới đã sẵn sàng. Sau khi gửi, chân dung được so sánh. Nếu khớp, mật khẩu mới có hiệu lực và mọi nơi đang đăng nhập sẽ bị đăng xuất.
recovery-sending-title = Đang gửi yêu cầu

recovery-waiting-title = Đang so sánh chân dung
recovery-waiting-text = Bạn không cần làm gì thêm và có thể đóng ứng dụng. Mật khẩu cũ vẫn dùng được cho đến khi có kết quả.
recovery-received-step = Đã nhận yêu cầu
recovery-since = Lúc { $since-time }
recovery-comparing-step = So sánh chân dung
recovery-expected = Dự kiến xong trước { $expected-time }
recovery-late = Lâu hơn dự kiến. Yêu cầu của bạn vẫn đang được xử lý.
recovery-comparing = Đang so sánh
recovery-decided-step = Mật khẩu mới có hiệu lực

recovery-done-title = Đã có mật khẩu mới
recovery-done-text = Mật khẩu mới của bạn đã có hiệu lực.
recovery-done-next-text = Để an toàn, mọi nơi đang đăng nhập đều đã bị đăng xuất. Hãy đăng nhập bằng mật khẩu mới.

recovery-refused-title = Chưa đổi được mật khẩu
recovery-refused-text = Yêu cầu đặt mật khẩu mới không được chấp nhận. Mật khẩu cũ vẫn dùng được; không có gì thay đổi.
recovery-differs-text = Chân dung bạn chụp không khớp với ảnh trong cơ sở dữ liệu dân cư.
recovery-unusable-text = Chân dung chưa đủ rõ để so sánh.
recovery-record-text = Dữ liệu dân cư của bạn chưa khớp với tài khoản.
recovery-card-text = Thẻ căn cước của bạn đã hết hạn.
recovery-again-text = Bạn có thể làm lại với chân dung mới: chụp ở nơi sáng đều, nhìn thẳng, không đeo kính râm hay khẩu trang. Bạn sẽ nhận một mã mới.
recovery-other-way-text = Tài khoản đã có mật khẩu khác trong lúc chờ. Nếu bạn đã tự đổi, hãy đăng nhập bằng mật khẩu đó. Nếu không, hãy gọi tổng đài.
recovery-renew-text = Hãy làm lại thẻ căn cước ở cơ quan công an, rồi đặt mật khẩu mới.
recovery-update-text = Hãy mang giấy tờ đến công an nơi bạn cư trú để cập nhật dữ liệu, rồi làm lại.
recovery-immigration-text = Hãy mang hộ chiếu đến cơ quan quản lý xuất nhập cảnh để được giúp.
recovery-office-text = Hãy mang thẻ căn cước đến cơ quan công an. Cán bộ sẽ kiểm tra và giúp bạn lấy lại tài khoản.

recovery-open-title = Đã có yêu cầu từ điện thoại khác
recovery-open-text = Một điện thoại khác đã yêu cầu mật khẩu mới cho tài khoản này và đang chờ kết quả.
recovery-open-scam-text = Nếu đó là bạn, hãy xem kết quả trên điện thoại đó. Nếu không phải, có người đang tìm cách lấy tài khoản của bạn: hãy gọi tổng đài ngay để khóa tài khoản.
