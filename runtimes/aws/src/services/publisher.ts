import type { Chat, Connections, Delivery, Publisher } from '@parley/core'

const tellingsMax = 5

/**
 * A {@link Publisher} that delivers inside the function that publishes: what goes to many connections is handed to a
 * queue by the sockets. Functions run at the same time, so somebody's going may be told after a later coming; presence is
 * told as it stands, and told again if it has changed by then.
 */
export const publisherInside = (
  connections: Pick<Connections, 'online'>,
  deliver: () => Chat['deliver'],
): Publisher => {
  const tellPresence = async (delivery: Delivery): Promise<void> => {
    const { event } = delivery
    if (event.type !== 'presence-changed') return deliver()(delivery)
    const isOnline = async (): Promise<boolean> => (await connections.online([event.user])).has(event.user)
    let online = await isOnline()
    for (let tellings = 0; tellings < tellingsMax; tellings += 1) {
      await deliver()({ ...delivery, event: { ...event, online } })
      const now = await isOnline()
      if (now === online) return
      online = now
    }
  }
  return {
    publish: async (deliveries) => {
      for (const delivery of deliveries) await tellPresence(delivery)
    },
  }
}
