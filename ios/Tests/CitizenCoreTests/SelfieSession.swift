import CitizenCore

/// A guide, and the time on the phone's clock. Answers are as the scenarios write them.
final class SelfieSession {
    private let guide: SelfieGuide
    private var nowMs: UInt64 = 0

    /// From one frame to the next.
    private let frameMs: UInt64 = 100

    init(profile: SelfieProfile, comeCloser: Bool) {
        guide = SelfieGuide(profile: profile, comeCloser: comeCloser)
    }

    func stream(_ frames: Scenario.SelfieFrames) throws -> [String: JSON] {
        if frames.relax ?? false { guide.relax() }
        var answer: [String: JSON] = [:]
        for frame in try frames.load() {
            nowMs += frameMs
            let selfie = try guide.observe(
                y: frame.y, u: frame.u, v: frame.v, layout: frame.layout, landmarks: nil, nowMs: nowMs
            )
            switch selfie {
            case .guide(let guidance): answer = told(guidance)
            case .captured(let portrait): return taken(portrait)
            }
        }
        return answer
    }

    func still(_ frame: ColourFrame) throws -> [String: JSON] {
        switch try guide.acceptStill(y: frame.y, u: frame.u, v: frame.v, layout: frame.layout) {
        case .accepted: return ["accepted": .bool(true)]
        case .refused(let hint): return ["accepted": .bool(false), "hint": JSON(hint)]
        }
    }

    func takeNow() -> [String: JSON] {
        taken(guide.takeNow())
    }

    private func told(_ guidance: Guidance) -> [String: JSON] {
        [
            "captured": .bool(false),
            "hint": JSON(guidance.hint),
            "failing": guidance.failing.map { JSON($0.check) } ?? .null,
            "ways_on": JSON(guidance.waysOn),
        ]
    }

    private func taken(_ portrait: Portrait?) -> [String: JSON] {
        [
            "captured": .bool(portrait != nil),
            "by_hand": portrait.map { .bool($0.byHand) } ?? .null,
            "failed": .array((portrait?.failed ?? []).map { JSON($0.check) }),
        ]
    }
}

extension JSON {
    fileprivate init(_ ways: WaysOn) {
        let offered = [
            ("screen_light", ways.screenLight),
            ("shutter", ways.shutter),
            ("relax", ways.relax),
            ("elsewhere", ways.elsewhere),
        ]
        self = .array(offered.filter(\.1).map { .string($0.0) })
    }

    fileprivate init(_ hint: SelfieHint) {
        switch hint {
        case .noFace: self = .string("no_face")
        case .wipeLens: self = .string("wipe_lens")
        case .onlyYou: self = .string("only_you")
        case .tooDark: self = .string("too_dark")
        case .tooBright: self = .string("too_bright")
        case .backlit: self = .string("backlit")
        case .comeCloser: self = .string("come_closer")
        case .moveBack: self = .string("move_back")
        case .centre: self = .string("centre")
        case .straighten: self = .string("straighten")
        case .lookStraight: self = .string("look_straight")
        case .holdStill: self = .string("hold_still")
        case .glare: self = .string("glare")
        case .removeSunglasses: self = .string("remove_sunglasses")
        case .uncover: self = .string("uncover")
        case .removeGlasses: self = .string("remove_glasses")
        case .openEyes: self = .string("open_eyes")
        case .evenLight: self = .string("even_light")
        case .naturalLight: self = .string("natural_light")
        case .good: self = .string("good")
        }
    }
}
