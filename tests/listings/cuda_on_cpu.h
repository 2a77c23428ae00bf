// As much of CUDA as the listings use, on one CPU thread: each CUDA thread is a coroutine that runs to its next
// barrier or shuffle. It shows what a kernel computes, and nothing of its speed.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <ucontext.h>
#include <vector>

#define __global__
#define __device__
#define __shared__ static  // one block runs at a time
#define CUDART_INF_F INFINITY
#define threadIdx (cuda::now->thread)
#define blockIdx (cuda::block)

struct dim3 {
  unsigned x, y, z;
  dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) uint4 { uint32_t x, y, z, w; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline float rsqrtf(float v) { return 1.0f / std::sqrt(v); }

struct __nv_bfloat16 { uint16_t bits; };
inline float __bfloat162float(__nv_bfloat16 v) {
  uint32_t bits = (uint32_t)v.bits << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}
inline __nv_bfloat16 __float2bfloat16(float value) {  // to nearest, ties to even
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  return {(uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16)};
}

namespace cuda {
enum State { READY, AT_BLOCK, AT_WARP, DONE };
struct Thread {
  ucontext_t context;
  std::vector<char> stack;
  dim3 thread;
  int id = 0;
  State state = READY;
  float sent[2] = {0, 0};  // of two shuffles in a row: a fast lane may be one ahead
  int shuffles = 0;
};
inline std::vector<Thread> threads;
inline Thread* now = nullptr;
inline dim3 block, grid, size;
inline ucontext_t scheduler;
inline std::function<void()> body;

inline void wait(State state) {
  now->state = state;
  swapcontext(&now->context, &scheduler);
}
inline void start() {
  body();
  now->state = DONE;
}

// Lets go whom a barrier holds once all of its threads that still run have come; tells whether any may run.
inline bool release() {
  size_t n = threads.size();
  bool any = false, all = true;
  for (auto& t : threads) {
    any |= t.state == READY;
    all &= t.state == AT_BLOCK || t.state == DONE;
  }
  for (size_t first = 0; first < n; first += 32) {
    bool together = true, held = false;
    for (size_t i = first; i < n && i < first + 32; ++i) {
      together &= threads[i].state == AT_WARP || threads[i].state == DONE;
      held |= threads[i].state == AT_WARP;
    }
    for (size_t i = first; together && held && i < n && i < first + 32; ++i)
      if (threads[i].state == AT_WARP) threads[i].state = READY, any = true;
  }
  if (any) return true;
  for (auto& t : threads)
    if (all && t.state == AT_BLOCK) t.state = READY, any = true;
  return any;
}

inline void run_block() {
  threads = std::vector<Thread>(size.x * size.y * size.z);
  for (size_t i = 0; i < threads.size(); ++i) {
    Thread& t = threads[i];
    t.id = i;
    t.thread = dim3(i % size.x, i / size.x % size.y, i / size.x / size.y);
    t.stack.resize(64 * 1024);
    getcontext(&t.context);
    t.context.uc_stack.ss_sp = t.stack.data();
    t.context.uc_stack.ss_size = t.stack.size();
    t.context.uc_link = &scheduler;
    makecontext(&t.context, start, 0);
  }
  while (release())
    for (auto& t : threads)
      if (t.state == READY) {
        now = &t;
        swapcontext(&scheduler, &t.context);
      }
  for (auto& t : threads)
    if (t.state != DONE) {
      std::fprintf(stderr, "thread %d waits for ever\n", t.id);
      std::exit(3);
    }
}

inline void launch(dim3 blocks, dim3 of, std::function<void()> kernel) {
  grid = blocks, size = of, body = kernel;
  for (unsigned z = 0; z < grid.z; ++z)
    for (unsigned y = 0; y < grid.y; ++y)
      for (unsigned x = 0; x < grid.x; ++x) block = dim3(x, y, z), run_block();
}

inline float exchange(float v, int lane) {
  float* slot = &now->sent[now->shuffles++ % 2];
  int which = slot - now->sent;
  *slot = v;
  wait(AT_WARP);
  size_t other = now->id / 32 * 32 + lane;
  return other < threads.size() && lane < 32 ? threads[other].sent[which] : v;
}
}  // namespace cuda

#define gridDim (cuda::grid)
#define blockDim (cuda::size)
inline void __syncthreads() { cuda::wait(cuda::AT_BLOCK); }
inline float __shfl_xor_sync(unsigned, float v, int gap) { return cuda::exchange(v, (cuda::now->id % 32) ^ gap); }
inline float __shfl_down_sync(unsigned, float v, int gap) { return cuda::exchange(v, cuda::now->id % 32 + gap); }
inline float atomicAdd(float* at, float v) {
  float old = *at;
  *at += v;
  return old;
}
