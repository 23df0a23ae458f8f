import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { appFiles } from './app-files.ts';
import { type BackendOptions, createBackend } from './backend.ts';

export interface ServerOptions extends BackendOptions {
  /** 0 picks a free port. */
  port: number;
}

export interface RunningServer {
  address: string;
  close(): Promise<void>;
}

/** Serves the built app beside this file on the loopback address. */
export function startServer(options: ServerOptions): Promise<RunningServer> {
  const app = new Hono();
  app.route('/', createBackend(options));
  app.route('/', appFiles(fileURLToPath(new URL('../app', import.meta.url))));

  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, port: options.port, hostname: '127.0.0.1' },
      ({ port }: AddressInfo) => {
        resolve({ address: `http://127.0.0.1:${port}/`, close });
      },
    );
    server.once('error', reject);

    const close = () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
  });
}
