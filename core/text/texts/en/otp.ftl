### One-time codes: what they approve, where they went, what is wrong.

otp-sending = Sending the code…
otp-checking = Checking the code…

otp-register-text = This code proves that the phone number or email is yours, to register your account.
otp-sign-in-text = This code lets this phone sign in to your account.
otp-recover-text = This code lets the password of your account be reset.
otp-rekey-text = This code lets this phone's security keys be replaced.
otp-activate-text = This code activates level 2 of your account. Only you do this; nobody can do it for you.
otp-transfer-text = This code moves your account to this phone. Only you do this; nobody can do it for you.
otp-sms-text = The code was sent by text message to { $address }.
otp-email-text = The code was sent by email to { $address }. If you do not see it, look among spam as well.
otp-facts-text =
    Reference: { $reference }. Asked for from: { $device }. If the message says something else, do not use its code.
# No one ever has a reason to ask for the code: the commonest fraud.
otp-never-text =
    No officer, police or bank will ever ask for this code, whatever they say. Whoever asks is a fraud: hang up, and do
    not tell the code to anybody.

otp-filled = The code is filled in. Read what it is for, then tap Continue.
otp-attempts = { $left ->
    [one] One try left
   *[other] { $left } tries left
  }
otp-expires-label = The code expires in
otp-expired = The code has expired. Tap Send a new code.
otp-expired-wait = The code has expired. A new one can be sent in a moment: wait until Send a new code opens.

otp-digits-error = The code has only digits. Type it again from the message.
otp-length-error = The code has fewer or more digits. Type it again from the message.
otp-message-error = There is no code for this app in that text. Type the code.
otp-host-error = This message is not for this app. Do not use its code; find the message with the reference above.
otp-wrong-error = { $left ->
    [one] The code is wrong, one try left. Look at the newest message.
   *[other] The code is wrong, { $left } tries left. Look at the newest message.
  }
otp-wrong-plain-error = The code is wrong. Look at the newest message.
otp-void-error = This code can't be used any more. Use the one of the newest message, or tap Send a new code.
otp-emptied-error = To be safe, a code is not kept when you leave. Type the code of the newest message.

otp-locked-text =
    The code was wrong too many times, so codes are locked until { $until }. Then tap Send a new code. If it was not you
    who typed them, tap Help to call the hotline.
otp-locked-label = A new code can be sent in
otp-channel-text = The code can't be sent this way. Choose another way, or tap Help to see where to go in person.
