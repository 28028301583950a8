/** What a notification says, and where it leads. */
export interface Told {
  /** A second one with the same id takes the place of the first, also one of another tab. */
  readonly id: string
  readonly title: string
  readonly body: string
  /** A path of the app. */
  readonly path: string
}

/** Shows it through the service worker, as phones want it; without one by the page itself. */
export const show = async ({ id, title, body, path }: Told, open: (path: string) => void): Promise<void> => {
  const how = { body, tag: id, icon: '/icon.svg', data: { path } }
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  if (worker?.active) {
    await worker.showNotification(title, how)
    return
  }
  const notification = new Notification(title, how)
  notification.onclick = () => {
    window.focus()
    open(path)
    notification.close()
  }
}

const seconds = 0.32

/** Two quiet tones, made here so that nothing has to be fetched. */
export const chime = async (): Promise<void> => {
  const audio = new AudioContext()
  const volume = audio.createGain()
  volume.gain.setValueAtTime(0.06, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + seconds)
  volume.connect(audio.destination)
  for (const [place, hertz] of [660, 880].entries()) {
    const tone = audio.createOscillator()
    tone.frequency.value = hertz
    tone.connect(volume)
    tone.start(audio.currentTime + (place * seconds) / 3)
    tone.stop(audio.currentTime + seconds)
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  await audio.close()
}
