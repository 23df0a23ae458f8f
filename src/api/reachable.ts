/**
 * True if a server at `base` answers but CORS hides the answer: a `no-cors` request, whose answer can't be read, succeeds.
 */
export async function answersAnybody(
  fetch: (request: Request) => Promise<Response>,
  base: string,
): Promise<boolean> {
  const request = new Request(`${base}/api/version/`, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(10_000),
  });
  try {
    await fetch(request);
    return true;
  } catch {
    return false;
  }
}
