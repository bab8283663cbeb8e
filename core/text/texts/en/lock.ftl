### Locking an account, and what a locked one says.

lock-title = The app is locked
lock-prompt = Unlock the app
lock-checking-progress = Checking the PIN…
lock-pin-wrong-error = { $left ->
    [0] That is not the PIN. After another wrong one you have to wait.
    [one] That is not the PIN. One more try before you have to wait.
   *[other] That is not the PIN. { $left } more tries before you have to wait.
}
lock-pin-short-error = The PIN has 6 digits.
lock-pin-gone-error = It could not be checked. Enter the PIN again; if that does not help, choose that you forgot it.
lock-locked-text = There were too many wrong PINs. Wait { $wait }, then try again. Nothing is deleted.
lock-wait-label = Try again in
lock-biometric-text = Unlock with your face, your finger or the phone's own screen lock.
lock-prompting-progress = Confirm it on the phone…
lock-no-screen-lock-text = This phone has no screen lock any more. Set one up in the phone's settings and try again, or
    sign in with your password.
lock-forgot-title = In with your password
lock-forgot-text = If you can't unlock the app, you sign out on this phone and sign in again with your number and
    password. The app's lock is removed; you can set up a new one afterwards.
lock-forgot-kept-text = Your account stays as it is. What you left unfinished on this phone is deleted.
lock-signing-out-progress = Signing out…
