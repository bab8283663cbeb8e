### Warnings: callers who ask for a code, a phone that is not safe.

risk-warn-title = Please take care
risk-wait-title = Not just yet
risk-refuse-title = It is not safe to go on
risk-after-call-label = You can go on in
risk-elsewhere-text = It is off, and this page is still here? Use another phone, or go to the police office of your
    commune or ward.

risk-call-text = Hang up first. Scammers call, pretend to be police, and tell you step by step what to tap. The police
    never guide you through this by phone. Hang up, wait a moment, then go on by yourself.
risk-capture-text = The screen is being recorded or shared: others may see what you do. Stop the recording and the
    sharing before you go on.
risk-remote-text = Somebody controls this phone from afar. Close the remote control app; if you can't, switch the network
    off. Police and banks never control your phone.
risk-overlay-text = Another app lies over this screen: it may hide or fake buttons. Close that app; chat bubbles and
    screen dimmers are such apps.
risk-accessibility-text = An app on this phone may tap in your place. If you did not set it up yourself because you need
    it, switch it off in the phone's accessibility settings. A screen reader is fine.
risk-debugger-text = The app is being watched with a debugging tool. Unplug the phone from the computer, switch debugging
    off in the phone's settings, then open the app again.
