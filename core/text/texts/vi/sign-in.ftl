### Signing in, also on a phone that the account does not know.

sign-in-form-title = Đăng nhập
sign-in-form-text = Nhập số định danh cá nhân và mật khẩu của bạn.
sign-in-number-hint = 12 chữ số, in ở mặt trước thẻ căn cước
sign-in-number-error = Số định danh có đúng 12 chữ số. Hãy xem lại trên thẻ căn cước.
sign-in-password-error = Hãy nhập mật khẩu.
sign-in-left-error = Số định danh hoặc mật khẩu chưa đúng. Bạn còn { $left } lần thử.
sign-in-wrong-error = Số định danh hoặc mật khẩu chưa đúng. Hãy nhập lại.
sign-in-wrong-text = Không đăng nhập được. Hãy kiểm tra số định danh và nhập lại mật khẩu. Nếu bạn quên mật khẩu, hãy đặt mật khẩu mới: như vậy nhanh hơn là đoán.
sign-in-code-kept = Mã của bạn đã đúng. Chỉ cần nhập lại mật khẩu để hoàn tất.
sign-in-emptied = Hãy nhập lại mật khẩu. Để an toàn, ứng dụng không lưu mật khẩu.

sign-in-sending-title = Đang đăng nhập
sign-in-progress = Đang kiểm tra số định danh và mật khẩu…

sign-in-channel-title = Nhận mã bằng cách nào?
sign-in-channel-text = Mật khẩu đã đúng. Tài khoản chưa gắn với điện thoại này, nên cần thêm một mã. Sau đó đây sẽ là điện thoại của tài khoản.
sign-in-code-title = Nhập mã để dùng điện thoại này

sign-in-locked-title = Tạm dừng đăng nhập
sign-in-locked-text = Mật khẩu sai quá nhiều lần. Hãy thử lại sau { $wait }. Nếu không phải bạn đã thử, có người đang đoán mật khẩu của bạn: hãy gọi tổng đài.
sign-in-locked-label = Được thử lại sau

sign-in-other-phone-title = Tài khoản đang ở điện thoại khác
sign-in-other-phone-text = Tài khoản của bạn đang dùng trên một điện thoại khác. Mỗi tài khoản chỉ dùng trên một điện thoại.
sign-in-other-phone-office-text = Hãy đăng nhập trên điện thoại đó. Nếu bạn không còn điện thoại đó, hãy mang thẻ căn cước đến cơ quan công an để chuyển tài khoản. Nếu điện thoại bị mất, hãy gọi tổng đài để khóa tài khoản ngay.

sign-in-no-address-title = Không có nơi để gửi mã
sign-in-no-address-text = Tài khoản không có số điện thoại hay email nào để nhận mã. Hãy mang thẻ căn cước đến cơ quan công an để bổ sung.

sign-in-devices-changed-title = Danh sách thiết bị đã thay đổi
sign-in-devices-changed-text = Ứng dụng dừng tài khoản trên điện thoại này. Nếu bạn không tự đổi điện thoại, có thể người khác đang dùng tài khoản của bạn. Hãy khóa tài khoản, gọi tổng đài, hoặc đến cơ quan công an.

phone-taken-title = Điện thoại này đã có tài khoản
phone-taken-text = Điện thoại này đang gắn với tài khoản của một người khác. Mỗi điện thoại chỉ dùng cho một tài khoản.
phone-taken-office-text = Hãy dùng điện thoại của chính bạn. Nếu bạn không có điện thoại khác, hãy mang thẻ căn cước đến cơ quan công an để được giúp.

sign-in-account-locked-title = Tài khoản đang bị khóa
account-lock-holder-text = Chủ tài khoản đã khóa trong ứng dụng lúc { $since-time }.
account-lock-office-text = Cơ quan công an đã khóa tài khoản lúc { $since-time }, theo yêu cầu trực tiếp.
account-lock-hotline-text = Tổng đài đã khóa tài khoản lúc { $since-time }, theo yêu cầu qua điện thoại.
account-lock-authority-text = Cơ quan có thẩm quyền đã khóa tài khoản bằng văn bản lúc { $since-time }.
account-lock-expiry-text = Hệ thống đã khóa tài khoản lúc { $since-time } vì thẻ căn cước hết hạn đã lâu.
account-lock-in-person-text = Mở khóa: bạn tự mình mang thẻ căn cước đến cơ quan công an. Không ai mở khóa được qua điện thoại hay tin nhắn.
account-lock-same-office-text = Mở khóa: bạn tự mình mang thẻ căn cước đến cơ quan công an đã khóa. Không ai mở khóa được qua điện thoại hay tin nhắn.
account-lock-write-text = Chỉ cơ quan đã khóa mới mở được. Hãy mang thẻ căn cước đến cơ quan công an để hỏi. Không ai mở khóa được qua điện thoại hay tin nhắn.
account-lock-card-text = Hãy làm lại thẻ căn cước ở cơ quan công an. Có thẻ mới thì tài khoản được mở khóa tại đó.
