public import ArgumentParser
public import AudioFiles
public import WaveGAN

extension RenderSettings.Gain: ExpressibleByArgument {}
extension AudioWriter.Container: ExpressibleByArgument {}
extension AudioWriter.Encoding: ExpressibleByArgument {}
