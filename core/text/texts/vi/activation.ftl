### Activation of level 2.

activation-form-title = Kích hoạt tài khoản mức 2
activation-form-text = Dành cho người đã làm thủ tục trực tiếp ở cơ quan công an. Nhập số định danh và đúng số điện thoại hoặc email bạn đã khai ở đó.
activation-nobody-text = Chỉ bạn tự kích hoạt, trên điện thoại của mình. Công an hay ngân hàng không bao giờ kích hoạt hộ bạn qua điện thoại.
activation-lost = Yêu cầu trước không còn trong hệ thống. Chưa có gì thay đổi. Hãy làm lại từ đầu.

activation-code-title = Nhập mã để kích hoạt
activation-portrait-title = Chụp chân dung của bạn
activation-password-title = Chọn mật khẩu
activation-submit-title = Gửi để kích hoạt?
activation-submit-text = Mã, chân dung và mật khẩu đã sẵn sàng. Chân dung sẽ được so với ảnh đã chụp ở cơ quan công an. Nếu khớp, tài khoản lên mức 2 và gắn với điện thoại này.
activation-sending-title = Đang gửi

activation-waiting-title = Đang so sánh chân dung
activation-waiting-text = Bạn không cần làm gì thêm và có thể đóng ứng dụng. Tài khoản giữ nguyên như trước cho đến khi có kết quả.
activation-received-step = Đã nhận yêu cầu
activation-since = Lúc { $since-time }
activation-comparing-step = So sánh chân dung
activation-expected = Dự kiến xong trước { $expected-time }
activation-late = Lâu hơn dự kiến. Yêu cầu của bạn vẫn đang được xử lý.
activation-comparing = Đang so sánh
activation-decided-step = Tài khoản lên mức 2

activation-done-title = Đã kích hoạt mức 2
activation-done-text = Tài khoản của bạn đã ở mức 2. Đây là điện thoại của tài khoản.
activation-done-next-text = Hãy đăng nhập bằng mật khẩu bạn vừa chọn để xem giấy tờ của mình.

activation-refused-title = Chưa kích hoạt được
activation-refused-text = Yêu cầu kích hoạt không được chấp nhận. Chưa có gì thay đổi. Lý do ở dưới đây.
activation-not-identified-text = Số định danh này chưa có hồ sơ xác minh trực tiếp. Hãy mang thẻ căn cước đến công an xã, phường để chụp ảnh và lấy vân tay. Nếu bạn đã làm rồi, hãy hỏi nơi đó xem hồ sơ đã được gửi chưa, và số định danh có đúng không.
activation-address-text = Số điện thoại hoặc email không phải là cái bạn đã khai ở cơ quan công an. Số định danh thì đúng. Hãy nhập lại đúng số hoặc email đã khai. Nếu bạn không còn dùng nó, hãy đến nơi đã làm thủ tục để đổi.
activation-differs-text = Chân dung bạn chụp không khớp với ảnh ở cơ quan công an. Mã và số điện thoại hoặc email thì đúng. Hãy mang thẻ căn cước đến nơi đã làm thủ tục để cán bộ kiểm tra.
activation-unusable-text = Chân dung chưa đủ rõ để so sánh. Hãy làm lại: chụp ở nơi sáng đều, nhìn thẳng, không đeo kính râm hay khẩu trang. Bạn sẽ nhận một mã mới.
activation-active-text = Tài khoản này đã ở mức 2, không cần kích hoạt nữa. Hãy đăng nhập. Nếu quên mật khẩu, hãy đặt mật khẩu mới ở trang đăng nhập. Nếu bạn chưa từng kích hoạt, hãy gọi tổng đài.
activation-other-phone-text = Tài khoản của bạn đang gắn với một điện thoại khác. Hãy kích hoạt trên điện thoại đó. Nếu bạn không còn điện thoại đó, hãy mang thẻ căn cước đến cơ quan công an để chuyển tài khoản.
activation-expired-text = Hồ sơ của bạn đúng, nhưng yêu cầu kích hoạt từ cơ quan công an đã hết hạn. Hãy đến nơi đã làm thủ tục để cán bộ gửi yêu cầu mới, rồi kích hoạt lại ở đây.
activation-office-text = Hãy mang thẻ căn cước đến cơ quan công an nơi bạn đã làm thủ tục. Cán bộ sẽ xem lý do và giúp bạn.

activation-open-title = Đang kích hoạt ở điện thoại khác
activation-open-text = Một điện thoại khác đang kích hoạt tài khoản này và chờ kết quả.
activation-open-scam-text = Nếu đó là bạn, hãy xem kết quả trên điện thoại đó. Nếu không phải, có người đang tìm cách kích hoạt thay bạn: hãy gọi tổng đài ngay để khóa tài khoản.

sending-progress = Đang gửi…
sending-unclear-progress = Đang hỏi xem yêu cầu đã đến nơi chưa…
