### Locking an account, and what a locked one says.

lock-title = Ứng dụng đang khóa
lock-prompt = Mở khóa ứng dụng
lock-checking-progress = Đang kiểm tra mã PIN…
lock-pin-wrong-error = { $left ->
    [0] Mã PIN chưa đúng. Nếu sai nữa, bạn phải đợi.
   *[other] Mã PIN chưa đúng. Còn { $left } lần thử trước khi phải đợi.
}
lock-pin-short-error = Mã PIN có 6 chữ số.
lock-pin-gone-error = Chưa kiểm tra được. Hãy nhập lại mã PIN; nếu vẫn vậy, hãy chọn quên mã PIN.
lock-locked-text = Bạn đã nhập sai nhiều lần. Hãy đợi { $wait } rồi thử lại. Không có gì bị xóa.
lock-wait-label = Thử lại sau
lock-biometric-text = Mở khóa bằng khuôn mặt, vân tay hoặc mã khóa màn hình của máy.
lock-prompting-progress = Hãy xác nhận trên máy…
lock-no-screen-lock-text = Máy này không còn khóa màn hình. Hãy đặt lại khóa màn hình trong phần cài đặt của máy rồi
    thử lại, hoặc đăng nhập bằng mật khẩu.
lock-forgot-title = Vào bằng mật khẩu
lock-forgot-text = Nếu không mở khóa được, bạn đăng xuất khỏi ứng dụng trên máy này rồi đăng nhập lại bằng số định danh
    và mật khẩu. Khóa ứng dụng được bỏ; sau đó bạn có thể đặt khóa mới.
lock-forgot-kept-text = Tài khoản của bạn vẫn còn nguyên. Phần đang làm dở trên máy này bị xóa.
lock-signing-out-progress = Đang đăng xuất…
