### Activation of level 2.

activation-form-title = Activate your level 2 account
activation-form-text = For those whom a police office has identified in person. Enter your ID number, and the very phone number or email that you gave there.
activation-nobody-text = Only you activate, on your own phone. No police officer and no bank ever activates for you over the phone.
activation-lost = The earlier request is no longer in the system. Nothing has changed. Please start again.

activation-code-title = Enter the code to activate
activation-portrait-title = Take your portrait
activation-password-title = Choose a password
activation-submit-title = Send and activate?
activation-submit-text = Code, portrait and password are ready. The portrait is compared with the picture that the police office took. If it matches, the account has level 2 and belongs to this phone.
activation-sending-title = Sending

activation-waiting-title = Comparing your portrait
activation-waiting-text = There is nothing more to do, and you can close the app. The account stays as it was until there is a result.
activation-received-step = Request received
activation-since = At { $since-time }
activation-comparing-step = Portrait compared
activation-expected = Expected by { $expected-time }
activation-late = It takes longer than expected. Your request is still being handled.
activation-comparing = Being compared
activation-decided-step = Account at level 2

activation-done-title = Level 2 is active
activation-done-text = Your account has level 2. This is the account’s phone.
activation-done-next-text = Sign in with the password that you have just chosen to see your documents.

activation-refused-title = Not activated
activation-refused-text = The activation was refused. Nothing has changed. The reason is below.
activation-not-identified-text = Nobody has identified this ID number in person yet. Take your ID card to the police office of your commune or ward for portrait and fingerprints. If you have been there, ask them whether your file was sent, and whether the number is right.
activation-address-text = The phone number or email is not the one that you gave at the police office. The ID number is right. Enter the one that you gave. If you no longer use it, have it changed at the office where you were.
activation-differs-text = The portrait that you took does not match the office’s picture. The code and the phone number or email are right. Take your ID card to the office where you were, so that an officer can check.
activation-unusable-text = The portrait is not clear enough to be compared. Try again: in even light, looking straight ahead, without sunglasses or a mask. You will get a new code.
activation-active-text = This account has level 2 already; there is nothing to activate. Sign in. If you forgot the password, choose a new one on the sign-in page. If you never activated it, call the hotline.
activation-other-phone-text = Your account belongs to another phone. Activate on that phone. If you no longer have it, take your ID card to a police office to move the account.
activation-expired-text = Your file is right, but the office’s request to activate has expired. Have a new one sent at the office where you were, then activate here again.
activation-office-text = Take your ID card to the police office where you were identified. An officer looks up the reason and helps you.

activation-open-title = Another phone is activating
activation-open-text = Another phone is activating this account, and waits for the result.
activation-open-scam-text = If that was you, see the result on that phone. If not, somebody is trying to activate in your place: call the hotline now to lock the account.

sending-progress = Sending…
sending-unclear-progress = Asking whether the request arrived…
