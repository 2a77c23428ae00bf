// The transpose of a matrix of FP32 values, rows x columns, from strided writes to a swizzled tile.
#include <cuda_runtime.h>

// --8<-- [start:naive]
__global__ void transpose_naive(const float* in, float* out, int rows, int columns) {
  int column = blockIdx.x * 32 + threadIdx.x;  // blocks of 32 x 8 threads
  for (int j = threadIdx.y; j < 32; j += 8) {
    int row = blockIdx.y * 32 + j;
    if (row < rows && column < columns) out[(size_t)column * rows + row] = in[(size_t)row * columns + column];
  }
}
// --8<-- [end:naive]

// --8<-- [start:tile]
__global__ void transpose_tile(const float* in, float* out, int rows, int columns) {
  __shared__ float tile[32][32];
  int column = blockIdx.x * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += 8) {
    int row = blockIdx.y * 32 + j;
    if (row < rows && column < columns) tile[j][threadIdx.x] = in[(size_t)row * columns + column];
  }
  __syncthreads();
  int row = blockIdx.y * 32 + threadIdx.x;  // now threadIdx.x runs down the input
  for (int j = threadIdx.y; j < 32; j += 8) {
    int column = blockIdx.x * 32 + j;
    if (row < rows && column < columns) out[(size_t)column * rows + row] = tile[threadIdx.x][j];
  }
}
// --8<-- [end:tile]

// --8<-- [start:padded]
__global__ void transpose_padded(const float* in, float* out, int rows, int columns) {
  __shared__ float tile[32][33];  // a word more: a column runs through all banks
  int column = blockIdx.x * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += 8) {
    int row = blockIdx.y * 32 + j;
    if (row < rows && column < columns) tile[j][threadIdx.x] = in[(size_t)row * columns + column];
  }
  __syncthreads();
  int row = blockIdx.y * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += 8) {
    int column = blockIdx.x * 32 + j;
    if (row < rows && column < columns) out[(size_t)column * rows + row] = tile[threadIdx.x][j];
  }
}
// --8<-- [end:padded]

// --8<-- [start:swizzled]
__global__ void transpose_swizzled(const float* in, float* out, int rows, int columns) {
  __shared__ float tile[32][32];  // column c of row r lies at c ^ r
  int column = blockIdx.x * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += 8) {
    int row = blockIdx.y * 32 + j;
    if (row < rows && column < columns) tile[j][threadIdx.x ^ j] = in[(size_t)row * columns + column];
  }
  __syncthreads();
  int row = blockIdx.y * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += 8) {
    int column = blockIdx.x * 32 + j;
    if (row < rows && column < columns) out[(size_t)column * rows + row] = tile[threadIdx.x][j ^ threadIdx.x];
  }
}
// --8<-- [end:swizzled]

// --8<-- [start:launch]
void launch_transpose(const float* in, float* out, int rows, int columns, cudaStream_t stream) {
  dim3 grid((columns + 31) / 32, (rows + 31) / 32), block(32, 8);
  transpose_swizzled<<<grid, block, 0, stream>>>(in, out, rows, columns);
}
// --8<-- [end:launch]
