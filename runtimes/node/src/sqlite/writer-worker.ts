import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Order } from './acts/table.ts'
import { groupWriter } from './group-writer.ts'
import { openForWriting } from './open-sql.ts'

/** What the thread that writes is started with. */
export interface WriterData {
  readonly path: string
  readonly patienceMs: number
}

/**
 * The orders of one tick, as JSON, which costs half of what cloning the objects does; or the word to end. The outcomes
 * come back in the same form and order.
 */
export type WriterMessage = { readonly orders: string } | 'close'

const { path, patienceMs } = workerData as WriterData
const port = parentPort
if (!port) throw new Error('this file is run as a worker thread')

const writer = groupWriter(() => openForWriting(path, patienceMs))

/** Everything that came while the last group was under way is one group. */
port.on('message', (first: WriterMessage) => {
  const orders: Order[] = []
  let ending = false
  for (let next: WriterMessage | undefined = first; next !== undefined; next = waiting()) {
    if (next === 'close') ending = true
    else for (const order of JSON.parse(next.orders) as readonly Order[]) orders.push(order)
  }
  if (orders.length > 0) port.postMessage(JSON.stringify(writer.run(orders)))
  if (!ending) return
  writer.close()
  port.close()
})

const waiting = (): WriterMessage | undefined => receiveMessageOnPort(port)?.message
