import admin from './admin/en.ts'
import entrance from './entrance/en.ts'
import frame from './frame/en.ts'
import room from './room/en.ts'

export default { ...entrance, ...frame, ...room, admin } as const
