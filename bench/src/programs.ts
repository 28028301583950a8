import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where systems put brokers, which is not in the path of all who may start them. */
const besides = ['/usr/sbin', '/usr/local/sbin']

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where a program is, or undefined where it is not installed. */
export const programFile = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), ...besides].map((folder) => join(folder, name)).find(isExecutable)
