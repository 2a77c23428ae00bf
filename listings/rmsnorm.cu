// RMSNorm of rows in BF16 with sums in FP32, from two kernels to one that adds the residual as well.
#include <cuda_bf16.h>
#include <cuda_runtime.h>

typedef __nv_bfloat16 bf16;

// --8<-- [start:sum]
__device__ float block_sum(float v) {  // 256 threads; right in every thread
  __shared__ float part[8];
  int lane = threadIdx.x % 32;
  for (int gap = 16; gap > 0; gap /= 2) v += __shfl_xor_sync(0xffffffff, v, gap);
  if (lane == 0) part[threadIdx.x / 32] = v;
  __syncthreads();
  v = lane < 8 ? part[lane] : 0.0f;
  for (int gap = 16; gap > 0; gap /= 2) v += __shfl_xor_sync(0xffffffff, v, gap);
  return v;
}
// --8<-- [end:sum]

// --8<-- [start:two]
__global__ void row_scale(const bf16* x, float* scale, int n, float eps) {
  x += (size_t)blockIdx.x * n;
  float s = 0.0f;
  for (int i = threadIdx.x; i < n; i += blockDim.x) {
    float v = __bfloat162float(x[i]);
    s += v * v;
  }
  s = block_sum(s);
  if (threadIdx.x == 0) scale[blockIdx.x] = rsqrtf(s / n + eps);
}

__global__ void apply_scale(const bf16* x, const bf16* w, const float* scale, bf16* y, int rows, int n) {
  size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
  if (i < (size_t)rows * n)
    y[i] = __float2bfloat16(__bfloat162float(x[i]) * scale[i / n] * __bfloat162float(w[i % n]));
}
// --8<-- [end:two]

// --8<-- [start:one]
__global__ void rmsnorm_one(const bf16* x, const bf16* w, bf16* y, int n, float eps) {
  x += (size_t)blockIdx.x * n;
  y += (size_t)blockIdx.x * n;
  float s = 0.0f;
  for (int i = threadIdx.x; i < n; i += blockDim.x) {
    float v = __bfloat162float(x[i]);
    s += v * v;
  }
  float scale = rsqrtf(block_sum(s) / n + eps);
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    y[i] = __float2bfloat16(__bfloat162float(x[i]) * scale * __bfloat162float(w[i]));
}
// --8<-- [end:one]

// --8<-- [start:packed]
struct alignas(16) Pack {
  bf16 value[8];
};

__device__ Pack load(const bf16* from) {  // one load of 128 bits
  uint4 bits = *reinterpret_cast<const uint4*>(from);
  return *reinterpret_cast<Pack*>(&bits);
}

__device__ void store(bf16* to, Pack pack) {
  *reinterpret_cast<uint4*>(to) = *reinterpret_cast<uint4*>(&pack);
}

template <int PER>  // packs per thread: n is at most 2048 * PER, a multiple of 8
__global__ void rmsnorm_packed(const bf16* x, const bf16* w, bf16* y, int n, float eps) {
  x += (size_t)blockIdx.x * n;
  y += (size_t)blockIdx.x * n;
  Pack v[PER];
  float s = 0.0f;
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = 8 * (j * 256 + threadIdx.x);
    if (i >= n) continue;
    v[j] = load(x + i);
    for (int k = 0; k < 8; ++k) {
      float one = __bfloat162float(v[j].value[k]);
      s += one * one;
    }
  }
  float scale = rsqrtf(block_sum(s) / n + eps);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = 8 * (j * 256 + threadIdx.x);
    if (i >= n) continue;
    Pack weight = load(w + i);
    for (int k = 0; k < 8; ++k)
      v[j].value[k] = __float2bfloat16(__bfloat162float(v[j].value[k]) * scale * __bfloat162float(weight.value[k]));
    store(y + i, v[j]);
  }
}
// --8<-- [end:packed]

// --8<-- [start:residual]
template <int PER>
__global__ void rmsnorm_residual(const bf16* x, bf16* residual, const bf16* w, bf16* y, int n, float eps) {
  x += (size_t)blockIdx.x * n;
  y += (size_t)blockIdx.x * n;
  residual += (size_t)blockIdx.x * n;
  Pack v[PER];
  float s = 0.0f;
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = 8 * (j * 256 + threadIdx.x);
    if (i >= n) continue;
    v[j] = load(x + i);
    Pack old = load(residual + i);
    for (int k = 0; k < 8; ++k) {
      v[j].value[k] = __float2bfloat16(__bfloat162float(v[j].value[k]) + __bfloat162float(old.value[k]));
      float one = __bfloat162float(v[j].value[k]);
      s += one * one;
    }
    store(residual + i, v[j]);
  }
  float scale = rsqrtf(block_sum(s) / n + eps);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = 8 * (j * 256 + threadIdx.x);
    if (i >= n) continue;
    Pack weight = load(w + i);
    for (int k = 0; k < 8; ++k)
      v[j].value[k] = __float2bfloat16(__bfloat162float(v[j].value[k]) * scale * __bfloat162float(weight.value[k]));
    store(y + i, v[j]);
  }
}
// --8<-- [end:residual]

// --8<-- [start:launch]
void launch_rmsnorm(const bf16* x, bf16* residual, const bf16* w, bf16* y, int rows, int n, cudaStream_t stream) {
  if (residual)  // n up to 4,096
    rmsnorm_residual<2><<<rows, 256, 0, stream>>>(x, residual, w, y, n, 1e-6f);
  else
    rmsnorm_packed<2><<<rows, 256, 0, stream>>>(x, w, y, n, 1e-6f);
}
// --8<-- [end:launch]
