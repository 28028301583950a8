import { expect, test } from 'vitest'
import { type Place, parsePlace, pathOf } from './address.ts'

const places: readonly (readonly [string, Exclude<Place, { at: 'nowhere' }>])[] = [
  ['/', { at: 'home' }],
  ['/r/general', { at: 'room', room: 'general' }],
  ['/r/general/42', { at: 'room', room: 'general', seq: 42 }],
  ['/r/general/42?pane=details', { at: 'room', room: 'general', seq: 42, pane: 'details' }],
  ['/d/0b0e', { at: 'person', user: '0b0e' }],
  ['/admin/people', { at: 'admin', page: 'people' }],
  ['/first-owner', { at: 'first-owner' }],
]

test.each(places)('%s is an address that reads as it is written', (address, place) => {
  const [path = '', query = ''] = address.split('?')
  expect(parsePlace(path, query)).toStrictEqual(place)
  expect(pathOf(place)).toBe(address)
})

test.each([
  '/r',
  '/r/Not%20a%20room',
  '/r/general/0',
  '/r/general/1/2',
  '/r/general/x',
  '/elsewhere',
  '/first-owner/more',
])('%s is nowhere', (path) => {
  expect(parsePlace(path)).toEqual({ at: 'nowhere' })
})

test('a pane that is not known is left out', () => {
  expect(parsePlace('/r/general', 'pane=other')).toStrictEqual({ at: 'room', room: 'general' })
})
