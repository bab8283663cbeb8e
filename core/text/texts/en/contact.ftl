### A phone number or an email address: how a code comes.

channel-label = Get the code by
channel-sms-option = Text message to a phone
channel-email-option = Email

contact-phone-hint = A Vietnamese mobile number, like 0912 345 678
contact-phone-error = This is not a Vietnamese mobile number. It has 10 digits and begins with 03, 05, 07, 08 or 09.
contact-email-hint = Like name@example.vn
contact-email-error = This is not an email address. Check it again: it looks like name@example.vn
