/** The `v` of `hello`: what one side must know to understand the other at all. */
export const protocolVersion = 1

/** The version, and the number of the schemas' revision within it: a client of an older revision still understands. */
export const protocolRevision = '1.1'
