### A forgotten password, a lost phone, a new phone.

recovery-form-title = Choose a new password
recovery-form-text = There are three steps: a code, a portrait, a new password. The portrait is compared with the population database, so that nobody takes your account. The old password works until it is done.
recovery-lost = The earlier request is no longer in the system. The old password still works. Please start again.

recovery-code-title = Enter the code for a new password
recovery-portrait-title = Take your portrait
recovery-password-title = Choose a new password
recovery-submit-title = Send the request?
recovery-submit-text = Code, portrait and new password are ready. Once they are sent, the portrait is compared. If it matches, the new password is in force and you are signed out everywhere.
recovery-sending-title = Sending the request

recovery-waiting-title = Comparing your portrait
recovery-waiting-text = There is nothing more to do, and you can close the app. The old password works until there is a result.
recovery-received-step = Request received
recovery-since = At { $since-time }
recovery-comparing-step = Portrait compared
recovery-expected = Expected by { $expected-time }
recovery-late = It takes longer than expected. Your request is still being handled.
recovery-comparing = Being compared
recovery-decided-step = New password in force

recovery-done-title = You have a new password
recovery-done-text = Your new password is in force.
recovery-done-next-text = To keep you safe, you were signed out everywhere. Sign in with the new password.

recovery-refused-title = The password was not changed
recovery-refused-text = The request for a new password was refused. The old password still works; nothing has changed.
recovery-differs-text = The portrait that you took does not match the picture in the population database.
recovery-unusable-text = The portrait is not clear enough to be compared.
recovery-record-text = Your data in the population database does not match the account.
recovery-card-text = Your ID card has expired.
recovery-again-text = You can try again with another portrait: in even light, looking straight ahead, without sunglasses or a mask. You will get a new code.
recovery-other-way-text = The account got another password in the meantime. If you changed it yourself, sign in with that one. If not, call the hotline.
recovery-renew-text = Renew your ID card at a police office, then choose a new password.
recovery-update-text = Take your papers to the police office where you live and have your data updated, then try again.
recovery-immigration-text = Take your passport to the immigration office: they help you there.
recovery-office-text = Take your ID card to a police office. An officer checks it and helps you get your account back.

recovery-open-title = Another phone has asked already
recovery-open-text = Another phone has asked for a new password for this account, and waits for the result.
recovery-open-scam-text = If that was you, see the result on that phone. If not, somebody is trying to take your account: call the hotline now to lock it.
