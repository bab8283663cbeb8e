### What every page shares: the languages, buttons, names of fields, what is sent.

# Each language by its own name, as the choice of languages shows it.
language-name = Tiếng Việt

## Buttons

action-continue = Tiếp tục
action-try-again = Thử lại
action-help = Trợ giúp
action-call = Gọi tổng đài
action-later = Để sau
action-discard = Xóa và thoát
action-stay = Ở lại
action-home = Về trang chính
action-type-by-hand = Nhập bằng tay
action-scan-card = Quét thẻ
action-correct = Sửa thông tin
action-open-settings = Mở cài đặt máy
action-take-now = Chụp ngay
action-relax = Giảm yêu cầu về ảnh
action-retake = Chụp lại
action-in-person = Đến làm trực tiếp
action-resend = Gửi mã mới
action-other-address = Đổi nơi nhận mã
action-by-email = Nhận mã qua email
action-by-sms = Nhận mã qua tin nhắn
action-submit = Gửi
action-refresh = Cập nhật
action-fix-entry = Sửa thông tin sai
action-fix-portrait = Chụp lại ảnh chân dung
action-refuse = Không đồng ý
action-enrol = Đăng ký tài khoản
action-resume = Làm tiếp
action-sign-in = Đăng nhập
action-recover = Đặt lại mật khẩu
action-activate = Kích hoạt mức 2
action-status = Xem tình trạng hồ sơ
action-settings = Cài đặt
action-sign-out = Đăng xuất
action-lock-account = Khóa tài khoản
action-privacy = Dữ liệu cá nhân
action-withdraw = Rút lại đồng ý
action-export = Xin bản sao dữ liệu
action-delete = Yêu cầu xóa tài khoản
action-confirm = Xác nhận
action-language = Ngôn ngữ
action-app-lock = Khóa ứng dụng
action-set-pin = Đặt mã PIN
action-remove-lock = Bỏ khóa ứng dụng
action-use-biometric = Mở bằng khóa của máy
action-use-pin = Dùng mã PIN
action-forgot-pin = Quên mã PIN
action-unlock = Mở khóa
action-look-again = Kiểm tra lại
action-understood = Tôi đã hiểu

## Names of fields

field-id-number-label = Số định danh cá nhân
field-old-id-number-label = Số chứng minh nhân dân cũ
field-name-label = Họ và tên
field-birth-date-label = Ngày sinh
field-sex-label = Giới tính
field-address-label = Nơi thường trú
field-issue-date-label = Ngày cấp thẻ
field-phone-label = Số điện thoại
field-email-label = Địa chỉ email
field-password-label = Mật khẩu
field-password-again-label = Nhập lại mật khẩu
field-pin-label = Mã PIN
field-pin-again-label = Nhập lại mã PIN

## What is sent

gather-portrait-progress = Đang gửi ảnh chân dung…
gather-password-progress = Đang gửi mật khẩu…
