### Help: the hotline, the office, support codes.

help-title = Cần giúp đỡ?
help-hotline-text = Gọi tổng đài { $number }. Số này có sẵn trong nút bên dưới, bạn chỉ cần bấm gọi.
help-code-text = Mã hỗ trợ: { $code }. Hãy đọc mã này khi gọi. Mã chỉ cho biết bạn đang vướng ở đâu, không có
    thông tin cá nhân.
help-no-code-text = Khi gọi, hãy đọc tên trang bạn đang mở trước khi vào đây.
help-in-person-way-text = Bạn cũng có thể làm trực tiếp tại công an xã, phường. Bấm nút bên dưới để xem cần mang gì.
help-foreigners-text = Người nước ngoài: liên hệ cơ quan quản lý xuất nhập cảnh nơi bạn đã làm thủ tục, mang theo hộ
    chiếu.
help-never-text = Không cán bộ, công an hay ngân hàng nào hỏi mã xác thực, mật khẩu hay mã PIN của bạn. Ai hỏi là
    lừa đảo: hãy cúp máy.

help-in-person-title = Làm trực tiếp
help-office-text = Đến công an xã, phường nơi bạn ở. Bạn tự đến; không ai làm thay được.
help-bring-text = Mang theo: thẻ căn cước gắn chip, điện thoại này, và mã hỗ trợ nếu có.
help-officer-text = Tại nơi làm việc, cán bộ cũng không hỏi mã xác thực, mật khẩu hay mã PIN của bạn.

leave-title = Bạn muốn dừng ở đây?
leave-later-text = Để sau: phần đăng ký, kích hoạt hoặc đặt lại mật khẩu đang làm dở được giữ trên máy này. Mật khẩu
    và mã thì không bao giờ được giữ.
leave-discard-text = Xóa: những gì bạn vừa nhập bị xóa khỏi máy này. Những gì đã gửi đi thì không bị thu hồi.
