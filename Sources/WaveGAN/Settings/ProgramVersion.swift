/// The version of this library and of the program made from it.
public enum ProgramVersion {
  /// After semver.org.
  public static let current = "0.1.0"
}
