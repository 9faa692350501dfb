import Foundation

/// Where each frequency lies on the height of a spectrogram.
package struct FrequencyAxis: Sendable, Hashable {
  /// How frequencies are spread.
  package let scale: FrequencyScale
  /// The frequency at the bottom, in Hz.
  package let lowHz: Double
  /// The frequency at the top, in Hz.
  package let highHz: Double

  /// From 0 Hz, or on a logarithmic scale from 20 Hz, to `highHz`.
  package init(scale: FrequencyScale, highHz: Double) {
    self.scale = scale
    self.highHz = highHz
    // Three octaves at least, also for signals that have nothing above 20 Hz.
    lowHz = scale == .log ? min(20, highHz / 8) : 0
  }

  private func pitch(_ hz: Double) -> Double {
    switch scale {
    case .linear: hz
    case .mel: MelScale.slaney.mel(hz: hz)
    case .log: Foundation.log(max(hz, 1e-9))
    }
  }

  /// The height of a frequency: 0 is the bottom, 1 the top.
  package func position(hz: Double) -> Double {
    (pitch(hz) - pitch(lowHz)) / (pitch(highHz) - pitch(lowHz))
  }

  /// The frequency at a height, in Hz.
  package func hz(position: Double) -> Double {
    let value = pitch(lowHz) + position * (pitch(highHz) - pitch(lowHz))
    return switch scale {
    case .linear: value
    case .mel: MelScale.slaney.hz(mel: value)
    case .log: exp(value)
    }
  }

  /// Round frequencies in kHz with room between them; a tick's value is in Hz.
  ///
  /// - Parameters:
  ///   - height: the length of the axis in points.
  ///   - spacing: the least distance of two ticks in points.
  package func ticks(height: Double, spacing: Double = 19) -> [AxisTick] {
    if scale == .linear {
      return AxisTick.round(in: 0...highHz / 1_000, count: Int(height / spacing)).map {
        AxisTick(value: $0.value * 1_000, label: $0.label)
      }
    }
    // The ends, then multiples of powers of ten where there is room, the roundest first.
    let top = Int(log10(highHz).rounded(.down))
    var chosen: [AxisTick] = lowHz == 0 ? [AxisTick(value: 0, label: "0")] : []
    let topLabel = DecimalText.significant(highHz / 1_000, digits: 4)
    chosen.append(AxisTick(value: highHz, label: topLabel))
    for multiple in [1.0, 5, 2, 3, 4] {
      for exponent in stride(from: top, through: top - 4, by: -1) {
        let hz = multiple * pow(10, Double(exponent))
        let place = position(hz: hz) * height
        let hasRoom = chosen.allSatisfy { abs(position(hz: $0.value) * height - place) >= spacing }
        guard hz >= lowHz, hz <= highHz, hasRoom else { continue }
        chosen.append(
          AxisTick(value: hz, label: DecimalText.fixed(hz / 1_000, decimals: max(3 - exponent, 0))))
      }
    }
    return chosen.sorted { $0.value < $1.value }
  }
}
