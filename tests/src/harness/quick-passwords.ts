/**
 * Loaded before a server that is tried with many accounts: a password then costs a hundredth of what it must cost where
 * somebody might guess it. Half of what an account takes in a test is that price, paid twice.
 */
import crypto, { type Argon2Parameters } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

const { argon2 } = crypto
type Argon2 = typeof argon2

const quick: Argon2 = (algorithm, parameters: Argon2Parameters, answered) =>
  argon2(algorithm, { ...parameters, memory: 64, passes: 1 }, answered)

crypto.argon2 = quick
syncBuiltinESMExports()
