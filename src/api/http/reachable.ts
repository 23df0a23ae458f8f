/** Time limit for a request that only shows whether a server exists. */
export const probeMs = 10_000;

/**
 * True if a server at `base` answers but CORS hides the answer: a `no-cors` request, whose answer is unreadable,
 * succeeds.
 */
export async function answersAnybody(
  fetch: (request: Request) => Promise<Response>,
  base: string,
): Promise<boolean> {
  const seen = new AbortController();
  const request = new Request(`${base}/api/version/`, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([AbortSignal.timeout(probeMs), seen.signal]),
  });
  try {
    await fetch(request);
    return true;
  } catch {
    return false;
  } finally {
    // The answer is unreadable, so the connection is closed.
    seen.abort();
  }
}
