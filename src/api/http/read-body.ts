/** The buffer that answers are read into. The text of a full one takes 64 kB with V8’s header. */
const pieceBytes = (1 << 16) - 64;

/**
 * Reads the body of an answer piece by piece. Gives false and closes the connection as soon as it, or its declared
 * size, is larger than `maxBytes`.
 *
 * @param take gets a piece that the next one overwrites
 */
export async function readPieces(
  response: Response,
  maxBytes: number,
  take: (piece: Uint8Array<ArrayBuffer>) => void,
): Promise<boolean> {
  if (!response.body) return true;
  const { reader, read } = open(response.body);
  const giveUp = () => {
    // Errors after cancelling don’t matter.
    reader.cancel().catch(() => {});
    return false;
  };
  if (Number(response.headers.get('content-length')) > maxBytes) return giveUp();
  let bytes = 0;
  for (;;) {
    const piece = await read();
    if (!piece) return true;
    bytes += piece.length;
    if (bytes > maxBytes) return giveUp();
    take(piece);
  }
}

/** Reads into one buffer, if the browser can: a new one for each piece of 400 answers waits for a collection of garbage. */
function open(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: 'byob' });
  } catch {
    const plain = body.getReader();
    return { reader: plain, read: async () => (await plain.read()).value };
  }
  let buffer = new ArrayBuffer(pieceBytes);
  const read = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done || !value) return undefined;
    buffer = value.buffer;
    return value;
  };
  return { reader, read };
}

/** The same as text. */
export async function readTextPieces(
  response: Response,
  maxBytes: number,
  take: (piece: string) => void,
): Promise<boolean> {
  const decoder = new TextDecoder();
  const isWhole = await readPieces(response, maxBytes, (piece) =>
    take(decoder.decode(piece, { stream: true })),
  );
  if (isWhole) take(decoder.decode());
  return isWhole;
}

/** The body as text; undefined if it is larger than `maxBytes`. */
export async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  let text = '';
  const isWhole = await readTextPieces(response, maxBytes, (piece) => (text += piece));
  return isWhole ? text : undefined;
}
