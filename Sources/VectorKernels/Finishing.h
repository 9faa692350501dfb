// What is done to a sum on its way to memory.

#ifndef FINISHING_H
#define FINISHING_H

#include "VectorKernels.h"
#include "Vectors.h"

INLINE vector apply(finishing finish, vector y, const float *output, float slope) {
  vector zero = {0};
  switch (finish) {
    case finish_nothing: return y;
    case finish_relu: return select(y > zero, y, zero);
    case finish_leaky_relu: return select(y > zero, y, slope * y);
    case finish_relu_slope: return select(load(output) > zero, y, zero);
    case finish_leaky_relu_slope: return select(load(output) > zero, y, slope * y);
  }
}

#endif
