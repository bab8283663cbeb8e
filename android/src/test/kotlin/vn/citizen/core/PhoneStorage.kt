package vn.citizen.core

import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import vn.citizen.core.app.App
import vn.citizen.core.app.DamageKind
import vn.citizen.core.app.Problem
import vn.citizen.core.app.Quiet
import vn.citizen.core.app.Screen
import vn.citizen.core.app.appConfig
import vn.citizen.core.keystore.DeviceKeystore
import vn.citizen.core.keystore.KeystoreException

/** A phone with a key store, and the app on it once it is open. Answers are as the scenarios write them. */
internal class PhoneStorage : AutoCloseable {
    val folder: Path = createTempDirectory("citizen")
    val keystore = MemoryKeystore()
    private var app: App? = null

    fun open(keystore: DeviceKeystore = this.keystore): App =
        App.open(appConfig(folder.resolve("app")), Screen(), keystore, Quiet)

    /** The app of the step before is closed first. */
    fun openStorage(show: Show.OpenStorage): Map<String, Any?> {
        closeApp()
        return try {
            val opened = open(answering(show.keyStore))
            app = opened
            mapOf("opened" to true, "losses" to losses(opened))
        } catch (problem: Problem) {
            mapOf("opened" to false) + name(problem)
        }
    }

    fun tellLosses(): Map<String, Any?> {
        val app = checkNotNull(app) { "an app that is open" }
        app.lossesTold()
        return mapOf("losses" to losses(app))
    }

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        closeApp()
        folder.deleteRecursively()
    }

    private fun closeApp() {
        app?.use { it.shutdown() }
        app = null
    }

    private fun answering(how: String): DeviceKeystore = when (how) {
        "works" -> keystore
        "is_cancelled" -> faulty { throw KeystoreException.UserCancelled() }
        "is_not_enrolled" -> faulty { throw KeystoreException.NotEnrolled() }
        "times_out" -> faulty { throw KeystoreException.TimedOut() }
        "is_locked_out" -> faulty { throw KeystoreException.LockedOut(30u) }
        "is_unavailable" -> faulty { throw KeystoreException.HardwareUnavailable() }
        "breaks" -> faulty { error("the shell's own code") }
        "is_invalidated" -> faulty { throw KeystoreException.Invalidated() }
        "refuses" -> faulty { throw KeystoreException.Refused() }
        "has_lost_its_keys" -> keystore.apply { loseKeys() }
        else -> error("no key store $how")
    }

    private fun faulty(fault: () -> Nothing) = FaultyKeystore(keystore, fault = fault)
}

private fun losses(app: App): List<String> = app.losses().map {
    when (it.damage) {
        DamageKind.KEY_LOST -> "key_lost"
        DamageKind.OUTDATED -> "outdated"
        DamageKind.DAMAGED -> "damaged"
        DamageKind.PLACE -> "place"
    }
}

private fun name(problem: Problem): Map<String, Any?> = when (problem) {
    is Problem.Keystore -> when (val error = problem.error) {
        is KeystoreException.UserCancelled -> mapOf("problem" to "user_cancelled")
        is KeystoreException.NotEnrolled -> mapOf("problem" to "not_enrolled")
        is KeystoreException.Invalidated -> mapOf("problem" to "invalidated")
        is KeystoreException.LockedOut -> mapOf("problem" to "locked_out", "retry_s" to error.retryS.toInt())
        is KeystoreException.KeyMissing -> mapOf("problem" to "key_missing")
        is KeystoreException.HardwareUnavailable -> mapOf("problem" to "hardware_unavailable")
        is KeystoreException.Refused -> mapOf("problem" to "refused")
        is KeystoreException.TimedOut -> mapOf("problem" to "timed_out")
        is KeystoreException.Unexpected -> mapOf("problem" to "unexpected")
    }
    is Problem.InUse -> mapOf("problem" to "in_use")
    is Problem.NoSpace -> mapOf("problem" to "no_space")
    is Problem.Files -> mapOf("problem" to "files")
    is Problem.Restart -> mapOf("problem" to "restart")
    is Problem.Update -> mapOf("problem" to "update")
    is Problem.Configuration -> mapOf("problem" to "configuration")
}
