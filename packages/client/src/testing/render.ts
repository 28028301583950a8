import { act, createElement, type ReactNode } from 'react'
import type { Client } from '../client.ts'
import { ParleyProvider } from '../react.ts'

/**
 * The place of a page that react-dom draws into, and nothing of a page besides: enough for components that draw nothing.
 */
const emptyPlace = (): Element => {
  const listening = { addEventListener: () => {}, removeEventListener: () => {} }
  const page = { nodeType: 9, nodeName: '#document', activeElement: null, ...listening }
  const place = { nodeType: 1, nodeName: 'DIV', tagName: 'DIV', ownerDocument: page, textContent: '', ...listening }
  return place as never
}

export interface Rendered {
  /** Draws something else in its place. */
  show(children: ReactNode): Promise<void>
  /** Does something, and waits until all that it changes is rendered. */
  during(change: () => unknown): Promise<void>
}

/** Renders components that draw nothing, with react-dom as a page does and a client as their hooks expect it. */
export const render = async (client: Client, children: ReactNode): Promise<Rendered> => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, window: { HTMLIFrameElement: class {} } })
  const { createRoot } = await import('react-dom/client')
  const root = createRoot(emptyPlace())
  const during = (change: () => unknown): Promise<void> =>
    act(async () => {
      await change()
    })
  const show = (next: ReactNode) => during(() => root.render(createElement(ParleyProvider, { client }, next)))
  await show(children)
  return { show, during }
}
