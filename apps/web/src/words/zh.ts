import admin from './admin/zh.ts'
import entrance from './entrance/zh.ts'
import frame from './frame/zh.ts'
import room from './room/zh.ts'
import type { Words } from './words.ts'

const zh: Words = { ...entrance, ...frame, ...room, admin }

export default zh
