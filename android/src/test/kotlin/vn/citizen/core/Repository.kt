package vn.citizen.core

import java.nio.file.Path

internal object Repository {
    private val root = Path.of(checkNotNull(System.getProperty("repository.root")) { "repository.root is not set" })

    /** The drawn frames, and what the command line made of them. */
    val scenes: Path = root.resolve("target/scenes")

    /** Folders with the frames of drawn bursts. */
    val bursts: Path = scenes.resolve("bursts")

    /** Folders with the frames of drawn selfies. */
    val selfies: Path = scenes.resolve("selfies")

    /** Citizens whom the sandbox knows: a drawn card, and what they type. */
    val enrolment: Path = scenes.resolve("enrolment")

    /** The stories that the tests of all languages share. */
    val scenarios: Path = root.resolve("tests/scenarios")

    /** Those of the journeys. */
    val journeys: Path = scenarios.resolve("journeys")

    /** Where each language says which pages the journeys' scenarios showed. */
    val pagesSeen: Path = root.resolve("target/scenarios")

    /** The test harness. */
    val citizen: Path = root.resolve("target/debug/citizen")
}
