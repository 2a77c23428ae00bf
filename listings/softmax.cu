// The softmax of each row of a matrix in FP32, from a thread per row to a warp per row.
#include <cuda_runtime.h>
#include <math_constants.h>

// --8<-- [start:thread]
__global__ void softmax_thread(const float* x, float* y, int rows, int n) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  x += (size_t)row * n;
  y += (size_t)row * n;
  float top = -CUDART_INF_F, sum = 0.0f;
  for (int i = 0; i < n; ++i) top = fmaxf(top, x[i]);
  for (int i = 0; i < n; ++i) sum += expf(x[i] - top);
  for (int i = 0; i < n; ++i) y[i] = expf(x[i] - top) / sum;
}
// --8<-- [end:thread]

// --8<-- [start:block]
struct Sum {
  static __device__ float of(float a, float b) { return a + b; }
  static __device__ float none() { return 0.0f; }
};
struct Max {
  static __device__ float of(float a, float b) { return fmaxf(a, b); }
  static __device__ float none() { return -CUDART_INF_F; }
};

template <class Op>
__device__ float warp_all(float v) {
  for (int gap = 16; gap > 0; gap /= 2)
    v = Op::of(v, __shfl_xor_sync(0xffffffff, v, gap));
  return v;  // right in every lane
}

template <class Op>
__device__ float block_all(float v) {  // 256 threads
  __shared__ float part[8];
  int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  v = warp_all<Op>(v);
  if (lane == 0) part[warp] = v;
  __syncthreads();
  return warp_all<Op>(lane < 8 ? part[lane] : Op::none());
}

__global__ void softmax_block(const float* x, float* y, int n) {
  x += (size_t)blockIdx.x * n;  // a block per row
  y += (size_t)blockIdx.x * n;
  float top = -CUDART_INF_F, sum = 0.0f;
  for (int i = threadIdx.x; i < n; i += blockDim.x) top = fmaxf(top, x[i]);
  top = block_all<Max>(top);
  for (int i = threadIdx.x; i < n; i += blockDim.x) sum += expf(x[i] - top);
  sum = block_all<Sum>(sum);
  for (int i = threadIdx.x; i < n; i += blockDim.x) y[i] = expf(x[i] - top) / sum;
}
// --8<-- [end:block]

// --8<-- [start:online]
__device__ float scale(float from, float to) {  // no NaN where both are -inf
  return from == to ? 1.0f : expf(from - to);
}

__device__ float2 merge(float2 a, float2 b) {  // x: maximum, y: sum relative to it
  float top = fmaxf(a.x, b.x);
  return make_float2(top, a.y * scale(a.x, top) + b.y * scale(b.x, top));
}

__device__ float2 warp_merge(float2 v) {
  for (int gap = 16; gap > 0; gap /= 2)
    v = merge(v, make_float2(__shfl_xor_sync(0xffffffff, v.x, gap), __shfl_xor_sync(0xffffffff, v.y, gap)));
  return v;
}

__global__ void softmax_online(const float* x, float* y, int n) {
  __shared__ float2 part[8];
  x += (size_t)blockIdx.x * n;
  y += (size_t)blockIdx.x * n;
  float2 v = make_float2(-CUDART_INF_F, 0.0f);
  for (int i = threadIdx.x; i < n; i += blockDim.x) v = merge(v, make_float2(x[i], 1.0f));
  int lane = threadIdx.x % 32;
  v = warp_merge(v);
  if (lane == 0) part[threadIdx.x / 32] = v;
  __syncthreads();
  v = warp_merge(lane < 8 ? part[lane] : make_float2(-CUDART_INF_F, 0.0f));
  for (int i = threadIdx.x; i < n; i += blockDim.x) y[i] = expf(x[i] - v.x) / v.y;
}
// --8<-- [end:online]

// --8<-- [start:registers]
template <int PER>  // values per thread: n is at most 256 * PER
__global__ void softmax_registers(const float* x, float* y, int n) {
  x += (size_t)blockIdx.x * n;
  y += (size_t)blockIdx.x * n;
  float v[PER], top = -CUDART_INF_F, sum = 0.0f;
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = j * 256 + threadIdx.x;
    v[j] = i < n ? x[i] : -CUDART_INF_F;
    top = fmaxf(top, v[j]);
  }
  top = block_all<Max>(top);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    v[j] = expf(v[j] - top);
    sum += v[j];
  }
  sum = block_all<Sum>(sum);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = j * 256 + threadIdx.x;
    if (i < n) y[i] = v[j] / sum;
  }
}
// --8<-- [end:registers]

// --8<-- [start:warp]
template <int PER>  // float4 per lane: n is at most 128 * PER, a multiple of 4
__global__ void softmax_warp(const float* x, float* y, int rows, int n) {
  int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
  if (row >= rows) return;  // a whole warp, so that shuffles stay complete
  const float4* from = reinterpret_cast<const float4*>(x + (size_t)row * n);
  float4* to = reinterpret_cast<float4*>(y + (size_t)row * n);
  float4 v[PER];
  float top = -CUDART_INF_F, sum = 0.0f;
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = j * 32 + lane;
    v[j] = i < n / 4 ? from[i] : make_float4(-CUDART_INF_F, -CUDART_INF_F, -CUDART_INF_F, -CUDART_INF_F);
    top = fmaxf(top, fmaxf(fmaxf(v[j].x, v[j].y), fmaxf(v[j].z, v[j].w)));
  }
  top = warp_all<Max>(top);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    v[j] = make_float4(expf(v[j].x - top), expf(v[j].y - top), expf(v[j].z - top), expf(v[j].w - top));
    sum += (v[j].x + v[j].y) + (v[j].z + v[j].w);
  }
  sum = warp_all<Sum>(sum);
#pragma unroll
  for (int j = 0; j < PER; ++j) {
    int i = j * 32 + lane;
    if (i < n / 4) to[i] = make_float4(v[j].x / sum, v[j].y / sum, v[j].z / sum, v[j].w / sum);
  }
}
// --8<-- [end:warp]

// --8<-- [start:launch]
void launch_softmax(const float* x, float* y, int rows, int n, cudaStream_t stream) {
  if (n <= 1024 && n % 4 == 0)
    softmax_warp<8><<<(rows + 7) / 8, 256, 0, stream>>>(x, y, rows, n);
  else if (n <= 8192)
    softmax_registers<32><<<rows, 256, 0, stream>>>(x, y, n);
  else
    softmax_online<<<rows, 256, 0, stream>>>(x, y, n);
}
// --8<-- [end:launch]
