/**
 * Whether a Label Studio runs at `base` that a page may send requests to but not hear from: a request whose answer is not
 * to be read gets through where CORS alone is in the way.
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
