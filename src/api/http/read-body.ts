/**
 * Reads the body of an answer piece by piece. Gives false and closes the connection as soon as it, or its declared
 * size, is larger than `maxBytes`.
 */
export async function readPieces(
  response: Response,
  maxBytes: number,
  take: (piece: Uint8Array<ArrayBuffer>) => void,
): Promise<boolean> {
  if (!response.body) return true;
  const reader = response.body.getReader();
  const giveUp = () => {
    // Errors after cancelling don’t matter.
    reader.cancel().catch(() => {});
    return false;
  };
  if (Number(response.headers.get('content-length')) > maxBytes) return giveUp();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    bytes += value.length;
    if (bytes > maxBytes) return giveUp();
    take(value);
  }
}

/** The body as text; undefined if it is larger than `maxBytes`. */
export async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  const isWhole = await readPieces(response, maxBytes, (piece) => {
    text += decoder.decode(piece, { stream: true });
  });
  return isWhole ? text + decoder.decode() : undefined;
}
