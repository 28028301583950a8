import { fileURLToPath } from 'node:url'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'

/** Where `npm run dev` finds a server. */
const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:8080'

const noMarkdownWriter = fileURLToPath(new URL('build/no-markdown-writer.ts', import.meta.url))

export default defineConfig({
  resolve: { alias: { 'mdast-util-to-markdown': noMarkdownWriter, 'markdown-table': noMarkdownWriter } },
  plugins: [react(), tailwind(), compressed()],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: {
      '/api': server,
      '/config.json': server,
      '/ws': { target: server, ws: true },
    },
  },
})
