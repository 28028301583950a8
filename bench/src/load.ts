import { type Measured, type Measurement, openRoom, type Room } from './load/room.ts'
import { type WireName, wires } from './load/wires.ts'

/** What the load generator may be asked for, one thing after another. One process serves one server. */
export type Order =
  | {
      readonly do: 'open'
      readonly url: string
      readonly wire: WireName
      readonly members: number
      /** How many there will be at the end. */
      readonly expected?: number
    }
  | ({ readonly do: 'measure' } & Measurement)

export type Answer = { readonly measured?: Measured } | { readonly error: string }

let room: Room | undefined

const carryOut = async (order: Order): Promise<Answer> => {
  if (order.do === 'open') {
    room ??= openRoom(order.url, wires[order.wire])
    await room.grow(order.members, order.expected)
    return {}
  }
  if (!room) throw new Error('there is no room to measure')
  return { measured: await room.measure(order) }
}

process.on('message', (order: Order) => {
  carryOut(order)
    .catch((error: Error): Answer => ({ error: error.message }))
    .then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit())
