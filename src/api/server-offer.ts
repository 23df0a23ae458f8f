import { serverOfferSchema, type ServerOffer } from '#wire/server-offer.ts';

/**
 * `GET sheaf.json` beside the page: the servers that Sheaf's own server offers. A static deployment has no such file, or
 * answers with the page itself; then there are none.
 */
export async function readServerOffer(
  fetch: (request: Request) => Promise<Response>,
  pageBase: string,
): Promise<ServerOffer> {
  const nothing: ServerOffer = { sandbox: null, labelStudio: null };
  try {
    const response = await fetch(new Request(new URL('sheaf.json', pageBase), { credentials: 'omit' }));
    return response.ok ? serverOfferSchema.parse(await response.json()) : nothing;
  } catch {
    return nothing;
  }
}
