import { defineConfig } from 'vite'

const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:8080'

/** Shows the page of these examples beside a server, as if both were one origin. */
export default defineConfig({
  server: { host: '127.0.0.1', proxy: { '/api': server, '/ws': { target: server, ws: true } } },
})
