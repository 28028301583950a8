import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Order } from './acts/table.ts'
import { groupWriter } from './group-writer.ts'
import { openForWriting } from './open-sql.ts'

/** What the thread that writes is started with. */
export interface WriterData {
  readonly path: string
  readonly patienceMs: number
}

/** Orders that came within a tick, or the word to end. */
export type WriterMessage = readonly Order[] | 'close'

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
    else for (const order of next) orders.push(order)
  }
  if (orders.length > 0) port.postMessage(writer.run(orders))
  if (!ending) return
  writer.close()
  port.close()
})

const waiting = (): WriterMessage | undefined => receiveMessageOnPort(port)?.message
