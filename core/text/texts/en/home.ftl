### The first page and the documents on it.

home-title = Electronic identity
home-text = With this app you open an identity account from your chip ID card, see how far your file is, activate
    level 2 and keep your account safe.
home-genuine-text = There is only one genuine app. Nobody activates for you, not even the police. Whoever calls and
    wants another app installed or a code read out is a scammer.
home-enrol-unfinished = Your registration is not finished. You can go on with it; nothing is entered twice.
home-activate-unfinished = Your activation of level 2 is not finished. Choose to activate to go on with it.
home-activate-waiting = Your activation is being compared. There is nothing more to do; choose to activate to see how far
    it is.
home-recover-unfinished = Your password reset is not finished. You can go on with it.
home-recover-waiting = Your portrait is being compared for the password reset. There is nothing more to do; choose to
    reset the password to see how far it is.

home-account-title = Your account
home-document-title = Electronic identity account
home-number-row = Personal number
home-number = •••• •••• { $digits }
    .spoken = Last four digits: { $digits }
home-level-row = Level
home-level-1 = Level 1: registered in the app
home-level-2 = Level 2: identified in person
home-channels-row = Codes come by
home-channel-sms = text message
home-channel-email = email
home-level-1-text = For level 2, have yourself identified in person at the police office of your commune or ward, then
    activate it here yourself.
home-card-expires-text = Your ID card expires on { $day }. Renew it before then at the police office of your commune or
    ward.
home-card-expired-text = Your ID card expired on { $day }. Renew it now at the police office of your commune or ward:
    without a new card the account loses its level or is locked.
home-cool-down-text = This phone is new to the account. To be safe, you can't change phone number or email and can't
    move to another phone until { $until }.
home-fetching-progress = Looking for news…
home-stale = It could not be updated. This is what was last known.

home-devices-title = Protect your account
home-devices-text = Somebody may have added a phone of theirs to your account. Lock the account now, then call the
    hotline or go to the police office of your commune or ward. The app does nothing else for now.
