// The few loops that are hot: compiled for several instruction sets, chosen when the program runs.
//
// Matrices stand in *panels* of 16 columns, one after another, each with its rows one after another:
// element (row, column) of a matrix of R rows is at [column / 16][row][column % 16], which is
// (column / 16 · R + row) · 16 + column % 16. A panel's row is one cache line, and one vector.

#ifndef VECTOR_KERNELS_H
#define VECTOR_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

/// Numbers in a row of a panel.
enum { panel_width = 16 };

/// Rows that one pass of a product makes: counts of rows are multiples of it.
enum { product_row_count = 8 };

// MARK: Products

/// c = a · b, or c += a · b.
///
/// row_count: rows of a and c, M, a multiple of product_row_count.
/// depth: columns of a and rows of b, K.
/// panel_count: panels of b and c.
/// a: element (m, k) is at m · a_row_stride + (k / 16) · a_chunk_stride + k % 16, so a may be in
///   panels (16, M · 16) or in plain rows (any stride, 16), which may overlap.
/// b: [panel_count, K, 16].
/// c: row m of panel p is at m · c_row_stride + p · c_panel_stride.
void multiply_panels(
    size_t row_count, size_t depth, size_t panel_count, const float *a, size_t a_row_stride,
    size_t a_chunk_stride, const float *b, float *c, size_t c_row_stride, size_t c_panel_stride,
    bool accumulates);

/// c = aᵀ · b, or c += aᵀ · b.
///
/// row_count: columns of a and rows of c, M, a multiple of product_row_count.
/// depth: rows of a and b, K.
/// a: element (k, m) is at k · a_row_stride + (m / 16) · a_panel_stride + m % 16.
/// b: row k of panel p is at k · b_row_stride + p · b_panel_stride.
/// c: row m of panel p is at m · 16 + p · c_panel_stride.
void multiply_transposed_panels(
    size_t row_count, size_t depth, size_t panel_count, const float *a, size_t a_row_stride,
    size_t a_panel_stride, const float *b, size_t b_row_stride, size_t b_panel_stride, float *c,
    size_t c_panel_stride, bool accumulates);

// MARK: Toom–Cook transforms
//
// Points are 0, R real pairs ±a, I imaginary pairs ±bi, and ∞, in this order: N = 2 + 2R + 2I of
// them. A real pair takes two products, an imaginary one three, as a product of complex numbers:
//
//     at ±a: (E + O)·…, (E − O)·…      at ±bi: E·…, O·…, (E + O)·…
//
// where E are the even terms of a polynomial there, and i·O the odd ones; so there are
// P = 2 + 2R + 3I products. A matrix of a transform is given by one row for each of 0, a₁, …, b₁, …,
// ∞: even columns make E, odd ones O.

/// Numbers of real and of imaginary pairs; those that there are kernels for are in ToomCook.c.
typedef struct {
  size_t real, imaginary;
} point_pairs;

/// Outputs of a tile, m.
enum { tile_length = 8 };

/// Transforms tiles of input: N rows of numbers to P factors.
///
/// matrix: [R + I + 2, N]; the row for 0 has even columns alone, that for ∞ odd ones. The factors of
///   an imaginary pair are E + O, O − E and −O.
/// source: first row of the first tile; rows are row_stride apart, tiles 8 rows.
/// values: factor q, panel c, tile t at q · point_stride + c · panel_stride + t · 16.
void transform_input_tiles(
    point_pairs pairs, const float *matrix, const float *source, size_t row_stride,
    size_t tile_count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride);

/// Evaluates polynomials: `length` numbers to P factors.
///
/// matrix: [R + I + 2, length]; the row for 0 has the first column alone, that for ∞ the last.
/// length: 3, 5 or 7 taps of a filter, or 8 rows of a tile.
/// source: number j of polynomial t in panel c at
///   j · term_stride + t · source_stride + c · 16.
/// values: factor q at q · point_stride + c · panel_stride + t · 16.
void evaluate_polynomials(
    point_pairs pairs, const float *matrix, size_t length, const float *source, size_t term_stride,
    size_t source_stride, size_t count, size_t panel_count, float *values, size_t point_stride,
    size_t panel_stride);

/// What is done to a sum on its way to memory.
typedef enum {
  finish_nothing,
  /// max(0, y)
  finish_relu,
  /// max(y, slope · y)
  finish_leaky_relu,
  /// y where `output` is above 0, otherwise 0
  finish_relu_slope,
  /// y where `output` is above 0, otherwise slope · y
  finish_leaky_relu_slope,
} finishing;

/// The transpose of evaluate_polynomials, with what follows it.
///
/// values: product q, panel c, tile t at q · point_stride + c · panel_stride + t · 16.
/// count: tiles; row j of tile t of panel c goes to
///   result + (t · length + j) · row_stride + c · 16.
/// row_limit: rows of the result; what would be behind them is left out.
/// bias: [panel_count · 16], or null. output: addressed as the result; read by the slopes alone.
/// slope: of the leaky functions below 0.
void sum_polynomials(
    point_pairs pairs, const float *matrix, size_t length, const float *values,
    size_t point_stride, size_t panel_stride, size_t count, size_t panel_count, float *result,
    size_t row_stride, size_t row_limit, const float *bias, finishing finish, const float *output,
    float slope);

/// Transposes a block: target[j · target_stride + i] = source[i · source_stride + j], i, j < 16.
void transpose_block(
    const float *source, size_t source_stride, float *target, size_t target_stride);

/// target[i · target_stride + j] += source[i · source_stride + j] for all rows i and columns j.
void add_block(
    float *target, size_t target_stride, const float *source, size_t source_stride,
    size_t row_count, size_t column_count);

// MARK: Elsewhere

/// y ← f(x + bias) for rows of a multiple of 16 numbers: bias is one row, or null; output, which may
/// be y itself, is read by the slopes alone.
void finish_rows(
    const float *x, float *y, size_t row_count, size_t column_count, const float *bias,
    finishing finish, const float *output, float slope);

/// y[t, c] = bias[c] + Σⱼ z[t + j, j · width + c]: adds up what each tap made of another row.
///
/// z: [row_count + tap_count − 1, z_width]. y: [row_count, width]. bias: [width], or null.
void sum_shifted_rows(
    const float *z, size_t z_width, size_t tap_count, size_t width, size_t row_count,
    const float *bias, float *y);

/// sums[c] += Σₜ x[t, c] in 64 bits, for rows of column_count numbers.
///
/// Where terms cancel, as real and generated clips' do in a bias's gradient, sums in 32 bits would
/// leave rounding, which Adam enlarges to whole steps.
void add_column_sums(const float *x, size_t row_count, size_t column_count, double *sums);

/// x ← tanh(x), to within 2·10⁻⁷.
void apply_tanh(float *x, size_t count);

/// One update by Adam (Kingma & Ba 2015, algorithm 1):
///
///     m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
///     w ← w − step_length · m / (root_scale · √v + ε)
void update_by_adam(
    float *w, const float *g, float *m, float *v, size_t count, float beta1, float beta2,
    float step_length, float root_scale, float epsilon);

#endif
