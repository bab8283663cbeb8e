### The card: its scanner's hints, its fields, what does not fit.

card-scan-title = Quét mã QR trên thẻ căn cước
card-scan-text =
    Mã QR ở góc trên bên phải của thẻ: mặt trước với thẻ căn cước công dân, mặt sau với thẻ cấp từ tháng 7/2024.
    Đặt thẻ ở nơi đủ sáng và đưa cả mã vào khung.
card-long-text =
    Chưa đọc được mã? Bạn có thể tự nhập thông tin in trên thẻ, hồ sơ vẫn được xét như khi quét.

card-nothing-found-hint = Chưa thấy mã QR. Hãy đưa mã trên thẻ vào giữa khung.
card-too-dark-hint = Tối quá. Hãy ra chỗ sáng hơn hoặc bật đèn.
card-come-closer-hint = Đưa máy lại gần mã hơn.
card-move-back-hint = Đưa máy ra xa hơn một chút.
card-hold-still-hint = Giữ yên máy.
card-focus-hint = Ảnh mờ. Hãy chạm vào mã trên màn hình để lấy nét, hoặc lau ống kính.
card-glare-hint = Mã bị lóa. Hãy nghiêng nhẹ thẻ để tránh ánh đèn.
card-tilted-hint = Giữ máy thẳng phía trên thẻ, đừng nghiêng.
card-cut-off-hint = Mã bị khuất một phần. Hãy đưa cả mã vào khung.
card-damaged-hint = Mã bị xước, cong hoặc bẩn. Hãy lau thẻ, hoặc nhập bằng tay.
card-wrong-code-hint = Đây không phải mã của thẻ căn cước. Hãy quét mã QR trên thẻ.
card-wrong-field-hint = Đọc được thẻ nhưng có mục chưa hợp lệ. Hãy kiểm tra ngày giờ của máy, hoặc nhập bằng tay.

card-type-title = Nhập thông tin trên thẻ
card-type-text = Hãy nhập đúng như in trên thẻ, có dấu tiếng Việt.
card-number-hint = 12 chữ số in trên thẻ
card-old-number-hint = 9 chữ số; để trống nếu không có
card-day-hint = Ngày, tháng, năm, ví dụ: 05/06/1990
card-as-printed-hint = Đúng như in trên thẻ, có dấu
card-male-option = Nam
card-female-option = Nữ

card-number-error = Số định danh có đúng 12 chữ số. Hãy nhập lại theo thẻ.
card-old-number-error = Số cũ có đúng 9 chữ số. Nếu không có, hãy để trống.
card-name-error = Hãy nhập họ và tên như in trên thẻ.
card-address-error = Hãy nhập nơi thường trú như in trên thẻ.
card-sex-error = Hãy chọn giới tính như in trên thẻ.
card-day-error = Ngày chưa đúng. Hãy nhập ngày, tháng, năm như in trên thẻ, ví dụ: 05/06/1990
card-future-error = Ngày này chưa đến. Hãy xem lại thẻ, và xem ngày giờ của máy có đúng không.
card-issue-error = Ngày cấp thẻ phải sau ngày sinh. Hãy xem lại cả hai ngày.
card-service-error = Mục này khác với cơ sở dữ liệu dân cư. Hãy so lại với thẻ và sửa nếu nhập sai.

card-review-title = Kiểm tra thông tin thẻ
card-review-text = Hãy so từng dòng với thẻ của bạn. Nếu đúng hết, bấm Tiếp tục. Nếu có chỗ sai, bấm Sửa thông tin.
card-number-row = { $number }

card-province-finding = Ba số đầu của số định danh không phải mã của tỉnh, thành phố hay nước nào.
card-birth-finding = Năm sinh không khớp với số định danh.
card-sex-finding = Giới tính không khớp với số định danh.
# Where a record is corrected.
card-record-text =
    Nếu thẻ in đúng như trên, thông tin về bạn trong cơ sở dữ liệu dân cư có thể bị sai. Hãy mang thẻ đến công an xã,
    phường nơi bạn đăng ký thường trú để được sửa. Bạn vẫn có thể tiếp tục, nhưng hồ sơ sẽ dừng nếu thông tin không khớp.
card-check-text =
    Có thể bạn đã gõ nhầm một chữ số. Hãy so lại với thẻ và bấm Sửa thông tin. Nếu thẻ in đúng như vậy, hãy hỏi công an xã,
    phường nơi bạn đăng ký thường trú.
