### Enrolment at level 1: who may, phone or email, what is sent, the receipt.

enrol-who-title = Đăng ký tài khoản mức 1
enrol-who-text = Dành cho công dân Việt Nam từ đủ { $years } tuổi, có thẻ căn cước gắn chip.
enrol-need-text = Hãy chuẩn bị thẻ căn cước, điện thoại hoặc email của chính bạn, và ngồi nơi đủ sáng để chụp chân dung. Mất khoảng 5 phút. Nếu phải dừng giữa chừng, bạn làm tiếp được từ chỗ đó.
enrol-others-text = Chưa đủ tuổi hoặc cần người giám hộ: cha mẹ hay người giám hộ đăng ký, dưới tài khoản của họ. Người nước ngoài: đến cơ quan quản lý xuất nhập cảnh.
enrol-yourself-text = Hãy tự đăng ký. Không công an hay ngân hàng nào đăng ký hộ bạn qua điện thoại.

enrol-young-title = Chưa đủ tuổi tự đăng ký
enrol-young-text = Theo ngày sinh trên thẻ, người này chưa đủ { $years } tuổi nên chưa tự đăng ký được.
enrol-guardian-text = Cha mẹ hoặc người giám hộ đăng ký dưới tài khoản của họ: hãy mang giấy tờ của cả hai người đến công an xã, phường. Nếu ngày sinh bị nhập sai, bấm Sửa thông tin.

enrol-contact-title = Nhận mã ở đâu?
enrol-contact-text = Chọn số điện thoại hoặc email mà chỉ bạn dùng. Mã đăng ký và kết quả sẽ được gửi đến đó, sau này mỗi lần cần mã cũng vậy.
enrol-contact-error = Hệ thống không nhận địa chỉ này. Hãy dùng số điện thoại hoặc email khác.

enrol-code-title = Nhập mã để đăng ký
enrol-portrait-title = Chụp chân dung của bạn
enrol-password-title = Chọn mật khẩu
enrol-submit-title = Gửi hồ sơ?
enrol-submit-text = Đã đủ: thông tin trên thẻ, số điện thoại hoặc email, chân dung và mật khẩu. Khi bạn gửi, cơ quan công an so với cơ sở dữ liệu dân cư rồi trả lời tại đây, qua tin nhắn hoặc email.
enrol-sending-title = Đang gửi hồ sơ

enrol-applying-title = Đang nộp hồ sơ
enrol-applying-progress = Đang nộp hồ sơ…
enrol-unclear-progress = Đang hỏi xem hồ sơ đã đến nơi chưa…

enrol-open-title = Số này đang có hồ sơ khác
enrol-open-text = Một điện thoại khác đã nộp hồ sơ cho số định danh này, và hồ sơ đó đang được xét.
enrol-open-scam-text = Nếu đó là bạn, hãy xem kết quả trên điện thoại đó. Nếu không phải, có người đang dùng số của bạn: hãy gọi tổng đài hoặc đến công an xã, phường ngay.
enrol-taken-text = Mỗi điện thoại chỉ dùng cho một người. Hãy xem tình trạng hồ sơ đã có, hoặc đăng ký trên điện thoại của chính bạn.

enrol-receipt-title = Đã nộp hồ sơ
enrol-received-text = Hệ thống đã nhận hồ sơ đăng ký của bạn.
enrol-sent-row = Đã gửi
enrol-sent-what = Thông tin trên thẻ, nơi nhận mã, chân dung, mật khẩu
enrol-sent-at-row = Gửi lúc
enrol-expected-row = Dự kiến có kết quả trước
enrol-time = { $time }
enrol-next-text = Tiếp theo, hồ sơ được so với cơ sở dữ liệu dân cư rồi được xét. Bạn không cần làm gì và có thể đóng ứng dụng. Kết quả được báo qua tin nhắn hoặc email, và luôn xem được tại đây.
enrol-decided-text = Hồ sơ đã có kết quả. Bấm Xem tình trạng hồ sơ để biết kết quả và việc cần làm.
enrol-kept-text = Ảnh chân dung đã xóa khỏi máy này. Thông tin trên thẻ được giữ kín trong máy đến khi có kết quả, để nếu phải sửa bạn không nhập lại từ đầu.
