/*
 * What runs in CloudFront before a request goes on, in the JavaScript that it takes there. Kept as text: it is no module,
 * and its one function has a name that CloudFront looks for.
 */

/** Addresses inside the app are all the one page. */
export const pagePaths = `function handler(event) {
  var request = event.request
  if (/^\\/(?:(?:r|d|admin)\\/.+|admin|first-owner|password)$/.test(request.uri)) request.uri = '/index.html'
  return request
}`

/** A stage of a WebSocket API has no paths below its name: which dialect is meant goes on as a header. */
export const compatPath = `function handler(event) {
  var request = event.request
  request.headers['x-parley-dialect'] = { value: request.uri.split('/')[2] }
  request.uri = '/compat'
  return request
}`
