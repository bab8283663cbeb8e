import CitizenCore
import Foundation

/// A phone with a key store, and the app on it once it is open. Answers are as the scenarios write them.
final class PhoneStorage {
    let folder: URL
    let keystore = MemoryKeystore()
    private var app: App?

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("citizen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        app?.shutdown()
        try? FileManager.default.removeItem(at: folder)
    }

    func open(_ keystore: any DeviceKeystore) throws -> App {
        let config = AppConfig(folder: folder.appendingPathComponent("app"), service: try .nowhere())
        return try App.open(config: config, platform: Screen(), keystore: keystore, risk: Quiet())
    }

    /// The app of the step before is closed first.
    func openStorage(_ opening: Scenario.Opening) throws -> [String: JSON] {
        app?.shutdown()
        app = nil
        do {
            let opened = try open(try answering(opening.keyStore))
            app = opened
            return ["opened": .bool(true), "losses": JSON(opened.losses())]
        } catch let problem as Problem {
            return ["opened": .bool(false)].merging(described(problem)) { $1 }
        }
    }

    func tellLosses() throws -> [String: JSON] {
        guard let app else { throw BadInput(description: "no app is open") }
        try app.lossesTold()
        return ["losses": JSON(app.losses())]
    }

    private func answering(_ how: String) throws -> any DeviceKeystore {
        switch how {
        case "works": return keystore
        case "is_cancelled": return FaultyKeystore(keystore, KeystoreError.UserCancelled)
        case "is_not_enrolled": return FaultyKeystore(keystore, KeystoreError.NotEnrolled)
        case "times_out": return FaultyKeystore(keystore, KeystoreError.TimedOut)
        case "is_locked_out": return FaultyKeystore(keystore, KeystoreError.LockedOut(retryS: 30))
        case "is_unavailable": return FaultyKeystore(keystore, KeystoreError.HardwareUnavailable)
        case "breaks": return FaultyKeystore(keystore, BadInput(description: "the shell's own code"))
        case "is_invalidated": return FaultyKeystore(keystore, KeystoreError.Invalidated)
        case "refuses": return FaultyKeystore(keystore, KeystoreError.Refused)
        case "has_lost_its_keys":
            keystore.loseKeys()
            return keystore
        default: throw BadInput(description: "no key store \(how)")
        }
    }

    private func described(_ problem: Problem) -> [String: JSON] {
        switch problem {
        case .Keystore(let error): return described(error)
        case .InUse: return ["problem": .string("in_use")]
        case .NoSpace: return ["problem": .string("no_space")]
        case .Files: return ["problem": .string("files")]
        case .Restart: return ["problem": .string("restart")]
        case .Update: return ["problem": .string("update")]
        case .Configuration: return ["problem": .string("configuration")]
        }
    }

    private func described(_ error: KeystoreError) -> [String: JSON] {
        switch error {
        case .UserCancelled: return ["problem": .string("user_cancelled")]
        case .NotEnrolled: return ["problem": .string("not_enrolled")]
        case .Invalidated: return ["problem": .string("invalidated")]
        case .LockedOut(let retryS): return ["problem": .string("locked_out"), "retry_s": .number(Double(retryS))]
        case .KeyMissing: return ["problem": .string("key_missing")]
        case .HardwareUnavailable: return ["problem": .string("hardware_unavailable")]
        case .Refused: return ["problem": .string("refused")]
        case .TimedOut: return ["problem": .string("timed_out")]
        case .Unexpected: return ["problem": .string("unexpected")]
        }
    }
}

extension JSON {
    fileprivate init(_ losses: [StorageLoss]) {
        self = .array(
            losses.map { loss in
                switch loss.damage {
                case .keyLost: return .string("key_lost")
                case .outdated: return .string("outdated")
                case .damaged: return .string("damaged")
                case .place: return .string("place")
                }
            }
        )
    }
}
