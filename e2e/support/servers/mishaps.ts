import type { BrowserContext, Request, Worker } from 'playwright/test';

declare global {
  /** Set in the page. */
  var reportToTest: (mishap: string) => void;
  /** Set in a worker. */
  var violationsForTest: string[];
}

/**
 * Errors that must not occur in any test: a violation of the security policy, an uncaught error, a console error, a
 * request without an answer, a missing file of the app.
 */
export class Mishaps {
  readonly #seen: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #workers: Promise<WorkerWatch>[] = [];

  /** Allows errors that a test provokes, by the failure message without it. */
  allow(...words: RegExp[]) {
    this.#allowed.push(...words);
  }

  async watch(context: BrowserContext) {
    await context.exposeFunction('reportToTest', (mishap: string) => this.#seen.push(mishap));
    await context.addInitScript(reportViolations);
    context.on('weberror', (error) =>
      this.#seen.push(`uncaught: ${error.error().stack ?? error.error().message}`),
    );
    context.on('console', (message) => {
      if (message.type() === 'error' && !isAboutAnAnswer(message.text()))
        this.#seen.push(`console: ${message.text()}`);
    });
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // Aborted by the app (a stop, a page that was left); a resulting error shows elsewhere.
      if (why !== 'net::ERR_ABORTED') this.#seen.push(`no answer: ${nameOf(request)} ${why}`);
    });
    context.on('response', (response) => {
      const isAppFile = !/^\/(sandbox|label-studio)\//.test(new URL(response.url()).pathname);
      if (isAppFile && response.status() >= 400) {
        this.#seen.push(`answer ${response.status()}: ${nameOf(response.request())}`);
      }
    });
    context.on('page', (page) => page.on('worker', (worker) => this.#workers.push(watchWorker(worker))));
  }

  /** Unexpected errors so far. */
  async unexpected() {
    const inWorkers = await Promise.all(this.#workers.map(async (watch) => (await watch).violations()));
    return [...this.#seen, ...inWorkers.flat()].filter(
      (text) => !this.#allowed.some((words) => words.test(text)),
    );
  }
}

/** Runs in the page before its own scripts. */
function reportViolations() {
  addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, sample, sourceFile }) => {
      reportToTest(`policy: ${effectiveDirective} ${blockedURI} ${sample} (${sourceFile})`);
    },
    true,
  );
}

interface WorkerWatch {
  violations(): Promise<string[]>;
}

/** No test script can run in a worker before its own, but a reporting observer also gets earlier reports. */
async function watchWorker(worker: Worker): Promise<WorkerWatch> {
  await worker
    .evaluate(() => {
      globalThis.violationsForTest = [];
      new ReportingObserver(
        (reports) => {
          const what = ['effectiveDirective', 'blockedURL', 'sample', 'sourceFile'];
          violationsForTest.push(...reports.map(({ body }) => JSON.stringify(body, what)));
        },
        { types: ['csp-violation'], buffered: true },
      ).observe();
    })
    .catch(hasEnded);
  return {
    violations: async () => {
      const violations = await worker.evaluate(() => violationsForTest).catch(hasEnded);
      return violations.map((violation) => `policy in a worker: ${violation}`);
    },
  };
}

const hasEnded = (): string[] => [];

/** Chromium logs each 4xx and 5xx; the tests themselves check these. */
const isAboutAnAnswer = (text: string) => text.startsWith('Failed to load resource:');

const nameOf = (request: Request) => `${request.method()} ${request.url()}`;
