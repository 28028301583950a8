import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DataLock, lockData } from './data-lock.ts'
import { temporaryFolder } from './testing/temporary-database.ts'

const module = new URL('./data-lock.ts', import.meta.url).href

describe('the lock of a data folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** Takes the lock in another process, which says what it got and then waits. */
  const holder = async (): Promise<{ child: ChildProcess; said: string }> => {
    const script = `
      import { lockData } from ${JSON.stringify(module)}
      const lock = lockData(${JSON.stringify(folder)})
      process.stdout.write(lock === 'taken' ? 'taken' : 'held')
      setInterval(() => lock, 1_000)`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = await once(child.stdout as NodeJS.ReadableStream, 'data')
    return { child, said: String(said) }
  }
  const kill = async (child: ChildProcess): Promise<void> => {
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  }
  const held = (lock: DataLock | 'taken'): DataLock => {
    if (lock === 'taken') throw new Error('the lock is taken')
    return lock
  }

  test('is held by one at a time', () => {
    const lock = held(lockData(folder))
    expect(lockData(folder)).toBe('taken')
    lock.release()
    held(lockData(folder)).release()
  })

  test('is held against other processes', async () => {
    const lock = held(lockData(folder))
    const { child, said } = await holder()
    await kill(child)
    lock.release()
    expect(said).toBe('taken')
  })

  test('is free when its holder was killed', async () => {
    const { child, said } = await holder()
    expect(said).toBe('held')
    expect(lockData(folder)).toBe('taken')
    await kill(child)
    held(lockData(folder)).release()
  })
})
