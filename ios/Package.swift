// swift-tools-version: 6.0
import PackageDescription

// The tests load the core as a shared library: a linked-in archive would stay as it was when only Rust changes, since
// SwiftPM does not watch it. The run path leads to the same folder.
let profile = Context.environment["CITIZEN_CORE_PROFILE"] ?? "debug"
let library = "\(Context.packageDirectory)/../target/\(profile)"

let package = Package(
    name: "CitizenCore",
    platforms: [.iOS(.v12)],
    products: [
        .library(name: "CitizenCore", targets: ["CitizenCore"])
    ],
    targets: [
        .systemLibrary(name: "CitizenCoreFFI"),
        .target(
            name: "CitizenCore",
            dependencies: ["CitizenCoreFFI"],
            linkerSettings: [
                .linkedLibrary("citizen_core"),
                .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
            ]
        ),
        .executableTarget(name: "crossing-bench", dependencies: ["CitizenCore"], path: "Bench"),
        .testTarget(name: "CitizenCoreTests", dependencies: ["CitizenCore"]),
    ],
    swiftLanguageModes: [.v6]
)
