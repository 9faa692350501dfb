// The transforms of Toom–Cook convolution, for 16 channels at a time.
//
// A pair of points shares its work: the terms of even degree make E at both, those of odd degree O.

#include "Finishing.h"
#include "VectorKernels.h"
#include "Vectors.h"

enum { width = panel_width, most_inputs = 14, most_products = 16 };

/// What the kernels are compiled for: R, I and the taps of the filter.
#define FOR_EACH_TRANSFORM(CASE) CASE(3, 1, 3) CASE(4, 1, 5) CASE(4, 2, 7)

/// E and O of a row of a matrix.
INLINE void sum_terms(
    int length, const float *row, const vector *x, vector *even, vector *odd) {
  *even = row[0] * x[0];
  *odd = row[1] * x[1];
  UNROLL for (int j = 2; j < length; j += 2) *even += row[j] * x[j];
  UNROLL for (int j = 3; j < length; j += 2) *odd += row[j] * x[j];
}

/// The factors of a tile of input.
INLINE void transform(int real, int imaginary, const float *matrix, const vector *x, vector *y) {
  const int length = 2 * (real + imaginary) + 2;
  const float *last = matrix + (real + imaginary + 1) * length;
  vector even = matrix[0] * x[0], odd = last[1] * x[1];
  UNROLL for (int j = 2; j < length; j += 2) even += matrix[j] * x[j];
  UNROLL for (int j = 3; j < length; j += 2) odd += last[j] * x[j];
  y[0] = even;
  y[2 * real + 3 * imaginary + 1] = odd;
  UNROLL for (int i = 0; i < real + imaginary; i++) {
    sum_terms(length, matrix + (i + 1) * length, x, &even, &odd);
    if (i < real) {
      y[2 * i + 1] = even + odd;
      y[2 * i + 2] = even - odd;
    } else {
      vector *z = y + 1 + 3 * i - real;
      z[0] = even + odd;
      z[1] = odd - even;
      z[2] = -odd;
    }
  }
}

/// The factors of a polynomial of `length` terms.
INLINE void evaluate(
    int real, int imaginary, int length, const float *matrix, const vector *x, vector *y) {
  y[0] = matrix[0] * x[0];
  y[2 * real + 3 * imaginary + 1] =
      matrix[(real + imaginary + 2) * length - 1] * x[length - 1];
  UNROLL for (int i = 0; i < real + imaginary; i++) {
    vector even, odd;
    sum_terms(length, matrix + (i + 1) * length, x, &even, &odd);
    if (i < real) {
      y[2 * i + 1] = even + odd;
      y[2 * i + 2] = even - odd;
    } else {
      vector *z = y + 1 + 3 * i - real;
      z[0] = even;
      z[1] = odd;
      z[2] = even + odd;
    }
  }
}

