import CitizenCore

/// What the command line and the scenarios write.
extension JSON {
    init(_ reading: CardReading) {
        let card = reading.card
        self = .object([
            "number": .string(card.number),
            "old_number": card.oldNumber.map(JSON.string) ?? .null,
            "name": .string(card.name),
            "birth_date": .string(card.birthDate),
            "sex": JSON(card.sex),
            "address": .string(card.address),
            "issue_date": .string(card.issueDate),
            "extra": .array(card.extra.map(JSON.string)),
            "findings": .array(reading.findings.map { JSON($0) }),
        ])
    }

    init(_ hint: ScanHint) {
        switch hint {
        case .nothingFound: self = .string("nothing_found")
        case .tooDark: self = .string("too_dark")
        case .comeCloser: self = .string("come_closer")
        case .moveBack: self = .string("move_back")
        case .holdStill: self = .string("hold_still")
        case .focus: self = .string("focus")
        case .glare: self = .string("glare")
        case .tilted: self = .string("tilted")
        case .cutOff: self = .string("cut_off")
        case .damaged: self = .string("damaged")
        case .wrongCode: self = .string("wrong_code")
        case .wrongField: self = .string("wrong_field")
        case .otherCode: self = .string("other_code")
        }
    }

    /// The names of what is suggested.
    init(_ suggestions: Suggestions) {
        let offered = [
            ("zoom", suggestions.zoom.map { $0 > 1 } ?? false),
            ("focus", suggestions.focus != nil),
            ("torch", suggestions.torch),
            ("type_by_hand", suggestions.typeByHand),
        ]
        self = .array(offered.filter(\.1).map { .string($0.0) })
    }

    private init(_ finding: Finding) {
        switch finding {
        case .unknownProvince(let code):
            self = .object(["finding": .string("unknown_province"), "code": .string(code)])
        case .birthYearDiffers(let number, let card):
            self = .object([
                "finding": .string("birth_year_differs"),
                "number": .number(Double(number)),
                "card": .number(Double(card)),
            ])
        case .sexDiffers(let number, let card):
            self = .object(["finding": .string("sex_differs"), "number": JSON(number), "card": JSON(card)])
        }
    }

    private init(_ sex: Sex) {
        switch sex {
        case .male: self = .string("male")
        case .female: self = .string("female")
        }
    }
}
