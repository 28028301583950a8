import { expect, test } from 'vitest'
import { programFile } from './programs.ts'

test('a program is found where it is installed, and nowhere else', () => {
  expect(programFile('sh')).toMatch(/\/sh$/)
  expect(programFile('no-such-program-here')).toBeUndefined()
})
