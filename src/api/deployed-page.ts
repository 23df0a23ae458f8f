import { limits } from '#wire/limits.ts';
import { readText } from '#api/http/read-body.ts';

/**
 * What Sheaf’s web server serves now, compared with an open page.
 * - `newer`: a page with other scripts, so files of the open page may be gone
 * - `same`: the open page
 * - `unreachable`: no answer, or something other than Sheaf’s page
 */
export type DeployedPage = 'newer' | 'same' | 'unreachable';

/**
 * Reads the page again and compares its main script.
 *
 * @param script the URL of the script that started this page
 */
export async function readDeployedPage(
  fetch: (request: Request) => Promise<Response>,
  pageBase: string,
  script: string,
): Promise<DeployedPage> {
  try {
    const request = new Request(pageBase, { credentials: 'omit', cache: 'no-store' });
    const response = await fetch(request);
    const page = response.ok ? await readText(response, limits.answerBytes) : undefined;
    const [, source] = /<script[^>]* src="([^"]+)"/.exec(page ?? '') ?? [];
    if (source === undefined) return 'unreachable';
    return new URL(source, pageBase).href === script ? 'same' : 'newer';
  } catch {
    return 'unreachable';
  }
}
