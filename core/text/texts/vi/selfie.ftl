### The portrait: the guide's hints, further ways on, a camera that is not there.

selfie-text =
    Giữ máy ngang tầm mắt và đưa khuôn mặt vào hình bầu dục. Bỏ kính và khẩu trang. Khi đạt, máy tự chụp.
selfie-refused-text = Ảnh trước chưa dùng được. Hãy chụp lại ở nơi sáng đều, nhìn thẳng, không che mặt.
selfie-elsewhere-text =
    Vẫn chưa chụp được? Hãy thử ở nơi khác hoặc trên máy khác. Bạn cũng có thể đến công an xã, phường để làm trực tiếp.

selfie-no-face-hint = Đưa khuôn mặt vào hình bầu dục.
selfie-wipe-lens-hint = Không thấy rõ gì. Hãy lau ống kính và bỏ ngón tay khỏi camera.
selfie-only-you-hint = Chỉ để một mình bạn trong khung hình.
selfie-too-dark-hint = Tối quá. Hãy quay mặt về phía cửa sổ hoặc đèn.
selfie-too-bright-hint = Chói quá. Hãy tránh ánh sáng chiếu thẳng vào mặt.
selfie-backlit-hint = Ánh sáng đang ở sau lưng bạn. Hãy quay người lại.
selfie-come-closer-hint = Đưa máy lại gần hơn.
selfie-move-back-hint = Đưa máy ra xa hơn.
selfie-centre-hint = Đưa khuôn mặt vào giữa hình bầu dục.
selfie-straighten-hint = Giữ đầu thẳng, đừng nghiêng.
selfie-look-straight-hint = Nhìn thẳng vào camera.
selfie-hold-still-hint = Giữ yên máy. Nếu vẫn mờ, hãy lau ống kính.
selfie-glare-hint = Mặt bị lóa đèn. Hãy xoay người một chút.
selfie-uncover-hint = Để lộ mũi và miệng. Hãy bỏ khẩu trang nếu đang đeo.
selfie-remove-sunglasses-hint = Bỏ kính râm ra.
selfie-remove-glasses-hint = Bỏ kính ra.
selfie-open-eyes-hint = Mở mắt.
selfie-even-light-hint = Một bên mặt bị tối. Hãy quay mặt về phía ánh sáng.
selfie-natural-light-hint = Ánh sáng có màu. Hãy dùng đèn khác hoặc ra chỗ sáng tự nhiên.
selfie-good-hint = Tốt lắm. Giữ yên, máy đang chụp.

camera-denied-text =
    Ứng dụng chưa được phép dùng camera. Hãy mở cài đặt máy, cho phép ứng dụng dùng camera rồi quay lại đây.
camera-busy-text = Một ứng dụng khác đang dùng camera. Hãy đóng ứng dụng đó rồi thử lại.
camera-missing-text = Không dùng được camera của máy. Hãy khởi động lại máy rồi thử lại, hoặc làm theo cách khác.
