export { compatRoutes, dialectsOf, openSystems, type Systems, systemAt } from './compat.ts'
export type { Arrival, Caller, Nobody, Reach, System, Tools } from './system.ts'
