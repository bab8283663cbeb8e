### A phone number or an email address: how a code comes.

channel-label = Nhận mã qua
channel-sms-option = Tin nhắn đến điện thoại
channel-email-option = Thư điện tử (email)

contact-phone-hint = Số di động Việt Nam, ví dụ: 0912 345 678
contact-phone-error = Đây chưa phải số di động Việt Nam. Số có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.
contact-email-hint = Ví dụ: ten@example.vn
contact-email-error = Địa chỉ email chưa đúng. Hãy kiểm tra lại, ví dụ: ten@example.vn
