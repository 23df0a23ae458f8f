import { limits } from '#wire/limits.ts';
import { serverOfferSchema, type ServerOffer } from '#wire/server-offer.ts';
import { readText } from '#api/http/read-body.ts';

/**
 * `GET sheaf.json` beside the page: the servers that Sheaf’s own server offers. A static deployment has no such file or
 * answers with the page; then there are none.
 */
export async function readServerOffer(
  fetch: (request: Request) => Promise<Response>,
  pageBase: string,
): Promise<ServerOffer> {
  const nothing: ServerOffer = { sandbox: null, labelStudio: null };
  try {
    const response = await fetch(new Request(new URL('sheaf.json', pageBase), { credentials: 'omit' }));
    if (!response.ok) return nothing;
    return serverOfferSchema.parse(JSON.parse((await readText(response, limits.answerBytes)) ?? ''));
  } catch {
    return nothing;
  }
}
