import type { Command } from '@parley/core'
import { openParley } from '../ports.ts'

const { chat } = await openParley(process.env)

/** A command of whoever runs the server: who may invoke this function may do everything. Answers what came of it. */
export const handler = (command: Command): Promise<unknown> => chat.execute({ kind: 'system' }, command)
