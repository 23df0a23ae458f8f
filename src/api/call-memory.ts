import type { Outcome } from '#wire/failure.ts';
import { callPath, callReportSchema, type CallReportAnswer } from '#wire/sheaf-call.ts';
import type { HttpClient } from '#api/http/http-client.ts';

/** Asks Sheaf’s own server about a call that was sent while the server had this boot ID. */
export function askAboutCall(
  client: HttpClient,
  callId: string,
  { boot, sentAt }: { boot: string; sentAt: number },
): Promise<Outcome<CallReportAnswer>> {
  const query = new URLSearchParams({ boot, sentAt: String(sentAt) });
  return client.call({ method: 'GET', path: `${callPath}${callId}?${query}`, schema: callReportSchema });
}
