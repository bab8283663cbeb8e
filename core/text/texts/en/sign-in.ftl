### Signing in, also on a phone that the account does not know.

sign-in-form-title = Sign in
sign-in-form-text = Enter your personal ID number and your password.
sign-in-number-hint = 12 digits, on the front of your ID card
sign-in-number-error = The ID number has exactly 12 digits. Check it on your ID card.
sign-in-password-error = Enter your password.
sign-in-left-error = The ID number or the password is wrong. { $left ->
    [one] One try is left.
   *[other] { $left } tries are left.
}
sign-in-wrong-error = The ID number or the password is wrong. Enter it again.
sign-in-wrong-text = You are not signed in. Check your ID number and enter your password again. If you have forgotten it, choose a new password: that is quicker than guessing.
sign-in-code-kept = Your code was right. Just enter your password again to finish.
sign-in-emptied = Enter your password again. To keep it safe, the app does not store it.

sign-in-sending-title = Signing in
sign-in-progress = Checking your ID number and password…

sign-in-channel-title = How should the code reach you?
sign-in-channel-text = The password is right. Your account does not know this phone yet, so it takes a code as well. After that this is the account’s phone.
sign-in-code-title = Enter the code to use this phone

sign-in-locked-title = Signing in is paused
sign-in-locked-text = The password was wrong too often. Try again in { $wait }. If that was not you, somebody is guessing your password: call the hotline.
sign-in-locked-label = You can try again in

sign-in-other-phone-title = The account is on another phone
sign-in-other-phone-text = Your account is in use on another phone. An account works on one phone only.
sign-in-other-phone-office-text = Sign in on that phone. If you no longer have it, take your ID card to a police office to move the account. If the phone was lost or stolen, call the hotline to lock the account now.

sign-in-no-address-title = Nowhere to send a code
sign-in-no-address-text = The account has no phone number and no email for a code. Take your ID card to a police office to add one.

sign-in-devices-changed-title = Your list of devices changed
sign-in-devices-changed-text = The app has stopped the account on this phone. If you did not change phones yourself, somebody else may be using your account. Lock the account, call the hotline, or go to a police office.

phone-taken-title = This phone has an account already
phone-taken-text = This phone belongs to another person’s account. A phone serves one account only.
phone-taken-office-text = Use your own phone. If you have no other one, take your ID card to a police office: they help you there.

sign-in-account-locked-title = The account is locked
account-lock-holder-text = Its holder locked it in the app at { $since-time }.
account-lock-office-text = A police office locked it at { $since-time }, on a request in person.
account-lock-hotline-text = The hotline locked it at { $since-time }, on a request by phone.
account-lock-authority-text = An authority locked it in writing at { $since-time }.
account-lock-expiry-text = The system locked it at { $since-time } because the ID card expired long ago.
account-lock-in-person-text = To unlock it, take your ID card to a police office yourself. Nobody can unlock it by phone or by message.
account-lock-same-office-text = To unlock it, take your ID card to the police office that locked it, yourself. Nobody can unlock it by phone or by message.
account-lock-write-text = Only the authority that locked it can unlock it. Take your ID card to a police office and ask. Nobody can unlock it by phone or by message.
account-lock-card-text = Renew your ID card at a police office. With the new card the account is unlocked there.
