/**
 * Loaded into functions before their bundles, when calls are counted: who would do something once a second waits for the
 * word to do so, so that a busy machine counts the same as a quick one.
 */
type Later = (act: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => NodeJS.Timeout

const later = globalThis.setTimeout as Later
const { clearTimeout: callOff } = globalThis
const held = new Map<NodeJS.Timeout, () => void>()

const holding: Later = (act, ms, ...given) => {
  if (ms !== 1_000) return later(act, ms, ...given)
  const timer = later(() => {}, 0)
  held.set(timer, () => act(...given))
  return timer
}
globalThis.setTimeout = holding as typeof setTimeout
globalThis.clearTimeout = ((timer: NodeJS.Timeout) => {
  held.delete(timer)
  callOff(timer)
}) as typeof clearTimeout

const word = new BroadcastChannel('a second passes')
word.onmessage = () => {
  const due = [...held.values()]
  held.clear()
  for (const act of due) act()
}
word.unref()
