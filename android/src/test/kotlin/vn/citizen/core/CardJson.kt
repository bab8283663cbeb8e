package vn.citizen.core

import vn.citizen.core.card.CardReading
import vn.citizen.core.card.Finding
import vn.citizen.core.card.Sex

/** A card as the command line and the scenarios write it. */
internal fun json(reading: CardReading): Map<String, Any?> = mapOf(
    "number" to reading.card.number,
    "old_number" to reading.card.oldNumber,
    "name" to reading.card.name,
    "birth_date" to reading.card.birthDate,
    "sex" to json(reading.card.sex),
    "address" to reading.card.address,
    "issue_date" to reading.card.issueDate,
    "extra" to reading.card.extra,
    "findings" to reading.findings.map(::json),
)

private fun json(finding: Finding): Map<String, Any?> = when (finding) {
    is Finding.UnknownProvince -> mapOf("finding" to "unknown_province", "code" to finding.code)
    is Finding.BirthYearDiffers ->
        mapOf("finding" to "birth_year_differs", "number" to finding.number.toInt(), "card" to finding.card.toInt())
    is Finding.SexDiffers ->
        mapOf("finding" to "sex_differs", "number" to json(finding.number), "card" to json(finding.card))
}

private fun json(sex: Sex) = when (sex) {
    Sex.MALE -> "male"
    Sex.FEMALE -> "female"
}
