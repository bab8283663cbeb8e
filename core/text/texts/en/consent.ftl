### Consent: who asks, for what, for how long, which rights; one choice for each purpose.

consent-title = Do you agree?
consent-loading-progress = Loading what you are asked to agree to…
consent-text = The app needs sensitive personal data: what is on your card, and a picture of your face. Read each item
    and choose yourself. Nothing is chosen for you, and nothing more is sent before you agree.
consent-controller-text = Who is responsible: the identity management authority of the Ministry of Public Security.
consent-rights-text = You have the right to see and correct your data, to get a copy, to withdraw your consent and to
    ask for deletion: in Settings, or at the police office of your commune or ward.

consent-identity-title = Comparing what is on your card
consent-identity-used = Data: the text on your card, your phone number or email.
consent-identity-why = What for: comparing it with the national population data; opening and keeping an account in your name.

consent-portrait-title = Comparing your face
consent-portrait-used = Data: one picture of your face, taken with this phone.
consent-portrait-why = What for: comparing it with the picture on record, so that nobody else opens or takes your account.

consent-diagnostics-title = Helping to fix the app
consent-diagnostics-used = Data: how often each kind of error happens. Without your name and without your number.
consent-diagnostics-why = What for: finding and fixing errors in the app.

consent-for-database = Who sees it: the national population database.
consent-for-service = Who sees it: the electronic identity service.
consent-for-office = Who sees it: the police officers who handle your file.
consent-kept-days = { $days ->
    [one] How long: one day.
   *[other] How long: { $days } days.
}
consent-kept-account = How long: as long as the account exists.
consent-required = Required: without it the app can't open an account. If you withdraw it later, the account is
    deleted.
consent-optional = Optional: the app works without it. You can withdraw it at any time.

consent-refused-title = You did not agree
consent-refused-text = Without your consent the app can't go on. You can still do it in person: bring your ID card to
    the police office of your commune or ward.
consent-nothing-stored-text = Nothing more of yours is stored or sent. If you change your mind, you can go back and choose.
