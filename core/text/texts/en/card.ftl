### The card: its scanner's hints, its fields, what does not fit.

card-scan-title = Scan the QR code on your ID card
card-scan-text =
    The QR code is at the top right of the card: on the front of older chip cards, on the back of cards issued from
    7/2024 on. Put the card in good light and bring the whole code into the frame.
card-long-text = Can't the code be read? You can type what is printed on the card; it counts as much as a scan.

card-nothing-found-hint = No QR code in view. Bring the code on the card to the middle of the frame.
card-too-dark-hint = Too dark. Find more light or turn on the torch.
card-come-closer-hint = Bring the phone closer to the code.
card-move-back-hint = Move the phone back a little.
card-hold-still-hint = Hold the phone still.
card-focus-hint = Blurred. Tap the code on the screen to focus, or wipe the lens.
card-glare-hint = A light is mirrored on the code. Tilt the card a little.
card-tilted-hint = Hold the phone straight above the card.
card-cut-off-hint = A part of the code is outside. Bring the whole code into the frame.
card-damaged-hint = The code is scratched, bent or dirty. Wipe the card, or type it.
card-wrong-code-hint = This is not the code of an ID card. Scan the QR code on the card.
card-wrong-field-hint = The card was read, but something on it does not hold. Check the phone's date, or type it.

card-type-title = Type what the card says
card-type-text = Type exactly what is printed on the card, with its Vietnamese accents.
card-number-hint = The 12 digits on the card
card-old-number-hint = 9 digits; leave it empty if there are none
card-day-hint = Day, month, year, like 05/06/1990
card-as-printed-hint = As printed on the card, with accents
card-male-option = Male
card-female-option = Female

card-number-error = The ID number has exactly 12 digits. Type it again from the card.
card-old-number-error = The old number has exactly 9 digits. Leave it empty if there is none.
card-name-error = Type the full name as printed on the card.
card-address-error = Type the place of residence as printed on the card.
card-sex-error = Choose the sex as printed on the card.
card-day-error = This is no date. Type day, month and year as printed on the card, like 05/06/1990
card-future-error = This day is still to come. Look at the card again, and whether the phone's date is right.
card-issue-error = The date of issue must be after the date of birth. Check both.
card-service-error = This differs from the population database. Compare it with the card and correct it if it is wrong.

card-review-title = Check what the card says
card-review-text = Compare each line with your card. If all is right, tap Continue. If something is wrong, tap Correct it.
card-number-row = { $number }

card-province-finding = No province or country has the first three digits of the ID number.
card-birth-finding = The year of birth does not go with the ID number.
card-sex-finding = The sex does not go with the ID number.
# Where a record is corrected.
card-record-text =
    If the card really says so, your record in the population database may be wrong. Take the card to the police office
    of the commune where you are registered to have it corrected. You can go on, but the registration stops if the
    record does not match.
card-check-text =
    You may have mistyped a digit. Compare with the card and tap Correct it. If the card really says so, ask the police
    office of the commune where you are registered.
