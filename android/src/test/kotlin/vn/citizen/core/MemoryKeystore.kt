package vn.citizen.core

import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import vn.citizen.core.keystore.AttestationFormat
import vn.citizen.core.keystore.CreatedKey
import vn.citizen.core.keystore.Deletion
import vn.citizen.core.keystore.DeviceKeystore
import vn.citizen.core.keystore.KeyLevel
import vn.citizen.core.keystore.KeyPolicy
import vn.citizen.core.keystore.KeystoreException
import vn.citizen.core.keystore.Prompt

private const val NONCE_BYTES = 12
private const val TAG_BITS = 128

/** A key store as a shell writes one, on the platform's own cryptography; its keys live as long as it does. */
internal class MemoryKeystore : DeviceKeystore {
    private val wrapping = ConcurrentHashMap<String, SecretKey>()
    private val signing = ConcurrentHashMap<String, PrivateKey>()

    val aliases: Set<String> get() = wrapping.keys + signing.keys

    /** What the core was called on. */
    val threads: MutableSet<String> = ConcurrentHashMap.newKeySet()

    override fun create(alias: String, policy: KeyPolicy, challenge: ByteArray): CreatedKey {
        threads += Thread.currentThread().name
        val spki = if (policy == KeyPolicy.WRAPPING) {
            wrapping[alias] = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
            ByteArray(0)
        } else {
            val generator = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }
            val pair = generator.generateKeyPair()
            signing[alias] = pair.private
            pair.public.encoded
        }
        return CreatedKey(spki, KeyLevel.SOFTWARE, ByteArray(0), AttestationFormat.UNATTESTED)
    }

    override fun sign(alias: String, message: ByteArray, prompt: Prompt?): ByteArray {
        val key = signing[alias] ?: throw KeystoreException.KeyMissing()
        return Signature.getInstance("SHA256withECDSA").run {
            initSign(key)
            update(message)
            sign()
        }
    }

    override fun wrap(alias: String, secret: ByteArray): ByteArray {
        val cipher = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.ENCRYPT_MODE, wrappingKey(alias)) }
        return cipher.iv + cipher.doFinal(secret)
    }

    override fun unwrap(alias: String, wrapped: ByteArray): ByteArray {
        val key = wrappingKey(alias)
        try {
            val nonce = GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES)
            val cipher = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.DECRYPT_MODE, key, nonce) }
            return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.size - NONCE_BYTES)
        } catch (_: GeneralSecurityException) {
            throw KeystoreException.Refused()
        }
    }

    override fun delete(alias: String): Deletion {
        val gone = listOfNotNull(wrapping.remove(alias), signing.remove(alias))
        return if (gone.isEmpty()) Deletion.WAS_NOT_THERE else Deletion.DELETED
    }

    fun loseKeys() {
        wrapping.clear()
        signing.clear()
    }

    private fun wrappingKey(alias: String) = wrapping[alias] ?: throw KeystoreException.KeyMissing()
}

/** A key store of which one call goes wrong, after some that go through, and all others through. */
internal class FaultyKeystore(
    private val inner: DeviceKeystore,
    private val after: Int = 0,
    private val fault: () -> Nothing,
) : DeviceKeystore {
    private val calls = AtomicInteger()

    private fun play() {
        if (calls.getAndIncrement() == after) fault()
    }

    override fun create(alias: String, policy: KeyPolicy, challenge: ByteArray): CreatedKey {
        play()
        return inner.create(alias, policy, challenge)
    }

    override fun sign(alias: String, message: ByteArray, prompt: Prompt?): ByteArray {
        play()
        return inner.sign(alias, message, prompt)
    }

    override fun wrap(alias: String, secret: ByteArray): ByteArray {
        play()
        return inner.wrap(alias, secret)
    }

    override fun unwrap(alias: String, wrapped: ByteArray): ByteArray {
        play()
        return inner.unwrap(alias, wrapped)
    }

    override fun delete(alias: String): Deletion {
        play()
        return inner.delete(alias)
    }
}
