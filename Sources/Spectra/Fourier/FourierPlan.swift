import CFFTW
import Synchronization

// What makes this file safe: the two plans are made once, never changed, and freed once in
// `deinit`; executing a plan only reads it, so several threads may share one object. FFTW's planner
// is not safe on several threads, so making and freeing plans happens under one lock. Every pointer
// handed to FFTW comes from an array whose length and alignment were checked, and does not outlive
// the call.

/// The discrete Fourier transform of real frames of one length, and its inverse.
///
///     X[k] = Σₙ x[n] · exp(−2πi·k·n / N),   k = 0 … N/2,  n = 0 … N − 1
///
/// One plan serves any number of threads, each with a ``FourierWorkspace`` of its own; a transform
/// allocates nothing and takes O(N log N).
///
/// It computes in Double: beside a loud tone, single precision leaves an error of 10⁻⁷ of that tone
/// in every bin, which shows in the logarithm of quiet ones (3·10⁻⁴ on piano notes). Nor would
/// single precision be faster.
///
/// The same input gives the same bytes: plans are estimated, not timed. Source: Frigo and Johnson
/// 2005 (FFTW 3), sections 4.3 and 4.6 of its manual.
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
    // The planner looks at addresses to tell in-place from out-of-place, and with `FFTW_ESTIMATE`
    // touches no data; this workspace stands for all that come later.
    var workspace = FourierWorkspace(length: length)
    (forwardPlan, inversePlan) = Self.planner.withLock { _ in
      Self.withPointers(&workspace.samples, &workspace.spectrum) { samples, spectrum in
        guard
          let forward = fftw_plan_dft_r2c_1d(Int32(length), samples, spectrum, FFTW_ESTIMATE),
          let inverse = fftw_plan_dft_c2r_1d(Int32(length), spectrum, samples, FFTW_ESTIMATE)
        else { preconditionFailure("FFTW has no plan for \(length) samples.") }
        return (forward, inverse)
      }
    }
  }

  deinit {
    Self.planner.withLock { _ in
      fftw_destroy_plan(forwardPlan)
      fftw_destroy_plan(inversePlan)
    }
  }

  /// Transforms the samples of a workspace into its spectrum; the samples stay as they are.
  ///
  /// - Precondition: both have the plan's lengths; checked in every build.
  public func forward(_ workspace: inout FourierWorkspace) {
    check(workspace)
    Self.withPointers(&workspace.samples, &workspace.spectrum) { samples, spectrum in
      fftw_execute_dft_r2c(forwardPlan, samples, spectrum)
    }
  }

  /// Transforms the spectrum of a workspace back into samples, without the factor 1/N: after
  /// ``forward(_:)`` the samples are N times what they were. The spectrum's numbers are lost.
  ///
  ///     x[n] = Re X[0] + (−1)ⁿ Re X[N/2] + 2 Σₖ (Re X[k] cos(2πkn/N) − Im X[k] sin(2πkn/N))
  ///
  /// with 0 < k < N/2. The imaginary parts of the first and last bin count as zero.
  ///
  /// - Precondition: both have the plan's lengths; checked in every build.
  public func inverse(_ workspace: inout FourierWorkspace) {
    check(workspace)
    Self.withPointers(&workspace.samples, &workspace.spectrum) { samples, spectrum in
      fftw_execute_dft_c2r(inversePlan, spectrum, samples)
    }
  }

  private func check(_ workspace: FourierWorkspace) {
    precondition(
      workspace.samples.count == length && workspace.spectrum.count == length + 2,
      "A plan for \(length) samples and \(length + 2) numbers of spectrum was given \(workspace.samples.count) and \(workspace.spectrum.count)."
    )
  }

  /// Calls `body` with the two sides of a workspace as FFTW sees them.
  ///
  /// FFTW's vector instructions want memory at multiples of 16 bytes, where Swift puts the elements
  /// of every array; a plan holds for memory of the alignment that it was made with.
  private static func withPointers<Result>(
    _ samples: inout [Double], _ spectrum: inout [Double],
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<fftw_complex>) -> Result
  ) -> Result {
    samples.withUnsafeMutableBufferPointer { samples in
      spectrum.withUnsafeMutableBufferPointer { spectrum in
        let (samples, spectrum) = (samples.baseAddress!, spectrum.baseAddress!)
        precondition(
          fftw_alignment_of(samples) == 0 && fftw_alignment_of(spectrum) == 0,
          "An array does not begin at a multiple of 16 bytes.")
        // `fftw_complex` is two doubles with the layout of two doubles.
        return body(
          samples, UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: fftw_complex.self))
      }
    }
  }
}
