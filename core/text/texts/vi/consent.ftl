### Consent: who asks, for what, for how long, which rights; one choice for each purpose.

consent-title = Bạn có đồng ý không?
consent-loading-progress = Đang tải nội dung xin đồng ý…
consent-text = Ứng dụng cần dùng dữ liệu cá nhân nhạy cảm: thông tin trên thẻ và ảnh khuôn mặt. Hãy đọc từng mục
    rồi tự chọn. Chưa mục nào được chọn sẵn, và không gì được gửi thêm trước khi bạn đồng ý.
consent-controller-text = Cơ quan chịu trách nhiệm: cơ quan quản lý căn cước của Bộ Công an.
consent-rights-text = Bạn có quyền xem, sửa, nhận bản sao, rút lại đồng ý và yêu cầu xóa dữ liệu của mình: vào
    Cài đặt, hoặc đến công an xã, phường.

consent-identity-title = Đối chiếu thông tin trên thẻ
consent-identity-used = Dữ liệu: các dòng chữ trên thẻ, số điện thoại hoặc email.
consent-identity-why = Để làm gì: so với dữ liệu quốc gia về dân cư, lập và giữ tài khoản đứng tên bạn.

consent-portrait-title = So ảnh khuôn mặt
consent-portrait-used = Dữ liệu: một ảnh khuôn mặt chụp bằng máy này.
consent-portrait-why = Để làm gì: so với ảnh trong hồ sơ, để không ai khác lập hay chiếm tài khoản của bạn.

consent-diagnostics-title = Giúp sửa lỗi ứng dụng
consent-diagnostics-used = Dữ liệu: số lần ứng dụng gặp từng loại lỗi. Không có tên, không có số của bạn.
consent-diagnostics-why = Để làm gì: tìm và sửa lỗi của ứng dụng.

consent-for-database = Ai được xem: Cơ sở dữ liệu quốc gia về dân cư.
consent-for-service = Ai được xem: hệ thống định danh điện tử.
consent-for-office = Ai được xem: cán bộ công an giải quyết hồ sơ.
consent-kept-days = Giữ bao lâu: { $days } ngày.
consent-kept-account = Giữ bao lâu: đến khi tài khoản không còn.
consent-required = Mục bắt buộc: không đồng ý thì không lập được tài khoản trên ứng dụng. Rút lại sau này thì tài
    khoản bị xóa.
consent-optional = Mục tự nguyện: không đồng ý vẫn dùng được ứng dụng. Rút lại lúc nào cũng được.

consent-refused-title = Bạn chưa đồng ý
consent-refused-text = Không đồng ý thì ứng dụng không đi tiếp được. Bạn vẫn làm được trực tiếp: mang thẻ căn cước
    đến công an xã, phường.
consent-nothing-stored-text = Không có thêm gì của bạn được lưu hay gửi đi. Nếu đổi ý, bạn có thể quay lại chọn.
