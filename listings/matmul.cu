// C = A B in FP32 on the CUDA cores, row-major: A is M x K, B is K x N. Tensor Cores: question 64.
#include <cuda_runtime.h>

// --8<-- [start:naive]
__global__ void matmul_naive(const float* A, const float* B, float* C, int M, int N, int K) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;  // neighbouring threads, neighbouring rows
  int column = blockIdx.y * blockDim.y + threadIdx.y;
  if (row >= M || column >= N) return;
  float sum = 0.0f;
  for (int k = 0; k < K; ++k) sum += A[(size_t)row * K + k] * B[(size_t)k * N + column];
  C[(size_t)row * N + column] = sum;
}
// --8<-- [end:naive]

// --8<-- [start:coalesced]
__global__ void matmul_coalesced(const float* A, const float* B, float* C, int M, int N, int K) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;  // neighbouring threads, neighbouring columns
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row >= M || column >= N) return;
  float sum = 0.0f;
  for (int k = 0; k < K; ++k) sum += A[(size_t)row * K + k] * B[(size_t)k * N + column];
  C[(size_t)row * N + column] = sum;
}
// --8<-- [end:coalesced]

// --8<-- [start:tiled]
__global__ void matmul_tiled(const float* A, const float* B, float* C, int M, int N, int K) {
  __shared__ float a[32][32], b[32][32];  // 32 x 32 threads
  int tx = threadIdx.x, ty = threadIdx.y;
  int column = blockIdx.x * 32 + tx, row = blockIdx.y * 32 + ty;
  float sum = 0.0f;
  for (int k0 = 0; k0 < K; k0 += 32) {
    a[ty][tx] = row < M && k0 + tx < K ? A[(size_t)row * K + k0 + tx] : 0.0f;
    b[ty][tx] = column < N && k0 + ty < K ? B[(size_t)(k0 + ty) * N + column] : 0.0f;
    __syncthreads();
    for (int k = 0; k < 32; ++k) sum += a[ty][k] * b[k][tx];
    __syncthreads();  // nobody may overwrite what others still read
  }
  if (row < M && column < N) C[(size_t)row * N + column] = sum;
}
// --8<-- [end:tiled]

// --8<-- [start:squares]
// M and N are multiples of 128, K of 8; 256 threads, 8 x 8 sums each.
__global__ void matmul_squares(const float* A, const float* B, float* C, int M, int N, int K) {
  __shared__ float a[8][128], b[8][128];  // A's tile stands on its side
  int t = threadIdx.x, tx = t % 16, ty = t / 16;
  A += (size_t)blockIdx.y * 128 * K;
  B += blockIdx.x * 128;
  C += (size_t)blockIdx.y * 128 * N + blockIdx.x * 128;
  float sum[8][8] = {}, left[8], right[8];
  for (int k0 = 0; k0 < K; k0 += 8) {
    for (int j = 0; j < 4; ++j) {
      a[t % 8][j * 32 + t / 8] = A[(size_t)(j * 32 + t / 8) * K + k0 + t % 8];
      b[j * 2 + t / 128][t % 128] = B[(size_t)(k0 + j * 2 + t / 128) * N + t % 128];
    }
    __syncthreads();
    for (int k = 0; k < 8; ++k) {
      for (int i = 0; i < 8; ++i) left[i] = a[k][ty * 8 + i];
      for (int i = 0; i < 8; ++i) right[i] = b[k][tx * 8 + i];
      for (int i = 0; i < 64; ++i) sum[i / 8][i % 8] += left[i / 8] * right[i % 8];
    }
    __syncthreads();
  }
  for (int i = 0; i < 64; ++i) C[(size_t)(ty * 8 + i / 8) * N + tx * 8 + i % 8] = sum[i / 8][i % 8];
}
// --8<-- [end:squares]

// --8<-- [start:spread]
__global__ void matmul_spread(const float* A, const float* B, float* C, int M, int N, int K) {
  __shared__ float a[8][132], b[8][128];  // 4 words more: the writes of A's tile find other banks
  int t = threadIdx.x, tx = t % 16, ty = t / 16;
  A += (size_t)blockIdx.y * 128 * K;
  B += blockIdx.x * 128;
  C += (size_t)blockIdx.y * 128 * N + blockIdx.x * 128;
  float sum[8][8] = {}, left[8], right[8];
  for (int k0 = 0; k0 < K; k0 += 8) {
    float4 v = *reinterpret_cast<const float4*>(A + (size_t)(t / 2) * K + k0 + t % 2 * 4);
    a[t % 2 * 4 + 0][t / 2] = v.x;
    a[t % 2 * 4 + 1][t / 2] = v.y;
    a[t % 2 * 4 + 2][t / 2] = v.z;
    a[t % 2 * 4 + 3][t / 2] = v.w;
    *reinterpret_cast<float4*>(&b[t / 32][t % 32 * 4]) =
        *reinterpret_cast<const float4*>(B + (size_t)(k0 + t / 32) * N + t % 32 * 4);
    __syncthreads();
    for (int k = 0; k < 8; ++k) {
      for (int i = 0; i < 8; ++i) left[i] = a[k][i / 4 * 64 + ty * 4 + i % 4];  // four here, four 64 further on
      for (int i = 0; i < 8; ++i) right[i] = b[k][i / 4 * 64 + tx * 4 + i % 4];
      for (int i = 0; i < 64; ++i) sum[i / 8][i % 8] += left[i / 8] * right[i % 8];
    }
    __syncthreads();
  }
  for (int i = 0; i < 16; ++i) {
    float* four = &sum[i / 2][i % 2 * 4];
    size_t row = i / 8 * 64 + ty * 4 + i / 2 % 4;
    *reinterpret_cast<float4*>(C + row * N + i % 2 * 64 + tx * 4) = make_float4(four[0], four[1], four[2], four[3]);
  }
}
// --8<-- [end:spread]

// --8<-- [start:launch]
void launch_matmul(const float* A, const float* B, float* C, int M, int N, int K, cudaStream_t stream) {
  matmul_spread<<<dim3(N / 128, M / 128), 256, 0, stream>>>(A, B, C, M, N, K);
}
// --8<-- [end:launch]
