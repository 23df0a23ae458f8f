import { askAboutCall } from '#api/call-memory.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import type { AskAboutCall, CallReport } from '#run/run-context.ts';
import { unprocessedStatuses } from '#wire/failure.ts';
import type { CallReportAnswer } from '#wire/sheaf-call.ts';

/** Asks Sheaf’s own server about calls. If that fails, the outcome is unknown. */
export function callReports(client: HttpClient, boot: string): AskAboutCall {
  return async (callId, sentAt) => {
    const outcome = await askAboutCall(client, callId, { boot, sentAt });
    return outcome.ok ? reportOf(outcome.value) : { state: 'unknown' };
  };
}

function reportOf({ state, status = 0, body = '' }: CallReportAnswer): CallReport {
  switch (state) {
    case 'in-progress':
      return { state };
    case 'lost':
    case 'forgotten':
      return { state: 'unknown' };
    case 'never-arrived':
      return { state: 'not-processed', reason: 'The call never arrived at Sheaf’s server.' };
    case 'nothing-sent':
      return { state: 'not-processed', reason: 'Label Studio could not be reached.' };
    case 'answered': {
      const json = parsed(body);
      const isLabelStudio = typeof json === 'object' && json !== null && 'detail' in json;
      return unprocessedStatuses.includes(status) && isLabelStudio
        ? { state: 'not-processed', reason: `Label Studio refused it with the status ${status}.` }
        : { state, status, body: json };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
