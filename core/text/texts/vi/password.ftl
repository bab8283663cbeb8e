### A new password: how to choose one, what is weak.

password-text =
    Hãy chọn mật khẩu chỉ dùng cho tài khoản này. Một câu ngắn mà chỉ bạn nghĩ ra thì dễ nhớ và khó đoán.
password-hint = Ít nhất { $n } ký tự; dùng được cả dấu cách và chữ có dấu
password-emptied = Vì an toàn, mật khẩu không được lưu trên máy. Hãy nhập lại.

password-short-error = Mật khẩu quá ngắn. Hãy dùng ít nhất { $n } ký tự.
password-long-error = Mật khẩu quá dài. Hãy dùng nhiều nhất { $n } ký tự.
password-common-error = Nhiều người dùng mật khẩu này nên rất dễ đoán. Hãy chọn mật khẩu khác.
password-personal-error = Mật khẩu có tên, ngày sinh hoặc số của bạn nên dễ đoán. Hãy chọn mật khẩu khác.
password-repetitive-error = Mật khẩu lặp lại hoặc theo thứ tự nên dễ đoán. Hãy chọn mật khẩu khác.
password-character-error = Mật khẩu có ký tự không gõ được ở nơi khác, như xuống dòng. Hãy gõ lại.
password-refused-error = Mật khẩu này không được nhận vì dễ đoán. Hãy chọn mật khẩu khác.
password-differs-error = Hai lần nhập không giống nhau. Hãy nhập lại.
