import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock, Counter as CounterName, Duration, Ids, Log, Metrics } from '@parley/core'
import { pino } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Settings } from './settings.ts'

export const systemClock: Clock = { now: () => Date.now() }

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
}

/** JSON lines on standard error, so that standard output is free for what a person reads. */
export const pinoLog = (level: Settings['logLevel']): Log =>
  pino({ level, base: null }, pino.destination({ fd: 2, sync: true }))

type Labels = Readonly<Record<string, string>>

/** Keeps what `bind` makes of a name and its labels, which have few values: looking it up is what costs in each count. */
const boundTo = <Name extends string, Bound>(bind: (name: Name, labels: Labels) => Bound) => {
  const bound = new Map<string, Bound>()
  return (name: Name, labels: Labels): Bound => {
    let key: string = name
    for (const label in labels) key += ` ${labels[label]}`
    const known = bound.get(key)
    if (known) return known
    const made = bind(name, labels)
    bound.set(key, made)
    return made
  }
}

export interface PrometheusMetrics extends Metrics {
  /** Everything counted so far, in Prometheus' text form. */
  page(): Promise<{ readonly contentType: string; readonly body: string }>
  gauge(name: string, help: string, read: () => number): void
}

/** Counts in a registry of its own, so that two servers in one process do not count together. */
export const prometheusMetrics = (): PrometheusMetrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const counters: Record<CounterName, Counter> = {
    parley_frames_total: new Counter({
      name: 'parley_frames_total',
      help: 'Frames from clients, by action',
      labelNames: ['action'],
      registers,
    }),
    parley_refusals_total: new Counter({
      name: 'parley_refusals_total',
      help: 'Frames that were refused, by code',
      labelNames: ['code'],
      registers,
    }),
    parley_events_total: new Counter({
      name: 'parley_events_total',
      help: 'Events that were delivered, by type',
      labelNames: ['type'],
      registers,
    }),
    parley_deliveries_total: new Counter({
      name: 'parley_deliveries_total',
      help: 'Frames handed to sockets for events, by type',
      labelNames: ['type'],
      registers,
    }),
  }
  const durations: Record<Duration, Histogram> = {
    parley_receive_seconds: new Histogram({
      name: 'parley_receive_seconds',
      help: 'From a frame to its answer, by action',
      labelNames: ['action'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  }
  const counted = boundTo((name: CounterName, labels) => counters[name].labels(labels))
  const observed = boundTo((name: Duration, labels) => durations[name].labels(labels))
  return {
    count: (name, labels = {}, by = 1) => counted(name, labels).inc(by),
    observe: (name, seconds, labels = {}) => observed(name, labels).observe(seconds),
    page: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
  }
}
