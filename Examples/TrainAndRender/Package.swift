// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "TrainAndRender",
  dependencies: [.package(name: "wavegan", path: "../..")],
  targets: [
    .executableTarget(
      name: "TrainAndRender", dependencies: [.product(name: "WaveGAN", package: "wavegan")])
  ]
)
