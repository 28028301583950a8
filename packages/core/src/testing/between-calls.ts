/**
 * A port that lets something else happen before each of its calls: another actor's act, a pause, a failure.
 * @param hook gets the method's name; what it throws is thrown by the call
 */
export const beforeCalls = <Port extends object>(port: Port, hook: (method: string) => Promise<void> | void): Port =>
  new Proxy(port, {
    get: (target, key) => {
      const method: unknown = Reflect.get(target, key)
      if (typeof method !== 'function') return method
      return async (...values: unknown[]) => {
        await hook(String(key))
        return Reflect.apply(method, target, values)
      }
    },
  })
