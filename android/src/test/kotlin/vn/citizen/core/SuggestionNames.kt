package vn.citizen.core

import vn.citizen.core.vision.Suggestions

/** What is suggested, as the scenarios write it. */
internal fun names(suggestions: Suggestions): List<String> = buildList {
    suggestions.zoom?.let { if (it > 1f) add("zoom") }
    suggestions.focus?.let { add("focus") }
    if (suggestions.torch) add("torch")
    if (suggestions.typeByHand) add("type_by_hand")
}
