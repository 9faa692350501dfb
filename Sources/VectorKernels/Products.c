// Products of matrices in panels.
//
// Both make 8 rows of two panels at a time: 16 sums of 16 numbers, which is half of the registers
// of AVX-512, and enough to hide the latency of multiply-add. No operand is packed: whoever makes
// one writes it in panels.

#include "VectorKernels.h"
#include "Vectors.h"

enum { rows = product_row_count, width = panel_width };

/// One tile of c.
///
/// Numbers of a are `a_row` apart from row to row of c and consecutive along the depth, in chunks
/// of 16; with `transposed` they are consecutive from row to row, and `a_row` apart along the
/// depth.
INLINE void multiply_tile(
    int panels, int transposed, size_t depth, const float *a, size_t a_row, size_t a_chunk,
    const float *b, size_t b_row, size_t b_panel, float *c, size_t c_row, size_t c_panel,
    bool accumulates) {
  vector sums[rows][2];
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < panels; p++) {
      sums[r][p] = accumulates ? load(c + p * c_panel + r * c_row) : (vector){0};
    }
  }
  for (size_t first = 0; first < depth; first += width, a += a_chunk) {
    size_t count = depth - first < width ? depth - first : width;
    for (size_t k = 0; k < count; k++, b += b_row) {
      vector x[2];
      UNROLL for (int p = 0; p < panels; p++) x[p] = load(b + p * b_panel);
      UNROLL for (int r = 0; r < rows; r++) {
        float factor = transposed ? a[k * a_row + r] : a[r * a_row + k];
        UNROLL for (int p = 0; p < panels; p++) sums[r][p] += factor * x[p];
      }
    }
  }
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < panels; p++) store(c + p * c_panel + r * c_row, sums[r][p]);
  }
}

FOR_EACH_INSTRUCTION_SET
void multiply_panels(
    size_t row_count, size_t depth, size_t panel_count, const float *a, size_t a_row_stride,
    size_t a_chunk_stride, const float *b, float *c, size_t c_row_stride, size_t c_panel_stride,
    bool accumulates) {
  size_t b_panel = depth * width;
  for (size_t p = 0; p < panel_count; p += 2, b += 2 * b_panel, c += 2 * c_panel_stride) {
    for (size_t r = 0; r < row_count; r += rows) {
      const float *a_here = a + r * a_row_stride;
      float *c_here = c + r * c_row_stride;
      if (p + 1 < panel_count) {
        multiply_tile(
            2, 0, depth, a_here, a_row_stride, a_chunk_stride, b, width, b_panel, c_here,
            c_row_stride, c_panel_stride, accumulates);
      } else {
        multiply_tile(
            1, 0, depth, a_here, a_row_stride, a_chunk_stride, b, width, b_panel, c_here,
            c_row_stride, c_panel_stride, accumulates);
      }
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void multiply_transposed_panels(
    size_t row_count, size_t depth, size_t panel_count, const float *a, size_t a_row_stride,
    size_t a_panel_stride, const float *b, size_t b_row_stride, size_t b_panel_stride, float *c,
    size_t c_panel_stride, bool accumulates) {
  size_t a_chunk = a_row_stride * width;
  for (size_t p = 0; p < panel_count; p += 2, b += 2 * b_panel_stride, c += 2 * c_panel_stride) {
    for (size_t r = 0; r < row_count; r += rows) {
      const float *a_here = a + r / width * a_panel_stride + r % width;
      float *c_here = c + r * width;
      if (p + 1 < panel_count) {
        multiply_tile(
            2, 1, depth, a_here, a_row_stride, a_chunk, b, b_row_stride, b_panel_stride, c_here,
            width, c_panel_stride, accumulates);
      } else {
        multiply_tile(
            1, 1, depth, a_here, a_row_stride, a_chunk, b, b_row_stride, b_panel_stride, c_here,
            width, c_panel_stride, accumulates);
      }
    }
  }
}
