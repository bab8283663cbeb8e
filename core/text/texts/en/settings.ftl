### Settings: devices, consents, export, deletion, language.

settings-title = Settings
settings-signed-out-text = Sign in to see what you agreed to, to lock your account or to ask for deletion.
settings-language-title = Language
settings-language-label = Language of the app

settings-app-lock-title = App lock
settings-app-lock-off-text = The app has no lock of its own: whoever holds the unlocked phone can look into it.
settings-app-lock-pin-text = The app is locked with a PIN.
settings-app-lock-biometric-text = The app is locked with your face, your finger or the phone's own screen lock.
settings-app-lock-text = The lock closes whenever the app starts and after you left it for a while.
settings-prompt = Use the phone's lock for the app
settings-prompting-progress = Confirm it on the phone…
settings-no-screen-lock-text = This phone has no screen lock, face or finger set up. You can choose a PIN for the app,
    or set up a screen lock in the phone's settings and try again.
settings-pin-title = Choose a PIN
settings-pin-text = Choose 6 digits that people who know you can't guess either. Do not use the PIN of a bank card.
settings-pin-hint = 6 digits, no birthday, nothing that is easy to guess.
settings-pin-emptied = The PIN that you entered was not kept. Enter it again.
settings-pin-length-error = The PIN must have exactly 6 digits.
settings-pin-trivial-error = This one is easy to guess: no birthday, no repeated digits, no digits in a row.
settings-pin-differs-error = The two entries are not the same.
settings-keeping-progress = Saving…
settings-lock-removal-title = Remove the app lock?
settings-lock-removal-text = Without a lock, whoever holds the unlocked phone gets into the app.

settings-privacy-title = Your data
settings-privacy-progress = Loading…
settings-privacy-text = This is what you agreed to. To withdraw one of them, untick it. You can also ask for a copy, or
    for deletion.
settings-consent-since = You agreed at { $time }.
settings-withdraw-title = Withdraw your consent?
settings-withdraw-optional-text = The data of this purpose is not used any more. The app works as before.
settings-withdraw-required-text = This one is required: withdrawing it also asks for the deletion of your account, with
    its file, its picture and its link to this phone.
settings-withdrawn = Your consent is withdrawn.
settings-withdrawn-ends = Your consent is withdrawn. The account will be deleted at { $time }.
settings-export-title = Ask for a copy?
settings-export-text = A copy of all your data goes to the phone number or email of the account; it is not shown in the
    app. When it comes is shown right after you confirm.
settings-exported = Your request for a copy has arrived.
settings-export-asked = You asked for a copy at { $asked-time }. It is sent by { $expected-time } at the latest.
settings-export-sent = You asked for a copy at { $asked-time }. It was due at { $expected-time }: if it did not come,
    call the hotline.
settings-delete-title = Delete the account?
settings-delete-text = The account, its file, its picture and its link to this phone are all deleted. The app can't
    undo that.
settings-delete-time-text = The account is not deleted at once. The service sets the time, and you see it right after
    you confirm.
settings-deleted = Your request for deletion has arrived.
settings-deletion-asked = Deletion was asked for at { $asked-time }. The account will be deleted at { $effective-time }.
settings-telling-progress = Sending your request…

settings-lock-title = Lock the account?
settings-lock-text = The account is locked at once and everywhere: nobody can use it any more, you neither. Lock it when
    you think that somebody else uses it, or when you were tricked.
settings-lock-undo-text = To unlock it, you have to go to the police office of your commune or ward yourself, with your
    ID card. It can't be unlocked by phone.
settings-locking-progress = Locking the account…
settings-locked-title = The account is locked
settings-locked-text = Your account has been locked.

settings-sign-out-title = Sign out?
settings-sign-out-text = What this phone knows of the account is deleted. The account stays; next time you sign in with
    your number and password.
settings-signing-out-progress = Signing out…
