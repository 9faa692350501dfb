// swift-tools-version: 6.2

import PackageDescription

/// The settings of every Swift target: language mode 6 comes with the tools version; imports are
/// internal unless they say otherwise, existentials are spelled `any`, and a warning stops the build.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A system library found through pkg-config.
func system(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
  name: "wavegan",
  products: [
    .library(name: "WaveGAN", targets: ["WaveGAN", "AudioFiles", "Spectra"]),
    .executable(name: "wavegan", targets: ["WaveGANTool"]),
    .executable(name: "wavegan-benchmark", targets: ["WaveGANBenchmark"]),
    .executable(name: "wavegan-manual", targets: ["ManualPage"]),
    .executable(name: "wavegan-samples", targets: ["SampleClips"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    system("CSndfile", pkgConfig: "sndfile", debian: "libsndfile1-dev"),
    system("CSoxr", pkgConfig: "soxr", debian: "libsoxr-dev"),
    system("CEBUR128", pkgConfig: "libebur128", debian: "libebur128-dev"),
    system("COpenSSL", pkgConfig: "libcrypto", debian: "libssl-dev"),
    system("CFFTW", pkgConfig: "fftw3", debian: "libfftw3-dev"),
    system("CCairo", pkgConfig: "cairo", debian: "libcairo2-dev"),
    system("CZip", pkgConfig: "libzip", debian: "libzip-dev"),
    system("COpenBLAS", pkgConfig: "openblas", debian: "libopenblas-dev"),

    .target(
      name: "AudioFiles", dependencies: ["CSndfile", "CSoxr", "CEBUR128", "COpenSSL"],
      swiftSettings: strict),
    .target(name: "Spectra", dependencies: ["CFFTW", "CCairo"], swiftSettings: strict),
    .target(name: "VectorKernels"),
    .target(
      name: "NeuralNet", dependencies: ["VectorKernels", "COpenBLAS"], swiftSettings: strict),
    .target(
      name: "WaveGAN", dependencies: ["AudioFiles", "Spectra", "NeuralNet", "CZip"],
      swiftSettings: strict),
    .target(
      name: "ListeningTests",
      dependencies: [
        "WaveGAN", "AudioFiles", "Spectra", "NeuralNet", "Yams",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      resources: [
        .embedInCode("Page/page.html"), .embedInCode("Page/page.css"), .embedInCode("Page/Script"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "WaveGANTool",
      dependencies: [
        "ListeningTests", "WaveGAN", "AudioFiles", "Spectra",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "WaveGANBenchmark",
      dependencies: [
        "WaveGAN", "AudioFiles", "Spectra", "NeuralNet",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ManualPage",
      dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .executableTarget(
      name: "SampleClips",
      dependencies: [
        "AudioFiles", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["AudioFiles", "ListeningTests", "NeuralNet"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "AudioFilesTests", dependencies: ["AudioFiles", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SpectraTests", dependencies: ["Spectra", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "NeuralNetTests", dependencies: ["NeuralNet", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WaveGANTests",
      dependencies: ["WaveGAN", "AudioFiles", "Spectra", "NeuralNet", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ListeningTestsTests",
      dependencies: [
        "ListeningTests", "WaveGAN", "AudioFiles", "Spectra", "NeuralNet", "TestSupport", "Yams",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "WaveGANTool", "WaveGANBenchmark", "ManualPage", "TestSupport", "AudioFiles", "WaveGAN",
        "ListeningTests",
      ],
      exclude: ["Help"], swiftSettings: strict),
  ]
)
