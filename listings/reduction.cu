// The sum of n FP32 values, from one atomic per value to wide loads and a fixed order.
#include <cuda_runtime.h>

// --8<-- [start:atomic]
__global__ void sum_atomic(const float* x, float* out, size_t n) {
  size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(out, x[i]);  // out is 0 before
}
// --8<-- [end:atomic]

// --8<-- [start:tree]
__global__ void sum_tree(const float* x, float* out, size_t n) {
  __shared__ float part[256];  // as many as threads
  int t = threadIdx.x;
  size_t i = (size_t)blockIdx.x * blockDim.x + t;
  part[t] = i < n ? x[i] : 0.0f;
  for (int gap = 128; gap > 0; gap /= 2) {
    __syncthreads();
    if (t < gap) part[t] += part[t + gap];
  }
  if (t == 0) atomicAdd(out, part[0]);
}
// --8<-- [end:tree]

// --8<-- [start:shuffle]
__device__ float warp_sum(float v) {
  for (int gap = 16; gap > 0; gap /= 2)
    v += __shfl_down_sync(0xffffffff, v, gap);
  return v;  // right in lane 0
}

__device__ float block_sum(float v) {  // 256 threads
  __shared__ float part[8];
  int t = threadIdx.x;
  v = warp_sum(v);
  if (t % 32 == 0) part[t / 32] = v;
  __syncthreads();
  if (t < 32) v = warp_sum(t < 8 ? part[t] : 0.0f);
  return v;  // right in thread 0
}

__global__ void sum_shuffle(const float* x, float* out, size_t n) {
  size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
  float s = block_sum(i < n ? x[i] : 0.0f);
  if (threadIdx.x == 0) atomicAdd(out, s);
}
// --8<-- [end:shuffle]

// --8<-- [start:stride]
__global__ void sum_stride(const float* x, float* out, size_t n) {
  size_t step = (size_t)gridDim.x * blockDim.x;
  size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
  float s = 0.0f;
  for (; i < n; i += step) s += x[i];
  s = block_sum(s);
  if (threadIdx.x == 0) atomicAdd(out, s);
}
// --8<-- [end:stride]

// --8<-- [start:vector]
__device__ float thread_sum(const float* x, size_t n) {
  const float4* wide = reinterpret_cast<const float4*>(x);  // 16-byte aligned
  size_t step = (size_t)gridDim.x * blockDim.x;
  size_t first = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
  float s = 0.0f;
  for (size_t i = first; i < n / 4; i += step) {
    float4 v = wide[i];
    s += (v.x + v.y) + (v.z + v.w);
  }
  if (first < n % 4) s += x[n / 4 * 4 + first];  // the last one to three
  return s;
}

__global__ void sum_vector(const float* x, float* out, size_t n) {
  float s = block_sum(thread_sum(x, n));
  if (threadIdx.x == 0) atomicAdd(out, s);
}
// --8<-- [end:vector]

// --8<-- [start:fixed]
__global__ void sum_parts(const float* x, float* parts, size_t n) {
  float s = block_sum(thread_sum(x, n));
  if (threadIdx.x == 0) parts[blockIdx.x] = s;
}

__global__ void sum_last(const float* parts, float* out, int count) {
  float s = 0.0f;  // one block: always the same order
  for (int i = threadIdx.x; i < count; i += blockDim.x) s += parts[i];
  s = block_sum(s);
  if (threadIdx.x == 0) *out = s;
}
// --8<-- [end:fixed]

// --8<-- [start:launch]
void launch_fixed(const float* x, float* parts, float* out, size_t n, cudaStream_t stream) {
  int blocks = 132 * 8;  // 8 blocks of 256 threads fill an SM; 132 SMs
  sum_parts<<<blocks, 256, 0, stream>>>(x, parts, n);
  sum_last<<<1, 256, 0, stream>>>(parts, out, blocks);
}
// --8<-- [end:launch]
