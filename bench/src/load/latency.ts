/** Milliseconds, rounded to microseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
  readonly samples: number
}

/** Collects times of one kind; what is beyond the capacity is not kept. */
export const latencies = (capacity = 400_000): { add(ms: number): void; take(): Latency } => {
  const kept = new Float64Array(capacity)
  let size = 0
  return {
    add: (ms) => {
      if (size < capacity) kept[size++] = ms
    },
    take: () => {
      const sorted = kept.subarray(0, size).sort()
      const at = (share: number): number =>
        Math.round((sorted[Math.min(size - 1, Math.floor(size * share))] ?? Number.NaN) * 1000) / 1000
      const found = { p50: at(0.5), p99: at(0.99), samples: size }
      size = 0
      return found
    },
  }
}
