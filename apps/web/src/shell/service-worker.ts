const ownAssets = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname)

/**
 * Lets the page open without a network: the worker keeps what was loaded. The first time, the page is there before its
 * worker, and so tells it what it has loaded already.
 */
export const keepForOffline = async (): Promise<void> => {
  if (!import.meta.env.PROD || !navigator.serviceWorker) return
  await navigator.serviceWorker.register('/service-worker.js')
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage({ keep: ownAssets() })
}
