import admin from './admin/pt-br.ts'
import entrance from './entrance/pt-br.ts'
import frame from './frame/pt-br.ts'
import room from './room/pt-br.ts'
import type { Words } from './words.ts'

const ptBr: Words = { ...entrance, ...frame, ...room, admin }

export default ptBr
