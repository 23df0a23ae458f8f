import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What happens to a request.
 * - `cut-answer`: the server receives and answers it, then the connection ends without a byte of the answer
 * - `hold-request`: the server receives it only when it is released; never if the client is gone by then
 * - `hold-answer`: the server receives and answers it, but the answer is held until it is released
 * - a written answer: the server never receives it
 */
export type Fault = 'cut-answer' | 'hold-request' | 'hold-answer' | WrittenAnswer;

interface Rule {
  matches: (request: string) => boolean;
  faults: Fault[];
}

/** An answer written by a test. */
export interface WrittenAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

interface Held {
  /** Resolves once something is held. */
  reached: Promise<void>;
  release: () => void;
}

/** A TCP server in front of another one. It forwards all bytes, except for requests with a fault. */
export class FaultServer {
  /** Every complete request in order of arrival: head and body. */
  readonly requests: string[] = [];
  /** Requests that the server has started to answer. */
  readonly answered: string[] = [];
  readonly #rules: Rule[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #target: URL;
  #isHeld = new Signal();
  #isReleased = new Signal();

  /** `target` is the address whose host and port it forwards to. */
  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => this.#serve(client));
  }

  async start() {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** With its final slash. */
  get address() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The next matching requests get these faults in this order; later ones are forwarded. */
  give(matches: (request: string) => boolean, ...faults: Fault[]) {
    this.#rules.push({ matches, faults });
  }

  /** Forwards all requests from now on. */
  forgive() {
    this.#rules.length = 0;
  }

  /** Holds the next matching request, or its answer. */
  hold(fault: 'hold-request' | 'hold-answer', matches: (request: string) => boolean): Held {
    const [isHeld, isReleased] = [new Signal(), new Signal()];
    [this.#isHeld, this.#isReleased] = [isHeld, isReleased];
    this.give(matches, fault);
    return { reached: isHeld.promise, release: () => isReleased.give() };
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #serve(client: Socket) {
    const reader = new RequestReader();
    let upstream: Socket | undefined;
    // HTTP/1.1 without pipelining: data from the server belongs to the last request.
    let last: { request: string; fault: Fault | undefined; state: 'held' | 'passed' | 'answered' };

    this.#keep(client, () => upstream?.destroy());
    client.on('data', (bytes) => {
      for (const whole of reader.read(bytes)) void pass(whole);
    });

    const pass = async (bytes: Buffer) => {
      const request = bytes.toString('latin1');
      const fault = this.#faultFor(request);
      this.requests.push(request);
      last = { request, fault, state: 'held' };
      if (typeof fault === 'object') {
        client.write(writtenAnswer(fault));
        return;
      }
      if (fault === 'hold-request') await this.#hold();
      // A killed browser’s call is never forwarded.
      if (client.destroyed) return;
      last.state = 'passed';
      upstream ??= this.#connect(
        (bytes) => void answer(bytes),
        () => {
          upstream = undefined;
          // The server may close an idle connection any time; that alone must not make a browser send twice.
          if (last.state === 'passed') client.destroy();
        },
      );
      upstream.write(bytes);
    };

    const answer = async (bytes: Buffer) => {
      if (last.state === 'passed') this.answered.push(last.request);
      last.state = 'answered';
      if (last.fault === 'hold-answer') await this.#hold();
      if (last.fault === 'cut-answer') client.destroy();
      else client.write(bytes);
    };
  }

  #connect(onData: (bytes: Buffer) => void, onClose: () => void): Socket {
    const socket = connect(Number(this.#target.port), this.#target.hostname);
    this.#keep(socket, onClose);
    return socket.on('data', onData);
  }

  #keep(socket: Socket, onClose: () => void) {
    this.#sockets.add(socket);
    // An error is followed by a close event.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      onClose();
    });
  }

  #faultFor(request: string): Fault | undefined {
    return this.#rules.find(({ matches, faults }) => faults.length > 0 && matches(request))?.faults.shift();
  }

  async #hold() {
    this.#isHeld.give();
    await this.#isReleased.promise;
  }
}

/** Matches requests that create annotations in bulk, with `words` in their body. */
export const bulkCall =
  (words = '') =>
  (request: string) =>
    /^POST \S*\/api\/annotations\/bulk\/ /.test(request) && request.includes(words);

class Signal {
  give: () => void = () => {};
  readonly promise = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}

/** Splits the bytes of a connection into requests. Browsers and Node send a length with each body. */
class RequestReader {
  #left: Buffer = Buffer.alloc(0);

  /** The requests completed by these bytes. */
  *read(bytes: Buffer): Generator<Buffer> {
    this.#left = Buffer.concat([this.#left, bytes]);
    for (let size = wholeSize(this.#left); size <= this.#left.length; size = wholeSize(this.#left)) {
      yield this.#left.subarray(0, size);
      this.#left = this.#left.subarray(size);
    }
  }
}

/** The size of the first request; Infinity while its head is incomplete. */
function wholeSize(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return Infinity;
  const text = bytes.toString('latin1', 0, head);
  if (/^transfer-encoding:/im.test(text)) throw new Error('This request has no length.');
  return head + 4 + Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
}

/** The bytes of an answer that any page may read. */
function writtenAnswer({ status, body, headers = {} }: WrittenAnswer): string {
  const all = {
    'content-type': body.startsWith('{') ? 'application/json' : 'text/html',
    'content-length': String(Buffer.byteLength(body)),
    'access-control-allow-origin': '*',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Fault\r\n${lines.join('')}\r\n${body}`;
}
