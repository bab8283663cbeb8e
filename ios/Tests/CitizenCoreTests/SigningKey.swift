import Foundation

/// A key on P-256 that signs as ECDSA with SHA-256. Linux has none of Apple's, but the OpenSSL that Foundation brings.
final class SigningKey: @unchecked Sendable {
    private let openSSL: OpenSSL
    private let key: OpaquePointer
    /// Its public half: SPKI, DER.
    let spki: Data

    /// `NID_X9_62_prime256v1`
    private static let p256: Int32 = 415

    init() throws {
        let openSSL = try OpenSSL()
        guard let key = openSSL.newKey(Self.p256), openSSL.generate(key) == 1 else {
            throw BadInput(description: "OpenSSL makes no key")
        }
        var memory = [UInt8](repeating: 0, count: Int(openSSL.encode(key, nil)))
        _ = memory.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            return openSSL.encode(key, &next)
        }
        (self.openSSL, self.key, spki) = (openSSL, key, Data(memory))
    }

    deinit {
        openSSL.free(key)
    }

    /// DER.
    func sign(_ message: Data) throws -> Data {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = openSSL.sha256([UInt8](message), message.count, &digest)
        var signature = [UInt8](repeating: 0, count: Int(openSSL.longest(key)))
        var length: UInt32 = 0
        guard openSSL.sign(0, digest, Int32(digest.count), &signature, &length, key) == 1 else {
            throw BadInput(description: "OpenSSL does not sign")
        }
        return Data(signature.prefix(Int(length)))
    }
}

/// The few functions of libcrypto that a key needs; no headers come with the library.
private struct OpenSSL {
    typealias Bytes = UnsafeMutablePointer<UInt8>

    let newKey: @convention(c) (Int32) -> OpaquePointer?
    let generate: @convention(c) (OpaquePointer) -> Int32
    let free: @convention(c) (OpaquePointer) -> Void
    let encode: @convention(c) (OpaquePointer, UnsafeMutablePointer<Bytes?>?) -> Int32
    let longest: @convention(c) (OpaquePointer) -> Int32
    let sha256: @convention(c) (UnsafePointer<UInt8>, Int, Bytes) -> Bytes?
    let sign:
        @convention(c) (Int32, UnsafePointer<UInt8>, Int32, Bytes, UnsafeMutablePointer<UInt32>, OpaquePointer) -> Int32

    init() throws {
        guard let library = dlopen("libcrypto.so.3", RTLD_NOW) else {
            throw BadInput(description: "no OpenSSL 3 on this computer: libcrypto.so.3")
        }
        func function<Function>(_ name: String) throws -> Function {
            guard let address = dlsym(library, name) else {
                throw BadInput(description: "OpenSSL without \(name)")
            }
            return unsafeBitCast(address, to: Function.self)
        }
        newKey = try function("EC_KEY_new_by_curve_name")
        generate = try function("EC_KEY_generate_key")
        free = try function("EC_KEY_free")
        encode = try function("i2d_EC_PUBKEY")
        longest = try function("ECDSA_size")
        sha256 = try function("SHA256")
        sign = try function("ECDSA_sign")
    }
}
