### Settings: devices, consents, export, deletion, language.

settings-title = Cài đặt
settings-signed-out-text = Đăng nhập để xem dữ liệu đã đồng ý, khóa tài khoản hoặc yêu cầu xóa.
settings-language-title = Ngôn ngữ
settings-language-label = Ngôn ngữ của ứng dụng

settings-app-lock-title = Khóa ứng dụng
settings-app-lock-off-text = Ứng dụng chưa có khóa riêng: ai cầm máy đã mở cũng xem được.
settings-app-lock-pin-text = Ứng dụng đang khóa bằng mã PIN.
settings-app-lock-biometric-text = Ứng dụng đang khóa bằng khuôn mặt, vân tay hoặc mã khóa màn hình của máy.
settings-app-lock-text = Khóa sẽ đóng mỗi khi mở ứng dụng và khi bạn rời ứng dụng một lúc.
settings-prompt = Dùng khóa của máy cho ứng dụng
settings-prompting-progress = Hãy xác nhận trên máy…
settings-no-screen-lock-text = Máy này chưa có khóa màn hình, khuôn mặt hay vân tay. Bạn có thể đặt mã PIN riêng cho
    ứng dụng, hoặc đặt khóa màn hình trong phần cài đặt của máy rồi thử lại.
settings-pin-title = Đặt mã PIN
settings-pin-text = Chọn 6 chữ số mà người quen cũng không đoán được. Đừng dùng mã PIN của thẻ ngân hàng.
settings-pin-hint = 6 chữ số, không phải ngày sinh, không phải dãy số dễ đoán.
settings-pin-emptied = Mã PIN vừa nhập không được giữ lại. Hãy nhập lại.
settings-pin-length-error = Mã PIN phải có đúng 6 chữ số.
settings-pin-trivial-error = Mã này dễ đoán: đừng dùng ngày sinh, số lặp lại hay dãy liên tiếp.
settings-pin-differs-error = Hai lần nhập chưa giống nhau.
settings-keeping-progress = Đang lưu…
settings-lock-removal-title = Bỏ khóa ứng dụng?
settings-lock-removal-text = Không còn khóa thì ai cầm máy đã mở cũng vào được ứng dụng.

settings-privacy-title = Dữ liệu của bạn
settings-privacy-progress = Đang tải…
settings-privacy-text = Đây là những gì bạn đã đồng ý. Muốn rút lại mục nào, hãy bỏ chọn mục đó. Bạn cũng có thể yêu
    cầu bản sao hoặc yêu cầu xóa.
settings-consent-since = Bạn đã đồng ý lúc { $time }.
settings-withdraw-title = Rút lại đồng ý?
settings-withdraw-optional-text = Dữ liệu của mục này không còn được dùng nữa. Bạn vẫn dùng ứng dụng như trước.
settings-withdraw-required-text = Mục này là bắt buộc: rút lại cũng là yêu cầu xóa tài khoản cùng hồ sơ, ảnh và liên
    kết với máy này.
settings-withdrawn = Đã rút lại đồng ý.
settings-withdrawn-ends = Đã rút lại đồng ý. Tài khoản sẽ bị xóa lúc { $time }.
settings-export-title = Yêu cầu bản sao?
settings-export-text = Bản sao toàn bộ dữ liệu được gửi đến số điện thoại hoặc email của tài khoản, không hiện trong
    ứng dụng. Thời điểm nhận được hiện ngay sau khi bạn xác nhận.
settings-exported = Đã nhận yêu cầu bản sao.
settings-export-asked = Bạn đã yêu cầu bản sao lúc { $asked-time }. Bản sao được gửi chậm nhất lúc { $expected-time }.
settings-export-sent = Bạn đã yêu cầu bản sao lúc { $asked-time }. Hạn gửi là { $expected-time }: nếu chưa nhận được,
    hãy gọi tổng đài.
settings-delete-title = Xóa tài khoản?
settings-delete-text = Tài khoản, hồ sơ, ảnh và liên kết với máy này đều bị xóa. Trong ứng dụng không hoàn tác được.
settings-delete-time-text = Tài khoản không bị xóa ngay. Thời điểm xóa do hệ thống định, hiện ra ngay sau khi bạn xác
    nhận.
settings-deleted = Đã nhận yêu cầu xóa tài khoản.
settings-deletion-asked = Yêu cầu xóa gửi lúc { $asked-time }. Tài khoản sẽ bị xóa lúc { $effective-time }.
settings-telling-progress = Đang gửi yêu cầu…

settings-lock-title = Khóa tài khoản?
settings-lock-text = Tài khoản bị khóa ngay, ở mọi nơi: không ai dùng được nữa, kể cả bạn. Hãy khóa khi nghi có người
    khác dùng tài khoản hoặc khi bị lừa.
settings-lock-undo-text = Muốn mở khóa, bạn phải tự đến công an xã, phường và mang theo thẻ căn cước. Không mở được qua
    điện thoại.
settings-locking-progress = Đang khóa tài khoản…
settings-locked-title = Tài khoản đã khóa
settings-locked-text = Tài khoản của bạn đã được khóa.

settings-sign-out-title = Đăng xuất?
settings-sign-out-text = Thông tin tài khoản trên máy này bị xóa. Tài khoản vẫn còn; lần sau bạn đăng nhập bằng số định
    danh và mật khẩu.
settings-signing-out-progress = Đang đăng xuất…