INLINE void transform_tiles(
    int real, int imaginary, const float *matrix, const float *source, size_t row_stride,
    size_t tile_count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
  for (size_t t = 0; t < tile_count; t++) {
    for (size_t c = 0; c < panel_count; c++) {
      const float *here = source + t * tile_length * row_stride + c * width;
      float *there = values + c * panel_stride + t * width;
      vector x[most_inputs], y[most_products];
      UNROLL for (int j = 0; j < 2 * (real + imaginary) + 2; j++) x[j] = load(here + j * row_stride);
      transform(real, imaginary, matrix, x, y);
      UNROLL for (int q = 0; q < 2 * real + 3 * imaginary + 2; q++) {
        store(there + q * point_stride, y[q]);
      }
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void transform_input_tiles(
    point_pairs pairs, const float *matrix, const float *source, size_t row_stride,
    size_t tile_count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
#define CASE(R, I, taps)                                                                \
  if (pairs.real == R && pairs.imaginary == I) {                                        \
    transform_tiles(                                                                    \
        R, I, matrix, source, row_stride, tile_count, panel_count, values, point_stride, \
        panel_stride);                                                                  \
    return;                                                                             \
  }
  FOR_EACH_TRANSFORM(CASE)
  __builtin_trap();
#undef CASE
}

INLINE void evaluate_all(
    int real, int imaginary, int length, const float *matrix, const float *source,
    size_t term_stride, size_t source_stride, size_t count, size_t panel_count, float *values,
    size_t point_stride, size_t panel_stride) {
  for (size_t t = 0; t < count; t++) {
    for (size_t c = 0; c < panel_count; c++) {
      const float *here = source + t * source_stride + c * width;
      float *there = values + c * panel_stride + t * width;
      vector x[tile_length], y[most_products];
      UNROLL for (int j = 0; j < length; j++) x[j] = load(here + j * term_stride);
      evaluate(real, imaginary, length, matrix, x, y);
      UNROLL for (int q = 0; q < 2 * real + 3 * imaginary + 2; q++) {
        store(there + q * point_stride, y[q]);
      }
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void evaluate_polynomials(
    point_pairs pairs, const float *matrix, size_t length, const float *source, size_t term_stride,
    size_t source_stride, size_t count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride) {
#define EVALUATE(R, I, terms)                                                                  \
  if (pairs.real == R && pairs.imaginary == I && length == terms) {                            \
    evaluate_all(                                                                              \
        R, I, terms, matrix, source, term_stride, source_stride, count, panel_count, values,   \
        point_stride, panel_stride);                                                           \
    return;                                                                                    \
  }
#define CASE(R, I, taps) EVALUATE(R, I, taps) EVALUATE(R, I, tile_length)
  FOR_EACH_TRANSFORM(CASE)
  __builtin_trap();
#undef CASE
#undef EVALUATE
}

INLINE void sum_all(
    int real, int imaginary, int length, const float *matrix, const float *values,
    size_t point_stride, size_t panel_stride, size_t count, size_t panel_count, float *result,
    size_t row_stride, size_t row_limit, const float *bias, finishing finish, const float *output,
    float slope) {
  for (size_t t = 0; t < count; t++) {
    size_t left = row_limit - t * length;
    for (size_t c = 0; c < panel_count; c++) {
      const float *here = values + c * panel_stride + t * width;
      size_t place = t * length * row_stride + c * width;
      vector offset = bias ? load(bias + c * width) : (vector){0};
      vector y[tile_length];
      UNROLL for (int j = 0; j < length; j++) y[j] = (vector){0};
      y[0] = matrix[0] * load(here);
      y[length - 1] = matrix[(real + imaginary + 2) * length - 1]
          * load(here + (2 * real + 3 * imaginary + 1) * point_stride);
      UNROLL for (int i = 0; i < real + imaginary; i++) {
        vector even, odd;
        if (i < real) {
          vector plus = load(here + (2 * i + 1) * point_stride);
          vector minus = load(here + (2 * i + 2) * point_stride);
          even = plus + minus;
          odd = plus - minus;
        } else {
          const float *there = here + (1 + 3 * i - real) * point_stride;
          vector both = load(there + 2 * point_stride);
          even = load(there) + both;
          odd = load(there + point_stride) + both;
        }
        const float *row = matrix + (i + 1) * length;
        UNROLL for (int j = 0; j < length; j++) y[j] += row[j] * (j % 2 == 0 ? even : odd);
      }
      UNROLL for (int j = 0; j < length; j++) {
        size_t at = place + j * row_stride;
        if ((size_t)j < left) {
          store(
              result + at, apply(finish, y[j] + offset, output ? output + at : result, slope));
        }
      }
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void sum_polynomials(
    point_pairs pairs, const float *matrix, size_t length, const float *values,
    size_t point_stride, size_t panel_stride, size_t count, size_t panel_count, float *result,
    size_t row_stride, size_t row_limit, const float *bias, finishing finish, const float *output,
    float slope) {
#define SUM(R, I, terms)                                                                     \
  if (pairs.real == R && pairs.imaginary == I && length == terms) {                          \
    sum_all(                                                                                 \
        R, I, terms, matrix, values, point_stride, panel_stride, count, panel_count, result, \
        row_stride, row_limit, bias, finish, output, slope);                                 \
    return;                                                                                  \
  }
#define CASE(R, I, taps) SUM(R, I, taps) SUM(R, I, tile_length)
  FOR_EACH_TRANSFORM(CASE)
  __builtin_trap();
#undef CASE
#undef SUM
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
