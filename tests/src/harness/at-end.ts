import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** Cleans up after the test that is running, or else after all of the file. */
export const atEnd = (cleanUp: () => Promise<void>): void =>
  TestRunner.getCurrentTest() === undefined ? afterAll(cleanUp) : onTestFinished(cleanUp)
