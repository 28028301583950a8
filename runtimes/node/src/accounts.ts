/** The door for who makes and changes accounts: the server's code is loaded where no server runs, and not before. */
export { administerData } from './administer-data.ts'
export type { AdminAction } from './administration.ts'
export { BadSetting } from './bad-setting.ts'
