import { getRequestListener } from '@hono/node-server';

/**
 * Lets vite answer for the backend as well. What was created in the sandbox stays until the backend's own code changes.
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
        // Gives the same module until one of its files changes.
        const backend = await vite.ssrLoadModule('/src/server/backend.ts');
        const listener =
          listeners.get(backend) ??
          // Hono must not replace the global Request and Response here: vite's own code lives beside it.
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
