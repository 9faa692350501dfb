// A vector of 16 numbers, which the compiler cuts to the registers that there are, and the
// instruction sets that each loop is compiled for.

#ifndef VECTORS_H
#define VECTORS_H

#include <stddef.h>

// How vectors would be passed to functions differs among instruction sets; here all that take any
// are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float vector __attribute__((vector_size(64), aligned(4)));
typedef int mask __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define FOR_EACH_INSTRUCTION_SET \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_INSTRUCTION_SET
#endif

// Loops over vectors in registers are unrolled, or the vectors would not stay there.
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vector load(const float *p) { return *(const vector *)p; }
INLINE void store(float *p, vector v) { *(vector *)p = v; }

/// x where the condition holds, otherwise y.
INLINE vector select(mask condition, vector x, vector y) {
  return (vector)(((mask)x & condition) | ((mask)y & ~condition));
}

#endif
