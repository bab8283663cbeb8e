### Enrolment at level 1: who may, phone or email, what is sent, the receipt.

enrol-who-title = Register a level 1 account
enrol-who-text = For Vietnamese citizens of { $years } or older who hold a chip ID card.
enrol-need-text = Have your ID card and your own phone or email at hand, and sit in good light for a portrait. It takes about 5 minutes. If you have to stop, you can go on from there.
enrol-others-text = Too young, or in need of a guardian: a parent or guardian registers, under their account. Foreign residents: turn to the immigration office.
enrol-yourself-text = Register yourself. No police officer and no bank ever registers for you over the phone.

enrol-young-title = Too young to register alone
enrol-young-text = By the birth date on the card, this person is not { $years } yet, and so can’t register alone.
enrol-guardian-text = A parent or guardian registers, under their account: take the papers of both to the police office of your commune or ward. If the birth date was entered wrongly, correct it.

enrol-contact-title = Where do codes go?
enrol-contact-text = Choose a phone number or email that only you use. The code for this registration and its result go there, and later each code that you need.
enrol-contact-error = The service does not take this address. Use another phone number or email.

enrol-code-title = Enter the code to register
enrol-portrait-title = Take your portrait
enrol-password-title = Choose a password
enrol-submit-title = Send the application?
enrol-submit-text = Everything is here: the card’s details, phone or email, portrait and password. Once sent, the police compare it with the population database, and answer here, by text message or by email.
enrol-sending-title = Sending the application

enrol-applying-title = Handing in the application
enrol-applying-progress = Handing in the application…
enrol-unclear-progress = Asking whether the application arrived…

enrol-open-title = Another application is open
enrol-open-text = Another phone has applied for this ID number, and that application is under review.
enrol-open-scam-text = If that was you, see the result on that phone. If not, somebody is using your number: call the hotline, or go to the police office of your commune or ward now.
enrol-taken-text = A phone serves one person. See how far the other application is, or register on a phone of your own.

enrol-receipt-title = Application handed in
enrol-received-text = The service has received your application.
enrol-sent-row = Sent
enrol-sent-what = Card details, where codes go, portrait, password
enrol-sent-at-row = Sent at
enrol-expected-row = Result expected by
enrol-time = { $time }
enrol-next-text = Next it is compared with the population database, then reviewed. There is nothing to do, and you can close the app. You will hear by text message or email, and can always look here.
enrol-decided-text = There is a result already. See the application’s status for the result and what to do.
enrol-kept-text = The portrait has been deleted from this phone. The card’s details stay sealed on it until there is a result, so that you type nothing twice if something has to be corrected.
