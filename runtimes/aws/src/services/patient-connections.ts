import type { Connections } from '@parley/core'

const looks = 20
const pauseMs = 50

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs))

/**
 * The same connections, for what a connection says after its greeting: API Gateway handles the frames of one connection at
 * the same time, so one that came second may be looked at first. One that is not greeted yet is looked at again for a
 * second.
 */
export const patientConnections = (connections: Connections): Connections => ({
  ...connections,
  state: async (id) => {
    for (let look = 1; ; look += 1) {
      const state = await connections.state(id)
      if (state !== 'open' || look === looks) return state
      await pause()
    }
  },
})
