### The portrait: the guide's hints, further ways on, a camera that is not there.

selfie-text =
    Hold the phone at eye level and bring your face into the oval. Take off glasses and mask. The picture takes itself.
selfie-refused-text = The last picture could not be used. Take it again in even light, looking straight, with nothing on your face.
selfie-elsewhere-text =
    Does it still not work? Try another place or another phone. You can also do it in person at a police office.

selfie-no-face-hint = Bring your face into the oval.
selfie-wipe-lens-hint = Nothing can be seen clearly. Wipe the lens and keep your finger off it.
selfie-only-you-hint = Only you should be in the picture.
selfie-too-dark-hint = Too dark. Turn to a window or a lamp.
selfie-too-bright-hint = Too bright. Turn away from the light.
selfie-backlit-hint = The light is behind you. Turn round.
selfie-come-closer-hint = Bring the phone closer.
selfie-move-back-hint = Move the phone back.
selfie-centre-hint = Bring your face to the middle of the oval.
selfie-straighten-hint = Hold your head upright.
selfie-look-straight-hint = Look straight into the camera.
selfie-hold-still-hint = Hold the phone still. If it stays blurred, wipe the lens.
selfie-glare-hint = A lamp is mirrored on your face. Turn a little.
selfie-uncover-hint = Uncover your nose and mouth. Take off a mask.
selfie-remove-sunglasses-hint = Take off your sunglasses.
selfie-remove-glasses-hint = Take off your glasses.
selfie-open-eyes-hint = Open your eyes.
selfie-even-light-hint = One side of your face is in shade. Turn to the light.
selfie-natural-light-hint = The light is coloured. Use another lamp or find daylight.
selfie-good-hint = Very good. Hold still, the picture takes itself.

camera-denied-text =
    The app may not use the camera yet. Open the phone's settings, allow the camera for this app, then come back.
camera-busy-text = Another app is using the camera. Close that app, then try again.
camera-missing-text = The phone's camera does not work. Restart the phone and try again, or choose another way.
