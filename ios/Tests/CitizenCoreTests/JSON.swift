import Foundation

/// Any JSON value, to compare as a whole.
enum JSON: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON: Decodable {
    init(from decoder: Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }
}

extension JSON: Encodable {
    func encode(to encoder: Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .number(let number):
            // Whole numbers without a decimal point.
            if let whole = Int(exactly: number) { try value.encode(whole) } else { try value.encode(number) }
        case .string(let string): try value.encode(string)
        case .array(let array): try value.encode(array)
        case .object(let object): try value.encode(object)
        }
    }
}

/// What a value must be, or an error that shows it.
extension JSON {
    func text() throws -> String {
        guard case .string(let text) = self else { throw unfit("a text") }
        return text
    }

    func flag() throws -> Bool {
        guard case .bool(let flag) = self else { throw unfit("true or false") }
        return flag
    }

    func whole() throws -> UInt64 {
        guard case .number(let number) = self, let whole = UInt64(exactly: number) else {
            throw unfit("a whole number")
        }
        return whole
    }

    func texts() throws -> [String] {
        guard case .array(let array) = self else { throw unfit("a list") }
        return try array.map { try $0.text() }
    }

    func fields() throws -> [String: JSON] {
        guard case .object(let fields) = self else { throw unfit("an object") }
        return fields
    }

    func field(_ name: String) throws -> JSON {
        guard let field = try fields()[name] else { throw unfit("an object with \(name)") }
        return field
    }

    /// As it is written.
    func written() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }

    private func unfit(_ expected: String) -> BadInput {
        BadInput(description: "\(self) is not \(expected)")
    }
}
