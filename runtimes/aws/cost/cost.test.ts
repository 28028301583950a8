import { readFileSync } from 'node:fs'
import { type Action, actions } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { idleBudget, idleCost, roomCosts } from './budgets.ts'
import { readCounted } from './counted.ts'
import { examples, monthOf } from './months.ts'
import { costPage } from './page.ts'
import { priceOfMonth } from './price.ts'

const counted = readCounted()

describe('what commands use', () => {
  test.each(Object.keys(actions) as Action[])('is told of %s', (action) => {
    expect(Object.keys(counted).filter((name) => name.includes(`\`${action}\``))).not.toEqual([])
  })
})

describe('what it costs', () => {
  test('is what the page says; if it shall be otherwise: npm run cost', () => {
    expect(readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8')).toBe(costPage(counted))
  })

  test.each(roomCosts(counted))('for a message to $hearers is within its budget', ({ floor, cost, budget }) => {
    expect(cost).toBeGreaterThan(floor)
    expect(cost / floor).toBeLessThanOrEqual(budget)
  })

  test('with nobody there is less than half a dollar a month beyond what is free', () => {
    const { list, beyondFree } = idleCost(counted)
    expect(beyondFree).toBeLessThan(idleBudget.beyondFree)
    expect(list).toBeLessThan(idleBudget.list)
  })

  test('in a month with people is more than with nobody, and less where something is free', () => {
    for (const habits of examples) {
      const month = monthOf(counted, habits)
      expect(priceOfMonth(month, true).total).toBeGreaterThan(idleCost(counted).list)
      expect(priceOfMonth(month, true).total).toBeLessThan(priceOfMonth(month, false).total)
    }
  })
})
