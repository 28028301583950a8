import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDevice } from './device.ts'

/** A terminal of which one sees what is written to it, and at which one can press keys. */
const terminal = () => {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => modes.push(isRaw) })
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns: 20, rows: 3 })
  const pressed: string[] = []
  let resizes = 0
  const device = createDevice({
    input,
    output,
    key: (text, key, isPasted) => pressed.push(`${key.name ?? text}${isPasted ? ' pasted' : ''}`),
    resized: () => {
      resizes += 1
    },
  })
  return { device, input, output, modes, pressed, resizes: () => resizes, written: () => String(output.read() ?? '') }
}
const home = { row: 0, column: 0 }

describe('a terminal', () => {
  test('is written only what changed', () => {
    const { device, written } = terminal()
    device.enter()
    device.draw(['one', 'two', 'three'], home)
    expect(written()).toMatch(/one.*two.*three/s)
    device.draw(['one', '2', 'three'], { row: 2, column: 4 })
    const second = written()
    expect(second).toContain('2')
    expect(second).not.toMatch(/one|three/)
    expect(second).toContain('\x1b[3;5H')
    device.forget()
    device.draw(['one', '2', 'three'], home)
    expect(written()).toMatch(/one.*2.*three/s)
  })

  test('is given back as it was, and taken again whole', () => {
    const { device, written, modes } = terminal()
    device.enter()
    expect(written()).toContain('\x1b[?1049h')
    device.draw(['one'], home)
    written()
    device.leave()
    device.leave()
    expect(written().split('\x1b[?1049l')).toHaveLength(2)
    device.draw(['two'], home)
    expect(written()).toBe('')
    device.enter()
    device.draw(['one'], home)
    expect(written()).toContain('one')
    expect(modes).toEqual([true, false, true])
  })

  test('tells keys, and what of them was pasted', async () => {
    const { device, input, pressed } = terminal()
    device.enter()
    input.write('a\r\x1b[200~b\rc\x1b[201~d\x1b[A')
    await setImmediate()
    expect(pressed).toEqual(['a', 'return', 'b pasted', 'return pasted', 'c pasted', 'd', 'up'])
    device.leave()
    input.write('x')
    await setImmediate()
    expect(pressed).toHaveLength(7)
  })

  test('takes a line feed for Enter in what was typed before it was taken, and only there', async () => {
    const { device, input, pressed } = terminal()
    input.write('a\nb')
    device.enter()
    await setImmediate()
    expect(pressed).toEqual(['a', 'return', 'b'])
    await setImmediate()
    input.write('\n')
    await setImmediate()
    expect(pressed).toEqual(['a', 'return', 'b', 'enter'])
  })

  test('is drawn anew when it has another size', () => {
    const { device, output, written, resizes } = terminal()
    device.enter()
    device.draw(['one'], home)
    written()
    output.columns = 30
    output.emit('resize')
    expect(resizes()).toBe(1)
    expect(device.size()).toEqual({ columns: 30, rows: 3 })
    device.draw(['one'], home)
    expect(written()).toContain('one')
  })
})
