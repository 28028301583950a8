/** What the root address says to whoever opens it. */
export const greeting = (version: string): string => `Parley ${version} is running here.

Talk from a terminal:   npx parley chat
The HTTP API:           /api/openapi.json
The socket:             /api/asyncapi.json
`
