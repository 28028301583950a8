/** The door for who moves what is kept: without the server, so that it opens fast. */
export { BadSetting } from './bad-setting.ts'
export { backUpData, dataArchive, restoreData } from './move-data.ts'
export { readSettings } from './settings.ts'
