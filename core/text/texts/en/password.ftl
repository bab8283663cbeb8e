### A new password: how to choose one, what is weak.

password-text =
    Choose a password that you use for nothing else. A short sentence that only you would think of is easy to remember and
    hard to guess.
password-hint = At least { $n } characters; spaces and accents are welcome
password-emptied = To be safe, a password is not kept on the phone. Enter it again.

password-short-error = The password is too short. Use at least { $n } characters.
password-long-error = The password is too long. Use at most { $n } characters.
password-common-error = Many people use this password, so it is easily guessed. Choose another one.
password-personal-error = It is made of your name, birthday or number, so it is easily guessed. Choose another one.
password-repetitive-error = It repeats itself or follows a row, so it is easily guessed. Choose another one.
password-character-error = The password has a character that can't be typed elsewhere, like a line break. Type it again.
password-refused-error = This password was not taken, because it is easily guessed. Choose another one.
password-differs-error = The two entries differ. Type them again.
