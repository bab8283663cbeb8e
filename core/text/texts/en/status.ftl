### How far an application is, and what comes next.

status-asking-title = Your application
status-asking-progress = Asking how far your application is…

status-review-title = Your application is under review
status-review-text = Your application has arrived, and goes through the steps of the police office.
status-meanwhile-text = There is nothing to do, and you can close the app. You will hear by text message or email. Whoever calls meanwhile for a code, or for money to speed it up, is a fraud.
status-late = It takes longer than expected. It is still under review; there is no need to apply again. To ask, tap Help and call the hotline.

status-received-step = Application received
status-compared-step = Compared with the population database
status-reviewed-step = Application and portrait reviewed
status-account-step = Account made
status-done-at = Done at { $time }
status-failed-at = Ended at { $time }
status-since-by = Since { $since-time }. Expected by { $expected-time }
status-since = Since { $since-time }
status-expected = Expected by { $expected-time }
status-now = Under way

status-rejected-title = Something has to be corrected
status-rejected-text = Your application was not accepted, but you can put it right here. Only what is named below is done again; the rest stays.
status-fix-entry-text = Correct the entry: what you entered is still there, and what to look at is marked. Compare it letter by letter with the card.
status-fix-portrait-text = Take the portrait again: in even light, looking straight ahead, without sunglasses or a mask.
status-fix-both-text = Correct the entry: first what is marked, then take the portrait again. Nothing else has to be done again.

status-stopped-title = Your application has ended
status-stopped-text = Your application has ended, and can’t be put right in the app. Why, and where to go, is below. What you entered has been deleted from this phone.

## Why

status-unknown-text = The population database has no such ID number.
status-number-differs-text = The ID number does not go with the rest in the population database.
status-old-number-differs-text = The old ID number differs from the population database.
status-name-differs-text = The name differs from the population database.
status-birth-differs-text = The birth date differs from the population database.
status-sex-differs-text = The sex differs from the population database.
status-address-differs-text = The place of residence differs from the population database.
status-issue-differs-text = The card’s date of issue differs from the population database.
status-some-differs-text = Some detail differs from the population database.
status-expired-text = Your ID card has expired.
status-young-text = You are too young for an account of your own.
status-foreigner-text = This number is a foreign resident’s.
status-portrait-differs-text = The portrait does not match the picture in the population database.
status-portrait-unusable-text = The portrait is not clear enough to be compared.
status-registered-text = There is an account for this ID number already.
status-other-text = The officer who reviewed it has a remark.
status-note-row = In the officer’s words
status-note = { $note }

## What helps

status-enter-again-text = Register again and enter everything as on the card, best by scanning its QR code.
status-picture-again-text = Register again with another portrait, taken in even light.
status-update-text = Take your ID card and the papers concerned to the police office of your permanent residence, and have your record updated. Then register again.
status-renew-text = Have your ID card renewed at a police office. Then register again.
status-guardian-text = A parent or guardian registers you, under their account. Go together to the police office of your commune or ward, with the papers of both.
status-immigration-text = Take your passport to the immigration office, and enrol there in person.
status-sign-in-text = Sign in. If you forgot the password, choose a new one. If you never registered, somebody has used your number: call the hotline now.
status-office-text = Take your ID card and this phone to the police office of your commune or ward. An officer looks up the reason and helps you.

status-portrait-title = Take the portrait again
status-sending-title = Sending the correction
status-sending-progress = Sending the correction…

status-approved-title = You have an account
status-approved-text = Your application was accepted. Your level 1 account has been made.
status-approved-next-text = Sign in with your ID number and the password that you chose. This phone is the account’s phone.

status-none-title = No application
status-none-text = The service has no application from this phone. You can register now. If you applied on another phone, look there.
