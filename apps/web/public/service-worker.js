/* Keeps the page itself, so that it opens without a network. What people say never passes through here. */
const pageCache = 'parley-page'
const assetCache = 'parley-assets'
/** Of files with a hash in their names, which never change, so many are kept: those of a few versions. */
const mostAssets = 200
const page = '/'
const besides = ['/config.json', '/icon.svg', '/manifest.webmanifest']

const keep = async (name, path, answer) => {
  if (answer.ok) await (await caches.open(name)).put(path, answer.clone())
  return answer
}

const trim = async () => {
  const cache = await caches.open(assetCache)
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - mostAssets)).map((request) => cache.delete(request)))
}

/** The newest one, or without a network the one that was kept. */
const newest = async (request, path) => {
  try {
    return await keep(pageCache, path, await fetch(request))
  } catch (error) {
    const kept = await caches.match(path)
    if (kept) return kept
    throw error
  }
}

const asset = async (request, path) => (await caches.match(path)) ?? keep(assetCache, path, await fetch(request))

self.addEventListener('install', (event) => {
  const fetchAll = [page, ...besides].map(async (path) => keep(pageCache, path, await fetch(path)))
  event.waitUntil(Promise.all(fetchAll).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim().then(trim)))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (!/^\/(?:api|ws|metrics)\b/.test(pathname)) event.respondWith(newest(request, page))
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request, pathname))
  else if (besides.includes(pathname)) event.respondWith(newest(request, pathname))
})

self.addEventListener('message', (event) => {
  const paths = event.data?.keep
  if (!Array.isArray(paths)) return
  event.waitUntil(
    caches.open(assetCache).then(async (cache) => {
      for (const path of paths) if (!(await cache.match(path))) await cache.add(path).catch(() => {})
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = event.notification.data?.path ?? page
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async ([open]) => {
      if (!open) return self.clients.openWindow(path)
      open.postMessage({ open: path })
      return open.focus()
    }),
  )
})
