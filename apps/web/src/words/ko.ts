import admin from './admin/ko.ts'
import entrance from './entrance/ko.ts'
import frame from './frame/ko.ts'
import room from './room/ko.ts'
import type { Words } from './words.ts'

const ko: Words = { ...entrance, ...frame, ...room, admin }

export default ko
