import { defineConfig } from 'vitest/config'
import { blackBoxProjects } from './vitest.projects.ts'

export default defineConfig({ test: { projects: blackBoxProjects } })
