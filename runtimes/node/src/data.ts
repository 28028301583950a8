/** The door for who moves what is kept: without the server, so that it opens fast. */
export { backUpData, dataArchive, restoreData } from './move-data.ts'
export { BadSetting, readSettings } from './settings.ts'
