### What every page shares: the languages, buttons, names of fields, what is sent.

# Each language by its own name, as the choice of languages shows it.
language-name = English

## Buttons

action-continue = Continue
action-try-again = Try again
action-help = Help
action-call = Call the hotline
action-later = Later
action-discard = Delete and leave
action-stay = Stay
action-home = Home
action-type-by-hand = Type it
action-scan-card = Scan the card
action-correct = Correct it
action-open-settings = Open phone settings
action-take-now = Take it now
action-relax = Ask less of the picture
action-retake = Take it again
action-in-person = Do it in person
action-resend = Send a new code
action-other-address = Send it elsewhere
action-by-email = Code by email
action-by-sms = Code by text message
action-submit = Send
action-refresh = Refresh
action-fix-entry = Correct what is wrong
action-fix-portrait = Take the portrait again
action-refuse = I do not agree
action-enrol = Register
action-resume = Go on
action-sign-in = Sign in
action-recover = Reset the password
action-activate = Activate level 2
action-status = How far is it?
action-settings = Settings
action-sign-out = Sign out
action-lock-account = Lock the account
action-privacy = Personal data
action-withdraw = Withdraw consent
action-export = Ask for a copy
action-delete = Ask for deletion
action-confirm = Confirm
action-language = Language
action-app-lock = App lock
action-set-pin = Choose a PIN
action-remove-lock = Remove the app lock
action-use-biometric = Use the phone's lock
action-use-pin = Use the PIN
action-forgot-pin = I forgot the PIN
action-unlock = Unlock
action-look-again = Look again
action-understood = I understand

## Names of fields

field-id-number-label = Personal ID number
field-old-id-number-label = Old ID card number
field-name-label = Full name
field-birth-date-label = Date of birth
field-sex-label = Sex
field-address-label = Place of residence
field-issue-date-label = Date of issue
field-phone-label = Phone number
field-email-label = Email address
field-password-label = Password
field-password-again-label = Password again
field-pin-label = PIN
field-pin-again-label = PIN again

## What is sent

gather-portrait-progress = Sending the portrait…
gather-password-progress = Sending the password…
