package vn.citizen.core

import vn.citizen.core.vision.ScanHint
import vn.citizen.core.vision.SelfieHint

/** A hint as the command line and the scenarios write it. */
internal fun name(hint: ScanHint): String = when (hint) {
    ScanHint.NothingFound -> "nothing_found"
    ScanHint.TooDark -> "too_dark"
    ScanHint.ComeCloser -> "come_closer"
    ScanHint.MoveBack -> "move_back"
    ScanHint.HoldStill -> "hold_still"
    ScanHint.Focus -> "focus"
    ScanHint.Glare -> "glare"
    ScanHint.Tilted -> "tilted"
    ScanHint.CutOff -> "cut_off"
    ScanHint.Damaged -> "damaged"
    is ScanHint.WrongCode -> "wrong_code"
    is ScanHint.WrongField -> "wrong_field"
    ScanHint.OtherCode -> "other_code"
}

/** The same of a selfie's hint. */
internal fun name(hint: SelfieHint): String = hint.name.lowercase()
