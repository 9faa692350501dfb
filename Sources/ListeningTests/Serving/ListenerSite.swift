import FlyingFox
import Foundation

/// What listeners can ask of the server, and what they get.
///
/// | request | answer |
/// | --- | --- |
/// | `GET /` | sends the browser to the number of a listener who has not begun |
/// | `GET /l/17` | the page of listener 17 |
/// | `GET /l/audio/7f3a09bc.wav` | a sound of the test |
/// | `POST /l/17/answers` | keeps what listener 17 has answered so far |
///
/// Sounds are found by the test's own list of them, so no address leads anywhere else on the disk.
struct ListenerSite: HTTPHandler {
  /// `index.html`, as export made it.
  let page: String
  /// Where it lies.
  let folder: String
  /// The names of the sounds, as `audio/7f3a09bc.wav`.
  let sounds: Set<String>
  let store: AnswerStore
  /// Is told of sittings that begin and end.
  let tell: @Sendable (AnswerStore.Kept) -> Void
  /// Is told of answers that could not be written, and why.
  let complain: @Sendable (_ listener: Int, any Error) -> Void

  /// The highest number that a listener can have.
  static let listenerLimit = 99_999

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let parts = request.path.split(separator: "/").map(String.init)
    switch (request.method, parts.count) {
    case (.GET, 0) where request.target.path() == "/":
      let headers: HTTPHeaders = [
        .location: "/l/\(await store.nextListener())", .cacheControl: "no-store",
      ]
      return HTTPResponse(statusCode: .seeOther, headers: headers)
    case (.GET, 2) where parts[0] == "l":
      return page(ofListener: listener(parts[1]))
    // With a slash at the end of a listener's address, a browser looks for sounds below it.
    case (.GET, 3...4) where parts[0] == "l" && parts[parts.count - 2] == "audio":
      return try await sound("audio/\(parts[parts.count - 1])", for: request)
    case (.POST, 3) where parts[0] == "l" && parts[2] == "answers":
      return try await keep(request, ofListener: listener(parts[1]))
    case (.GET, _), (.POST, _): return Self.plain(.notFound, "There is nothing here.")
    default: return Self.plain(.methodNotAllowed, "That cannot be done here.")
    }
  }

  private func listener(_ text: String) -> Int? {
    Int(text).flatMap { (1...Self.listenerLimit).contains($0) && String($0) == text ? $0 : nil }
  }

  private func page(ofListener listener: Int?) -> HTTPResponse {
    guard let listener,
      let page = ListenerPage.page(
        page, for: .init(listener: "\(listener)", post: "/l/\(listener)/answers"))
    else { return Self.plain(.notFound, "A listener's number is from 1 to 99999.") }
    return HTTPResponse(
      statusCode: .ok,
      headers: [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
        HTTPHeader("X-Content-Type-Options"): "nosniff",
        // The page needs nothing from anywhere else, so it may load nothing from there.
        HTTPHeader("Content-Security-Policy"): """
        default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
        media-src 'self' data:; img-src data:; connect-src 'self'; base-uri 'none'; \
        form-action 'none'; frame-ancestors 'none'
        """,
      ],
      body: Data(page.utf8))
  }

  private func sound(_ name: String, for request: HTTPRequest) async throws -> HTTPResponse {
    guard sounds.contains(name) else { return Self.plain(.notFound, "There is no such sound.") }
    let file = FileHTTPHandler(
      path: URL(filePath: "\(folder)/\(name)"), contentType: "audio/wav")
    // The handler's sums overflow at numbers that no sound is as long as.
    var request = request
    let range = HTTPHeader("Range")
    if request.headers[range]?.wholeMatch(of: /bytes=[0-9]{1,10}-[0-9]{0,10}/) == nil {
      request.headers[range] = nil
    }
    return try await file.handleRequest(request)
  }

  private func keep(_ request: HTTPRequest, ofListener listener: Int?) async throws -> HTTPResponse
  {
    // A page of another site can post a form here, but not JSON: a browser would ask first.
    let type = request.headers[.contentType]?.lowercased() ?? ""
    guard let listener, type.hasPrefix("application/json") else {
      return Self.plain(.unsupportedMediaType, "Answers are JSON.")
    }
    guard let text = try await body(of: request) else {
      return Self.plain(.payloadTooLarge, "That is more than a listener can answer.")
    }
    do {
      let kept = try await store.keep(text, ofListener: listener)
      tell(kept)
      return HTTPResponse(statusCode: .noContent)
    } catch AnswerStore.Refusal.malformed {
      return Self.plain(.badRequest, "These are not answers to this test.")
    } catch is AnswerStore.Refusal {
      return Self.plain(.conflict, "There are other answers of this listener.")
    } catch {
      complain(listener, error)
      return Self.plain(
        .internalServerError, "The answers could not be kept; send them again.")
    }
  }

  /// The body of a request; nil if it is too large, whatever the request says of it.
  private func body(of request: HTTPRequest) async throws -> Data? {
    guard request.bodySequence.count ?? 0 <= AnswerStore.sizeLimit else { return nil }
    var body = Data()
    for try await part in request.bodySequence {
      body.append(part)
      if body.count > AnswerStore.sizeLimit { return nil }
    }
    return body
  }

  private static func plain(_ status: HTTPStatusCode, _ sentence: String) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: Data("\(sentence)\n".utf8))
  }
}
