import type { Counter, Duration, Log, Metrics } from '@parley/core'

const plain = (value: unknown): unknown =>
  value instanceof Error
    ? { name: value.name, message: value.message, stack: value.stack, cause: plain(value.cause) }
    : value

const write =
  (level: 'info' | 'warn' | 'error'): Log['info'] =>
  (fields, message) => {
    const shown = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]))
    console[level](JSON.stringify({ level, message, ...shown }))
  }

/** JSON lines into the function's log. */
export const consoleLog: Log = { info: write('info'), warn: write('warn'), error: write('error') }

/** How often a function writes down what it has counted: each line is billed. */
const flushMs = 60_000

/** What is told of a name: labels would make each value a metric of its own, billed by the month. */
interface Sum {
  unit: 'Count' | 'Seconds'
  values: number[]
}

/**
 * Metrics in CloudWatch's embedded format: a line of the log with what was counted since the last one.
 * @param now milliseconds since 1970
 */
export const embeddedMetrics = (now: () => number = Date.now): Metrics => {
  const sums = new Map<Counter | Duration, Sum>()
  let flushedAt = now()
  const flush = (): void => {
    if (now() - flushedAt < flushMs) return
    flushedAt = now()
    const Metrics = [...sums].map(([Name, { unit: Unit }]) => ({ Name, Unit }))
    console.info(
      JSON.stringify({
        _aws: { Timestamp: flushedAt, CloudWatchMetrics: [{ Namespace: 'Parley', Dimensions: [[]], Metrics }] },
        ...Object.fromEntries([...sums].map(([name, { values }]) => [name, values])),
      }),
    )
    sums.clear()
  }
  return {
    count: (name, _labels, by = 1) => {
      const sum = sums.get(name)
      if (sum) sum.values[0] = (sum.values[0] ?? 0) + by
      else sums.set(name, { unit: 'Count', values: [by] })
      flush()
    },
    observe: (name, seconds) => {
      const sum = sums.get(name)
      // The format takes a hundred values of a metric.
      if (!sum) sums.set(name, { unit: 'Seconds', values: [seconds] })
      else if (sum.values.length < 100) sum.values.push(seconds)
    },
  }
}
