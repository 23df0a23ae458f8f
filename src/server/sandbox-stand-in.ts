/** Until src/sandbox is there. */
export class ConnectionLost extends Error {}
export const users: { name: string; role: string; token: string }[] = [];
export function createSandbox(_options: { edition: 'community' | 'enterprise'; data: 'empty' | 'seeds' }) {
  return { handle: async (_request: Request) => new Response('not yet', { status: 503 }) };
}
