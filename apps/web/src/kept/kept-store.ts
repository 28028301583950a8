import { type Stored, stored } from '../preferences/stored.ts'
import type { Kept } from './kept-rooms.ts'

const isKept = (json: unknown): json is Kept =>
  typeof json === 'object' && json !== null && 'user' in json && Array.isArray((json as Kept).rooms)

export const keptRooms: Stored<Kept | undefined> = stored<Kept | undefined>('parley-kept', undefined, (json) =>
  isKept(json) ? json : undefined,
)
