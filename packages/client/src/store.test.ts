import { expect, test } from 'vitest'
import { createEmitter } from './emitter.ts'
import { emptyState } from './state/state.ts'
import { createStore } from './store.ts'

test('changes are told once for all that were made together, and not at all if there were none', () => {
  const store = createStore()
  const told: number[] = []
  const leave = store.subscribe(() => told.push(store.get().doubtCount))
  const count = () => store.update((state) => ({ ...state, doubtCount: state.doubtCount + 1 }))
  count()
  store.together(() => {
    count()
    store.together(count)
  })
  store.together(() => {})
  store.update((state) => state)
  leave()
  count()
  expect(told).toEqual([1, 3])
  expect(emptyState.doubtCount).toBe(0)
})

test('a change is told also when what made it throws', () => {
  const store = createStore()
  let told = 0
  store.subscribe(() => {
    told += 1
  })
  const act = () =>
    store.together(() => {
      store.update((state) => ({ ...state, doubtCount: 1 }))
      throw new Error('oops')
    })
  expect(act).toThrow('oops')
  expect(told).toBe(1)
})

test('an event reaches who listens to it, until they do not', () => {
  const { on, emit } = createEmitter()
  const heard: string[] = []
  const leave = on('left', ({ room }) => heard.push(room))
  emit({ name: 'left', event: { room: 'a' } })
  emit({ name: 'typing', event: { room: 'b', user: 'x' } })
  leave()
  emit({ name: 'left', event: { room: 'c' } })
  expect(heard).toEqual(['a'])
})
