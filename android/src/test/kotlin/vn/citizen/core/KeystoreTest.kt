package vn.citizen.core

import kotlin.io.path.readBytes
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import vn.citizen.core.app.App
import vn.citizen.core.app.Problem
import vn.citizen.core.keystore.DeviceKeystore
import vn.citizen.core.keystore.KeystoreException

/** A key store written in Kotlin opens the vault, and nothing that goes wrong in it escapes without a type. */
class KeystoreTest {
    private val phone = PhoneStorage()

    @AfterEach
    fun clean() = phone.close()

    @Test
    fun `the vault opens with it, again and again, under one key`() {
        repeat(3) { open { assertEquals(emptyList<Any>(), it.losses()) } }
        assertEquals(1, phone.keystore.aliases.size)
        val keys = phone.folder.resolve("app/vault/store/keys").readBytes()
        assertTrue(keys.size > 100, "the wrapped keys are kept beside the database")
    }

    @Test
    fun `it is called on a thread of the core, never on the caller's`() {
        open { }
        assertFalse(Thread.currentThread().name in phone.keystore.threads)
        assertEquals(1, phone.keystore.threads.size)
    }

    @Test
    fun `an exception in it is a typed error, and so is an Error`() {
        val faults: List<() -> Nothing> = listOf(
            { error("a bug of the shell, with the holder's name in it") },
            { throw NotImplementedError("not an Exception, but an Error") },
            { throw OutOfMemoryError() },
        )
        for (fault in faults) {
            // At the first opening the key is made, wraps, and is tried; at the next ones it unwraps.
            for (call in 0..2) assertUnexpected(FaultyKeystore(phone.keystore, call, fault))
        }
        open { assertEquals(emptyList<Any>(), it.losses()) }
        for (fault in faults) assertUnexpected(FaultyKeystore(phone.keystore, fault = fault))
        open { assertEquals(emptyList<Any>(), it.losses()) }
    }

    @Test
    fun `a second opening is refused until the first is closed`() {
        val first = phone.open()
        assertThrows<Problem.InUse> { phone.open() }
        first.use { it.shutdown() }
        open { assertEquals(emptyList<Any>(), it.losses()) }
    }

    private fun assertUnexpected(keystore: DeviceKeystore) {
        val problem = assertThrows<Problem.Keystore> { phone.open(keystore) }
        assertTrue(problem.error is KeystoreException.Unexpected, "${problem.error}")
        assertFalse("holder" in problem.toString(), "what the shell said stays in the shell")
    }

    private fun open(keystore: DeviceKeystore = phone.keystore, use: (App) -> Unit) {
        phone.open(keystore).use { app ->
            use(app)
            app.shutdown()
        }
    }
}
