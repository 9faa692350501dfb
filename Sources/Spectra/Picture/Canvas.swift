import CCairo

// What makes this file safe: a canvas owns one surface and one context, cannot be copied, and frees
// both once in `deinit`. Cairo keeps an error inside its objects and ignores what is drawn after it,
// so nothing is checked until `png()`. Pixels are written within the stride and height that Cairo
// gives for the surface.

/// A white sheet to draw on, which becomes a PNG file.
///
/// Lengths are in points from the top left corner; `density` pixels make a point. The same drawing
/// gives the same bytes on machines with the same fonts and Cairo version.
package struct Canvas: ~Copyable {
  /// Width in points.
  package let width: Double
  /// Height in points.
  package let height: Double
  /// Pixels in a point.
  package let density: Double

  private let surface: OpaquePointer?
  private let context: OpaquePointer?

  /// The largest width or height of a surface of Cairo's, in pixels.
  package static let pixelLimit = 32_767.0

  /// A white sheet of so many points, within ``pixelLimit`` pixels each way.
  package init(width: Double, height: Double, density: Double = 2) {
    self.width = width
    self.height = height
    self.density = density
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32((width * density).rounded(.up)),
      Int32((height * density).rounded(.up)))
    context = cairo_create(surface)
    cairo_scale(context, density, density)
    // Without hinting, letters lie where they are measured to lie at any density.
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    // The last pixels may reach beyond the sheet's edge.
    fill(Rectangle(x: 0, y: 0, width: width + 1 / density, height: height + 1 / density), .white)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  private func use(_ color: PictureColor, opacity: Double = 1) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
  }

  /// Fills a rectangle.
  package func fill(_ rectangle: Rectangle, _ color: PictureColor) {
    use(color)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_fill(context)
  }

  /// Draws a rectangle's outline.
  package func outline(_ rectangle: Rectangle, _ color: PictureColor, width: Double = 1) {
    use(color)
    cairo_set_line_width(context, width)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_stroke(context)
  }

  /// Draws a line through `points`, or a dot if there is only one.
  package func line(
    _ points: [Point], _ color: PictureColor, width: Double = 1, dashes: [Double] = [],
    opacity: Double = 1
  ) {
    guard let first = points.first else { return }
    use(color, opacity: opacity)
    if points.count == 1 {
      cairo_arc(context, first.x, first.y, 1.5 * width, 0, 2 * .pi)
      cairo_fill(context)
      return
    }
    cairo_set_line_width(context, width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_dash(context, dashes, Int32(dashes.count), 0)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_stroke(context)
    cairo_set_dash(context, nil, 0, 0)
  }

  /// Fills the outline through `points`.
  package func fill(_ points: [Point], _ color: PictureColor, opacity: Double = 1) {
    guard let first = points.first else { return }
    use(color, opacity: opacity)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// Draws with everything outside `rectangle` left alone.
  package func clipped(to rectangle: Rectangle, _ draw: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_clip(context)
    draw()
    cairo_restore(context)
  }

  /// Draws one line of text.
  ///
  /// - Parameters:
  ///   - text: what to write; see ``PictureText`` for text that comes from outside.
  ///   - point: the place on the base line that `alignment` names.
  ///   - style: size, weight and colour.
  ///   - alignment: which part of the text stands at `point`.
  ///   - isVertical: whether it reads upwards.
  package func text(
    _ text: String, at point: Point, style: TextStyle, alignment: TextAlignment = .leading,
    isVertical: Bool = false
  ) {
    use(style.color)
    select(style)
    let shift = alignment.part * textWidth(text, style: style)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    if isVertical { cairo_rotate(context, -.pi / 2) }
    cairo_move_to(context, -shift, 0)
    cairo_show_text(context, text)
    cairo_restore(context)
  }

  /// How far a text reaches, in points.
  package func textWidth(_ text: String, style: TextStyle) -> Double {
    select(style)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  private func select(_ style: TextStyle) {
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
      style.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, style.size)
  }

  /// Draws an image with its top left corner at `point`, one pixel of it on each pixel here.
  ///
  /// - Parameters:
  ///   - pixels: colours as 0x00RRGGBB, `[rows, columns]`, the top row first.
  ///   - columns: pixels in a row.
  ///   - point: where the top left corner lies.
  package func image(_ pixels: [UInt32], columns: Int, at point: Point) {
    guard columns > 0, pixels.count >= columns else { return }
    let rows = pixels.count / columns
    let image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(columns), Int32(rows))
    defer { cairo_surface_destroy(image) }
    guard let data = cairo_image_surface_get_data(image) else { return }
    let stride = Int(cairo_image_surface_get_stride(image))
    cairo_surface_flush(image)
    for row in 0..<rows {
      for column in 0..<columns {
        UnsafeMutableRawPointer(data).storeBytes(
          of: pixels[row * columns + column], toByteOffset: row * stride + 4 * column,
          as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(image)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    cairo_scale(context, 1 / density, 1 / density)
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  /// The drawing as the bytes of a PNG file.
  ///
  /// - Parameter title: what an error calls the picture.
  /// - Throws: ``PictureError`` if Cairo failed, now or while drawing.
  package func png(title: String) throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    var status = cairo_status(context)
    if status == CAIRO_STATUS_SUCCESS {
      status = withUnsafeMutablePointer(to: &bytes) { bytes in
        cairo_surface_write_to_png_stream(
          surface,
          { closure, data, count in
            // `closure` is the pointer passed below: the array, which outlives this call.
            closure?.assumingMemoryBound(to: [UInt8].self).pointee
              .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
            return CAIRO_STATUS_SUCCESS
          }, bytes)
      }
    }
    guard status == CAIRO_STATUS_SUCCESS else {
      throw PictureError(
        code: .drawingFailed, subject: title,
        reason: String(cString: cairo_status_to_string(status)))
    }
    return bytes
  }
}
