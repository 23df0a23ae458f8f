import { Agent, createServer, request as ask } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Minimum latency of an answer, and additional time per task of a creating call. */
const latencyMs = 50;
const msPerTask = 0.2;
/** Number of creating calls processed at a time. */
const atATime = 4;

/**
 * Simulates the latency of a real server in front of the sandbox: 50 ms per answer, 0.2 ms per created task, four
 * creating calls at a time.
 * @param {string} address of a Sheaf server
 */
export async function serveSlowly(address) {
  const target = new URL(address);
  const agent = new Agent({ keepAlive: true });
  /** @type {(() => void)[]} */
  const queue = [];
  let busy = 0;
  async function takeTurn() {
    if (busy < atATime) busy += 1;
    else await new Promise((resolve) => queue.push(() => resolve(undefined)));
  }
  function endTurn() {
    const next = queue.shift();
    if (next) next();
    else busy -= 1;
  }

  const server = createServer((incoming, outgoing) => {
    /** @type {Buffer[]} */
    const pieces = [];
    incoming.on('data', (piece) => pieces.push(piece));
    incoming.on('end', () => void answer(Buffer.concat(pieces)));

    /** @param {Buffer} body */
    async function answer(body) {
      const isCreating = incoming.method === 'POST' && /\/annotations\/(bulk\/)?$/.test(incoming.url ?? '');
      const tasks = isCreating ? (JSON.parse(body.toString()).tasks?.length ?? 1) : 0;
      async function wait() {
        if (incoming.method === 'OPTIONS') return;
        await sleep(latencyMs);
        if (!isCreating) return;
        await takeTurn();
        await sleep(tasks * msPerTask);
        endTurn();
      }
      const [{ status, headers, text }] = await Promise.all([forward(body), wait()]);
      outgoing.writeHead(status, headers);
      outgoing.end(text);
    }

    /**
     * @param {Buffer} body
     * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, text: Buffer }>}
     */
    async function forward(body) {
      return new Promise((resolve, reject) => {
        const { method, url, headers } = incoming;
        const { hostname, port, host } = target;
        const options = { agent, hostname, port, method, path: url, headers: { ...headers, host } };
        const sent = ask(options, (answered) => {
          /** @type {Buffer[]} */
          const parts = [];
          answered.on('data', (part) => parts.push(part));
          answered.on('end', () =>
            resolve({
              status: answered.statusCode ?? 502,
              headers: answered.headers,
              text: Buffer.concat(parts),
            }),
          );
        });
        sent.on('error', reject);
        sent.end(body);
      });
    }
  });
  await new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => listening(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
