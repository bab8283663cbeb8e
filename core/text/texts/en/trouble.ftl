### What stops somebody: what it is, and what to do next.

trouble-wait-label = You can try again in

trouble-offline-text =
    The phone has no connection. Check Wi-Fi or mobile data, then try again. What you entered is still here.
trouble-slow-text = The service took too long to answer. Wait a little, then try again. What you entered is still here.
trouble-service-text = The service has a fault; it is not you. Try again in a few minutes. What you entered is still here.
trouble-genuine-text =
    The connection does not lead to the real service, so the app stopped to protect you. Change to another network, like
    mobile data, then open the app again. If it stays so, tap Help to call the hotline.
trouble-clock-text =
    The phone's date or time is wrong, so no safe connection is possible. Open the phone's settings, turn on automatic date
    and time, then try again.
trouble-outdated-text =
    This version of the app is too old. Update it in your phone's app store, then open it again. What you entered is still
    here.
trouble-storage-text = The phone could not store the data. Restart the phone, then try again. If it stays so, tap Help.
trouble-full-text = The phone's storage is full. Delete photos, videos or apps that you do not need, then try again.
trouble-keystore-text =
    The phone's security key can't be used now. Unlock the screen, restart the phone if need be, then try again. If it stays
    so, tap Help.
trouble-approved-text = You did not approve, so nothing was sent. When you are ready, try again and approve on the phone.
trouble-approval-key-text =
    Fingerprints or the face on this phone changed, so the old security key can't be used any more. The account is
    safe. Tap Help: the hotline or an office helps you on.
trouble-phone-text =
    The service does not know this phone any more. Try again to register it. If it stays so, tap Help to call the hotline.
trouble-signed-out-text = Your session has ended. Go home and sign in again, then go on.
trouble-devices-text =
    The list of the account's phones changed, and not from this phone. If you did not change phones, tap Help to call the
    hotline and lock the account at once.
trouble-busy-text = Too many requests in a short time. Wait a little, then try again. What you entered is still here.
trouble-locked-text =
    The account is locked. It is unlocked where it was locked, in person. Tap Help to see where to go or to call the hotline.
trouble-refused-text =
    The service does not take this, and only an officer can look into it. Tap Help to call the hotline, or go to a police
    office.
trouble-unclear-text = It may have arrived already. Try again to see the result; it will not count twice.
trouble-again-text = Something that was sent can't be used any more. Try again. If it stays so, go back and repeat this step.
trouble-other-phone-text =
    This account is used on another phone, and only one phone at a time can use it. Go on there; if it is lost, tap Help.
