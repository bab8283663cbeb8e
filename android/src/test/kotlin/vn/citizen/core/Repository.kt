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

    /** The stories that the tests of all languages share. */
    val scenarios: Path = root.resolve("tests/scenarios")
}
