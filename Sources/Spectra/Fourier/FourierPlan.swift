import CFFTW
import Synchronization

// What makes this file safe: the two plans are made once, never changed, and freed once in
// `deinit`; executing a plan only reads it, so several threads may share one object. FFTW's planner
// is not safe on several threads, so making and freeing plans happens under one lock. Every pointer
// handed to FFTW comes from a span whose length was checked, and does not outlive the call.

/// The discrete Fourier transform of real frames of one length, and its inverse.
///
///     X[k] = Σₙ x[n] · exp(−2πi·k·n / N),   k = 0 … N/2,  n = 0 … N − 1
///
/// A spectrum is `2F` numbers, F = N/2 + 1: real and imaginary part of each bin in turn. One plan
/// serves any number of threads; a transform allocates nothing and takes O(N log N).
///
/// It computes in Double: beside a loud tone, single precision leaves an error of 10⁻⁷ of that tone
/// in every bin, which shows in the logarithm of quiet ones (3·10⁻⁴ on piano notes).
///
/// The same input gives the same bytes wherever it lies in memory: plans are estimated, not timed,
/// and do not depend on alignment. Source: Frigo and Johnson 2005 (FFTW 3), sections 4.3 and 4.6
/// of its manual.
public final class FourierPlan: Sendable {
  /// Samples in a frame, N.
  public let length: Int

  /// Frequency bins in a spectrum, F = N/2 + 1: from 0 Hz to half the sample rate.
  public var binCount: Int { length / 2 + 1 }

  private nonisolated(unsafe) let forwardPlan: fftw_plan
  private nonisolated(unsafe) let inversePlan: fftw_plan

  private static let planner = Mutex(())

  /// Plans transforms of `length` samples.
  ///
  /// - Precondition: `length` is even and at least 2, so that the last bin is half the sample rate.
  public init(length: Int) {
    precondition(
      length >= 2 && length.isMultiple(of: 2) && length <= 1 << 24,
      "A frame has an even number of samples, 2 to 2^24, not \(length).")
    self.length = length
    (forwardPlan, inversePlan) = Self.planner.withLock { _ in
      Self.plans(length: length)
    }
  }

  deinit {
    Self.planner.withLock { _ in
      fftw_destroy_plan(forwardPlan)
      fftw_destroy_plan(inversePlan)
    }
  }

  /// The planner looks at addresses to tell in-place from out-of-place, and with `FFTW_ESTIMATE`
  /// touches no data; two scratch arrays stand for all that come later.
  private static func plans(length: Int) -> (fftw_plan, fftw_plan) {
    var frame = [Double](repeating: 0, count: length)
    var spectrum = [Double](repeating: 0, count: length + 2)
    let flags = FFTW_ESTIMATE | FFTW_UNALIGNED | FFTW_PRESERVE_INPUT
    return frame.withUnsafeMutableBufferPointer { frame in
      spectrum.withUnsafeMutableBufferPointer { spectrum in
        let bins = UnsafeMutableRawPointer(spectrum.baseAddress!)
          .assumingMemoryBound(to: fftw_complex.self)
        let count = Int32(length)
        guard let forward = fftw_plan_dft_r2c_1d(count, frame.baseAddress!, bins, flags),
          let inverse = fftw_plan_dft_c2r_1d(count, bins, frame.baseAddress!, flags)
        else { preconditionFailure("FFTW has no plan for \(length) samples.") }
        return (forward, inverse)
      }
    }
  }

  /// Transforms one frame.
  ///
  /// - Parameters:
  ///   - frame: samples, `[N]`.
  ///   - spectrum: where the bins go, `[2F]`, real and imaginary parts in turn.
  /// - Precondition: both have the plan's lengths; checked in every build.
  public func forward(_ frame: Span<Double>, into spectrum: inout MutableSpan<Double>) {
    check(frameCount: frame.count, spectrumCount: spectrum.count)
    frame.withUnsafeBufferPointer { frame in
      spectrum.withUnsafeMutableBufferPointer { spectrum in
        // FFTW's signature is not const, but an out-of-place plan that preserves its input only
        // reads it. `fftw_complex` is two doubles with the layout of two doubles.
        fftw_execute_dft_r2c(
          forwardPlan, UnsafeMutablePointer(mutating: frame.baseAddress!),
          UnsafeMutableRawPointer(spectrum.baseAddress!)
            .assumingMemoryBound(to: fftw_complex.self))
      }
    }
  }

  /// Transforms one spectrum back, without the factor 1/N: the inverse of ``forward(_:into:)`` gives
  /// N times the frame.
  ///
  ///     x[n] = Re X[0] + (−1)ⁿ Re X[N/2] + 2 Σₖ (Re X[k] cos(2πkn/N) − Im X[k] sin(2πkn/N))
  ///
  /// with 0 < k < N/2. The imaginary parts of the first and last bin count as zero.
  ///
  /// - Parameters:
  ///   - spectrum: bins, `[2F]`, real and imaginary parts in turn.
  ///   - frame: where the samples go, `[N]`.
  /// - Precondition: both have the plan's lengths; checked in every build.
  public func inverse(_ spectrum: Span<Double>, into frame: inout MutableSpan<Double>) {
    check(frameCount: frame.count, spectrumCount: spectrum.count)
    spectrum.withUnsafeBufferPointer { spectrum in
      frame.withUnsafeMutableBufferPointer { frame in
        fftw_execute_dft_c2r(
          inversePlan,
          UnsafeMutableRawPointer(mutating: spectrum.baseAddress!)
            .assumingMemoryBound(to: fftw_complex.self),
          frame.baseAddress!)
      }
    }
  }

  private func check(frameCount: Int, spectrumCount: Int) {
    precondition(
      frameCount == length && spectrumCount == length + 2,
      "A plan for \(length) samples and \(length + 2) numbers of spectrum was given \(frameCount) and \(spectrumCount)."
    )
  }
}
