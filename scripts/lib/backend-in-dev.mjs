import { getRequestListener } from '@hono/node-server';

/**
 * Serves the backend from Vite's dev server. The sandbox keeps its data until the backend's code changes.
 * @param {import('./options.mjs').Options} options
 * @returns {import('vite').Plugin}
 */
export function backendInDev(options) {
  /** @type {WeakMap<object, ReturnType<typeof getRequestListener>>} */
  const listeners = new WeakMap();

  return {
    name: 'sheaf-backend-in-dev',
    configureServer(vite) {
      const currentListener = async () => {
        // Returns the same module until one of its files changes.
        const backend = await vite.ssrLoadModule('/src/server/backend.ts');
        const listener =
          listeners.get(backend) ??
          // Vite's own code shares the global Request and Response, so Hono must not replace them.
          getRequestListener(backend['createBackend'](options).fetch, { overrideGlobalObjects: false });
        listeners.set(backend, listener);
        return listener;
      };
      vite.middlewares.use((request, response, next) => {
        if (!/^\/(sheaf\.json|sandbox\/|label-studio\/)/.test(request.url ?? '')) return next();
        currentListener().then((listener) => listener(request, response), next);
      });
    },
  };
}
