declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** DynamoDB in memory, as an HTTP server that is not listening yet. */
  export default function dynalite(options?: { readonly createTableMs?: number }): Server
}

declare module 'dynalite/db/index.js' {
  /** Bytes of an item as it goes over the wire, by DynamoDB's rules. */
  export function itemSize(item: object): number
}
