import CitizenCore
import Foundation

/// A key store as a shell writes one; its keys live as long as it does. Linux has none of Apple's cryptography: what is wrapped stays in
/// here, under a random handle, as in hardware that gives nothing out.
final class MemoryKeystore: DeviceKeystore, @unchecked Sendable {
    private let lock = NSLock()
    /// For each alias what it wrapped, by handle.
    private var keys: [String: [Data: Data]] = [:]
    private var signing: [String: SigningKey] = [:]
    private var caller: Thread?

    var aliases: [String] { locked { Array(keys.keys) + Array(signing.keys) } }

    /// What the core last called on.
    var lastCaller: Thread? { locked { caller } }

    func create(alias: String, policy: KeyPolicy, challenge: Data) throws -> CreatedKey {
        let spki = try locked {
            caller = Thread.current
            if policy == .wrapping {
                keys[alias] = [:]
                return Data()
            }
            let key = try SigningKey()
            signing[alias] = key
            return key.spki
        }
        return CreatedKey(spki: spki, level: .software, attestation: Data(), format: .unattested)
    }

    func sign(alias: String, message: Data, prompt: Prompt?) throws -> Data {
        guard let key = locked({ signing[alias] }) else { throw KeystoreError.KeyMissing }
        return try key.sign(message)
    }

    func wrap(alias: String, secret: Data) throws -> Data {
        var generator = SystemRandomNumberGenerator()
        let handle = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        try locked {
            guard keys[alias] != nil else { throw KeystoreError.KeyMissing }
            keys[alias]?[handle] = secret
        }
        return handle
    }

    func unwrap(alias: String, wrapped: Data) throws -> Data {
        try locked {
            guard let key = keys[alias] else { throw KeystoreError.KeyMissing }
            guard let secret = key[wrapped] else { throw KeystoreError.Refused }
            return secret
        }
    }

    func delete(alias: String) throws -> Deletion {
        locked {
            let wrapping = keys.removeValue(forKey: alias) != nil
            let signs = signing.removeValue(forKey: alias) != nil
            return wrapping || signs ? .deleted : .wasNotThere
        }
    }

    func loseKeys() {
        locked {
            keys.removeAll()
            signing.removeAll()
        }
    }

    private func locked<T>(_ work: () throws -> T) rethrows -> T {
        lock.lock()
        defer { lock.unlock() }
        return try work()
    }
}

/// A key store of which one call goes wrong, after some that go through, and all others through.
final class FaultyKeystore: DeviceKeystore, @unchecked Sendable {
    private let lock = NSLock()
    private let inner: any DeviceKeystore
    private let fault: any Error
    private var callsBefore: Int

    init(_ inner: any DeviceKeystore, _ fault: any Error, after calls: Int = 0) {
        self.inner = inner
        self.fault = fault
        callsBefore = calls
    }

    func create(alias: String, policy: KeyPolicy, challenge: Data) throws -> CreatedKey {
        try play()
        return try inner.create(alias: alias, policy: policy, challenge: challenge)
    }

    func sign(alias: String, message: Data, prompt: Prompt?) throws -> Data {
        try play()
        return try inner.sign(alias: alias, message: message, prompt: prompt)
    }

    func wrap(alias: String, secret: Data) throws -> Data {
        try play()
        return try inner.wrap(alias: alias, secret: secret)
    }

    func unwrap(alias: String, wrapped: Data) throws -> Data {
        try play()
        return try inner.unwrap(alias: alias, wrapped: wrapped)
    }

    func delete(alias: String) throws -> Deletion {
        try play()
        return try inner.delete(alias: alias)
    }

    private func play() throws {
        lock.lock()
        defer { lock.unlock() }
        callsBefore -= 1
        if callsBefore == -1 { throw fault }
    }
}
