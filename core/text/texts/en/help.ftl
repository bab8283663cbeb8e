### Help: the hotline, the office, support codes.

help-title = Do you need help?
help-hotline-text = Call the hotline { $number }. The number is in the button below: you only have to tap.
help-code-text = Support code: { $code }. Read it out when you call. It only says where you are stuck, nothing about
    you.
help-no-code-text = When you call, read out the title of the page that you came from.
help-in-person-way-text = You can also go on in person at the police office of your commune or ward. The button below
    says what to bring.
help-foreigners-text = Foreign residents: turn to the immigration office that you enrolled at, and bring your passport.
help-never-text = No officer, police or bank will ever ask for your code, your password or your PIN. Whoever asks is a
    scammer: hang up.

help-in-person-title = Going on in person
help-office-text = Go to the police office of the commune or ward that you live in. Go yourself; nobody can do it for
    you.
help-bring-text = Bring: your chip ID card, this phone, and the support code if there is one.
help-officer-text = At the office, too, nobody asks for your code, your password or your PIN.

leave-title = Do you want to stop here?
leave-later-text = Later: a registration, activation or password reset that you began stays on this phone. Passwords
    and codes are never kept.
leave-discard-text = Discard: what you just entered is deleted from this phone. What was sent already is not taken back.
