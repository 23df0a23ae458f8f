import type { BrowserContext } from 'playwright/test';

interface Sent {
  method: string;
  url: string;
  authorization: string | undefined;
  body: string;
}

/** Records all requests of the browser from here on. */
export function watchRequests(context: BrowserContext): Sent[] {
  const sent: Sent[] = [];
  context.on('request', (request) => {
    sent.push({
      method: request.method(),
      url: request.url(),
      authorization: request.headers()['authorization'],
      body: request.postData() ?? '',
    });
  });
  return sent;
}

/** The bodies of bulk calls. */
export const bulkBodies = (sent: Sent[]) =>
  sent.filter(({ url }) => url.endsWith('/api/annotations/bulk/')).map(({ body }) => body);
