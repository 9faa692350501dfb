// The transforms of Toom–Cook convolution, for 16 channels at a time.
//
// A pair of points ±a shares its work: the terms of even degree have one value E at both, those of
// odd degree O and −O.

#include "VectorKernels.h"
#include "Finishing.h"
#include "Vectors.h"

enum { width = panel_width, most_points = 14 };

/// Values at the points of polynomials of `length` terms, whose end rows are `matrix`'s own.
INLINE void evaluate(
    int pairs, int length, const float *matrix, const vector *x, bool has_full_ends, vector *y) {
  vector zero_value = matrix[0] * x[0];
  const float *last = matrix + (pairs + 1) * length;
  vector infinite_value = last[length - 1] * x[length - 1];
  if (has_full_ends) {
    UNROLL for (int j = 2; j < length; j += 2) zero_value += matrix[j] * x[j];
    UNROLL for (int j = 1; j < length - 1; j += 2) infinite_value += last[j] * x[j];
  }
  y[0] = zero_value;
  y[2 * pairs + 1] = infinite_value;
  UNROLL for (int i = 0; i < pairs; i++) {
    const float *row = matrix + (i + 1) * length;
    vector even = row[0] * x[0], odd = row[1] * x[1];
    UNROLL for (int j = 2; j < length; j += 2) even += row[j] * x[j];
    UNROLL for (int j = 3; j < length; j += 2) odd += row[j] * x[j];
    y[2 * i + 1] = even + odd;
    y[2 * i + 2] = even - odd;
  }
}

INLINE void transform_tile(
    int pairs, const float *matrix, const float *source, size_t row_stride, float *values,
    size_t point_stride) {
  const int count = 2 * pairs + 2;
  vector x[most_points], y[most_points];
  UNROLL for (int j = 0; j < count; j++) x[j] = load(source + j * row_stride);
  evaluate(pairs, count, matrix, x, true, y);
  UNROLL for (int q = 0; q < count; q++) store(values + q * point_stride, y[q]);
}

INLINE void transform_tiles(
    int pairs, const float *matrix, const float *source, size_t row_stride, size_t tile_count,
    size_t panel_count, float *values, size_t point_stride, size_t panel_stride) {
  for (size_t t = 0; t < tile_count; t++) {
    for (size_t c = 0; c < panel_count; c++) {
      transform_tile(
          pairs, matrix, source + t * tile_length * row_stride + c * width, row_stride,
          values + c * panel_stride + t * width, point_stride);
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void transform_input_tiles(
    size_t pair_count, const float *matrix, const float *source, size_t row_stride,
    size_t tile_count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
#define CASE(pairs)                                                                       \
  case pairs:                                                                             \
    transform_tiles(                                                                      \
        pairs, matrix, source, row_stride, tile_count, panel_count, values, point_stride, \
        panel_stride);                                                                    \
    break
  switch (pair_count) {
    CASE(4);
    CASE(5);
    CASE(6);
  }
#undef CASE
}

INLINE void evaluate_all(
    int pairs, int length, const float *matrix, const float *source, size_t term_stride,
    size_t source_stride, size_t count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
  for (size_t t = 0; t < count; t++) {
    for (size_t c = 0; c < panel_count; c++) {
      const float *here = source + t * source_stride + c * width;
      float *there = values + c * panel_stride + t * width;
      vector x[tile_length], y[most_points];
      UNROLL for (int j = 0; j < length; j++) x[j] = load(here + j * term_stride);
      evaluate(pairs, length, matrix, x, false, y);
      UNROLL for (int q = 0; q < 2 * pairs + 2; q++) store(there + q * point_stride, y[q]);
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void evaluate_polynomials(
    size_t pair_count, const float *matrix, size_t length, const float *source, size_t term_stride,
    size_t source_stride, size_t count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
#define CASE(pairs, terms)                                                                    \
  if (pair_count == pairs && length == terms) {                                               \
    evaluate_all(                                                                             \
        pairs, terms, matrix, source, term_stride, source_stride, count, panel_count, values, \
        point_stride, panel_stride);                                                          \
  }
  CASE(4, 3) CASE(5, 5) CASE(6, 7) CASE(4, 8) CASE(5, 8) CASE(6, 8)
#undef CASE
}

INLINE void sum_all(
    int pairs, int length, const float *matrix, const float *values, size_t point_stride,
    size_t panel_stride, size_t count, size_t panel_count, float *result, size_t row_stride,
    size_t row_limit, const float *bias, finishing finish, const float *output, float slope) {
  const float *last = matrix + (pairs + 1) * length;
  for (size_t t = 0; t < count; t++) {
    size_t left = row_limit - t * length;
    for (size_t c = 0; c < panel_count; c++) {
      const float *here = values + c * panel_stride + t * width;
      size_t place = t * length * row_stride + c * width;
      vector offset = bias ? load(bias + c * width) : (vector){0};
      vector y[tile_length];
      UNROLL for (int j = 0; j < length; j++) y[j] = (vector){0};
      y[0] = matrix[0] * load(here);
      y[length - 1] = last[length - 1] * load(here + (2 * pairs + 1) * point_stride);
      UNROLL for (int i = 0; i < pairs; i++) {
        vector plus = load(here + (2 * i + 1) * point_stride);
        vector minus = load(here + (2 * i + 2) * point_stride);
        vector even = plus + minus, odd = plus - minus;
        const float *row = matrix + (i + 1) * length;
        UNROLL for (int j = 0; j < length; j++) y[j] += row[j] * (j % 2 == 0 ? even : odd);
      }
      UNROLL for (int j = 0; j < length; j++) {
        size_t at = place + j * row_stride;
        if ((size_t)j < left) {
          store(result + at, apply(finish, y[j] + offset, output ? output + at : result, slope));
        }
      }
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void sum_polynomials(
    size_t pair_count, const float *matrix, size_t length, const float *values,
    size_t point_stride, size_t panel_stride, size_t count, size_t panel_count, float *result,
    size_t row_stride, size_t row_limit, const float *bias, finishing finish, const float *output,
    float slope) {
#define CASE(pairs, terms)                                                                     \
  if (pair_count == pairs && length == terms) {                                                \
    sum_all(                                                                                   \
        pairs, terms, matrix, values, point_stride, panel_stride, count, panel_count, result,  \
        row_stride, row_limit, bias, finish, output, slope);                                   \
  }
  CASE(4, 3) CASE(5, 5) CASE(6, 7) CASE(4, 8) CASE(5, 8) CASE(6, 8)
#undef CASE
}

FOR_EACH_INSTRUCTION_SET
void transpose_block(
    const float *source, size_t source_stride, float *target, size_t target_stride) {
  for (size_t j = 0; j < width; j++) {
    for (size_t i = 0; i < width; i++) {
      target[j * target_stride + i] = source[i * source_stride + j];
    }
  }
}

INLINE void add_rows(
    float *restrict target, size_t target_stride, const float *restrict source,
    size_t source_stride, size_t row_count, size_t column_count) {
  for (size_t i = 0; i < row_count; i++, target += target_stride, source += source_stride) {
    for (size_t j = 0; j < column_count; j++) target[j] += source[j];
  }
}

FOR_EACH_INSTRUCTION_SET
void add_block(
    float *target, size_t target_stride, const float *source, size_t source_stride,
    size_t row_count, size_t column_count) {
  // Nearly always whole rows of a panel: then the loop over them is one vector.
  if (column_count == width) {
    add_rows(target, target_stride, source, source_stride, row_count, width);
  } else {
    add_rows(target, target_stride, source, source_stride, row_count, column_count);
  }
}
