// Loops over numbers one by one, and over rows.

#include <math.h>

#include "Finishing.h"
#include "VectorKernels.h"
#include "Vectors.h"

FOR_EACH_INSTRUCTION_SET
void sum_shifted_rows(
    const float *z, size_t z_width, size_t tap_count, size_t width, size_t row_count,
    const float *bias, float *y) {
  typedef float quad __attribute__((vector_size(16), aligned(4)));
  for (size_t t = 0; t < row_count; t++, z += z_width, y += width) {
    size_t c = 0;
    for (; c + 4 <= width; c += 4) {
      quad sum = {0};
      for (size_t j = 0; j < tap_count; j++) {
        sum += *(const quad *)(z + j * (z_width + width) + c);
      }
      *(quad *)(y + c) = bias ? sum + *(const quad *)(bias + c) : sum;
    }
    for (; c < width; c++) {
      float sum = 0;
      for (size_t j = 0; j < tap_count; j++) sum += z[j * (z_width + width) + c];
      y[c] = bias ? sum + bias[c] : sum;
    }
  }
}

INLINE void finish_all(
    const float *x, float *y, size_t row_count, size_t column_count, const float *bias,
    finishing finish, const float *output, float slope) {
  for (size_t i = 0; i < row_count; i++) {
    for (size_t c = 0; c < column_count; c += panel_width) {
      size_t at = i * column_count + c;
      vector sum = load(x + at);
      if (bias) sum += load(bias + c);
      store(y + at, apply(finish, sum, output ? output + at : x, slope));
    }
  }
}

FOR_EACH_INSTRUCTION_SET
void finish_rows(
    const float *x, float *y, size_t row_count, size_t column_count, const float *bias,
    finishing finish, const float *output, float slope) {
  finish_all(x, y, row_count, column_count, bias, finish, output, slope);
}

INLINE void add_columns(
    const float *x, size_t row_count, size_t row_length, size_t count, double *sums) {
  double here[panel_width];
  for (size_t c = 0; c < count; c++) here[c] = sums[c];
  for (size_t t = 0; t < row_count; t++) {
    for (size_t c = 0; c < count; c++) here[c] += x[t * row_length + c];
  }
  for (size_t c = 0; c < count; c++) sums[c] = here[c];
}

FOR_EACH_INSTRUCTION_SET
void add_column_sums(const float *x, size_t row_count, size_t column_count, double *sums) {
  size_t c = 0;
  for (; c + panel_width <= column_count; c += panel_width) {
    add_columns(x + c, row_count, column_count, panel_width, sums + c);
  }
  add_columns(x + c, row_count, column_count, column_count - c, sums + c);
}

/// tanh(x): near 0 by its series, whose next term is 10⁻⁸ of it; elsewhere as
/// (1 − e) / (1 + e) with e = exp(−2·|x|).
INLINE float hyperbolic_tangent(float x) {
  float size = fabsf(x), square = x * x;
  float series = x + x * square * (-1.0f / 3 + square * (2.0f / 15 + square * (-17.0f / 315
      + square * (62.0f / 2835))));
  // exp(y) = 2ⁿ · exp(f), |f| ≤ ln 2 / 2; ln 2 in two parts, of which the first is exact times n.
  // Written so that not-a-number stays what it is.
  float y = size > 20 ? -40 : -2 * size;
  float n = __builtin_rintf(y * 1.44269504f);
  float f = y - n * 0.693359375f + n * 2.12194440e-4f;
  float exponential = 1 + f * (1 + f * (0.5f + f * (1.0f / 6 + f * (1.0f / 24 + f * (1.0f / 120
      + f * (1.0f / 720 + f * (1.0f / 5040)))))));
  union { int bits; float value; } power = {((int)(n > -64 ? n : -64) + 127) << 23};
  float e = exponential * power.value;
  float far = __builtin_copysignf((1 - e) / (1 + e), x);
  return size < 0.25f ? series : far;
}

FOR_EACH_INSTRUCTION_SET
void apply_tanh(float *x, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] = hyperbolic_tangent(x[i]);
}

FOR_EACH_INSTRUCTION_SET
void update_by_adam(
    float *restrict w, const float *restrict g, float *restrict m, float *restrict v, size_t count,
    float beta1, float beta2, float step_length, float root_scale, float epsilon) {
  for (size_t i = 0; i < count; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    w[i] -= step_length * m[i] / (__builtin_elementwise_sqrt(v[i]) * root_scale + epsilon);
  }
}
