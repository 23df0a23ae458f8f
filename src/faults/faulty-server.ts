import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { createSandbox, type Sandbox } from '#sandbox/handle.ts';
import type { Act, AnswerName, PostFault, ReadFault, Schedule } from './schedule.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const base = 'http://sandbox.test';
export const project = 1;
const [manager, annotator] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];

/** Requests of the schedule are recognised on the server by `lead_time`. */
const firstLeadTime = 1000;
export const leadTimeOf = (content: number): number => firstLeadTime + content;

/** Requests with only labels are recognised by a note in their region. */
export const markedWith = (content: number) =>
  positive.map((region) => ({ ...region, meta: { text: [`content ${content}`] } }));

const markIn = (result: object[]): number | undefined => {
  const [first] = result as { meta?: { text?: string[] } }[];
  const [, content] = /^content (\d+)$/.exec(first?.meta?.text?.[0] ?? '') ?? [];
  return content === undefined ? undefined : Number(content);
};

/** An annotation as stored on the server. */
export interface Stored {
  id: number;
  task: number;
  /** Undefined if someone else created it. */
  content: number | undefined;
  createdAt: number;
}

/** A creating call that left the page. */
export interface Posted {
  at: number;
  content: number;
  tasks: number[];
  /** True if the page got a refusal that depends only on the body. */
  isRefused: boolean;
}

export interface Read {
  at: number;
  /** Age of the data shown, as the time when it was current. */
  asOf: number;
  tasks: Set<number>;
}

/** A sandbox behind a network, gateways and replicas that fail as scheduled. */
export class FaultyServer {
  readonly posted: Posted[] = [];
  /** Exports that the page received completely. */
  readonly reads: Read[] = [];
  readonly shownIds = new Set<number>();
  readonly deletedTasks = new Set<number>();
  /** When annotations were deleted, alone or with their task. */
  readonly deletedIds = new Map<number, number>();
  /** Annotations of ours that someone edited after the run had verified them. */
  readonly editedAt = new Map<number, number>();
  /** True if the run has verified an annotation. */
  isVerified: (id: number) => Promise<boolean> = () => Promise.resolve(false);
  /** Deletions that the page must not have requested, in words. */
  readonly wrongDeletions: string[] = [];
  /** Number of deleting calls that left the page. */
  deletes = 0;
  /** For stale reads: annotations as they were until a time, oldest first. */
  private readonly past: { task: number; annotation: ExportedAnnotation; until: number }[] = [];
  /** A log for the story of a seed. */
  readonly log: string[] = [];
  /** True once faults have ended. */
  isHealed = false;
  token: string;
  isTokenEnded = false;
  private managerToken = manager.legacyToken;
  private readonly underWay: Request[] = [];
  private readonly sandbox: Sandbox;
  private readonly next = { posts: 0, reads: 0, others: 0, sweeps: 0 };
  private readonly clock: VirtualClock;
  private readonly schedule: Schedule;
  private readonly startedAt: number;

  constructor(clock: VirtualClock, schedule: Schedule) {
    this.clock = clock;
    this.schedule = schedule;
    this.startedAt = clock.now();
    this.token = schedule.token === 'legacy' ? manager.legacyToken : manager.personalAccessToken;
    this.sandbox = createSandbox({
      edition: schedule.edition,
      data: 'seeds',
      bulk: { idOrder: schedule.idOrder },
      accessTokenSeconds: schedule.seed % 2 === 0 ? 300 : 45,
      now: () => new Date(clock.now()),
      sleep: clock.sleep,
    });
    this.versionsBefore = this.versions();
  }

  note(line: string): void {
    const seconds = ((this.clock.now() - this.startedAt) / 1000).toFixed(2).padStart(9);
    this.log.push(`${seconds} s  ${line}`);
  }

  /** Handles a page’s request; the page may be gone before the answer. */
  async fetch(request: Request, isAlive: () => boolean): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const isCreating = request.method === 'POST' && pathname.endsWith('/annotations/');
    if (isCreating || pathname.endsWith('/annotations/bulk/')) return this.post(request, pathname, isAlive);
    const isStaging = pathname.endsWith('/import/predictions') || pathname.endsWith('/dm/actions/');
    if (isStaging) return this.post(request, pathname + search, isAlive);
    if (request.method === 'DELETE' && pathname.endsWith('/model-versions/'))
      return this.sweep(request, pathname);
    const isDeleting = request.method === 'DELETE' || pathname.endsWith('/bulk-delete/');
    if (isDeleting) return this.delete(request, pathname);
    if (pathname.endsWith('/export')) return this.read(request);
    const mayFail = /\/(tasks|projects\/\d+|refresh|model-versions|summary\/reset)\/$/.test(pathname);
    return mayFail ? this.other(request, pathname) : this.sandbox.handle(request);
  }

  /** Everything on the server, including what the schedule doesn’t check. */
  async stored(): Promise<Stored[]> {
    return (await this.exported()).flatMap(({ id: task, annotations }) =>
      annotations.map(({ id, lead_time: leadTime, created_at: createdAt, result }) => ({
        id,
        task,
        content: leadTime !== null && leadTime >= firstLeadTime ? leadTime - firstLeadTime : markIn(result),
        createdAt: Date.parse(createdAt),
      })),
    );
  }

  private async exported(): Promise<ExportedTask[]> {
    const answer = await this.ask('GET', `/api/projects/${project}/export?exportType=JSON`);
    return (await answer.json()) as ExportedTask[];
  }

  /** Called before annotations change: stale reads show them as they are now. */
  private async remember(ids: number[]): Promise<void> {
    const until = this.clock.now();
    for (const { id: task, annotations } of await this.exported())
      for (const annotation of annotations)
        if (ids.includes(annotation.id)) this.past.push({ task, annotation, until });
  }

  async act({ what }: Act): Promise<void> {
    if (what.do === 'end-token') {
      this.note('someone ends the token');
      await this.ask('POST', '/api/token/blacklist/', { refresh: manager.personalAccessToken });
      const answer = await this.ask('POST', '/api/current-user/reset-token/', {});
      this.managerToken = ((await answer.json()) as { token: string }).token;
      this.token = this.managerToken;
      this.isTokenEnded = true;
      return;
    }
    const { task } = what;
    if (this.deletedTasks.has(task)) return;
    switch (what.do) {
      case 'annotate':
      case 'skip': {
        this.note(
          `the ${what.by} ${what.do === 'skip' ? 'skips' : 'annotates'} task ${task} in Label Studio`,
        );
        const isSkip = what.do === 'skip';
        const body = { result: isSkip ? [] : positive, was_cancelled: isSkip, lead_time: 5 };
        const token = what.by === 'manager' ? this.managerToken : annotator.legacyToken;
        await this.ask('POST', `/api/tasks/${task}/annotations/`, body, token);
        return;
      }
      case 'delete-task':
        this.note(`someone deletes task ${task}`);
        for (const { id, task: on } of await this.stored())
          if (on === task) this.deletedIds.set(id, this.clock.now());
        this.deletedTasks.add(task);
        await this.forgetPredictions(task);
        await this.ask('DELETE', `/api/tasks/${task}/`);
        return;
      case 'edit-ours': {
        const ours = (await this.stored()).find((one) => one.task === task && one.content !== undefined);
        // Without regions, an edited annotation can’t be recognised by a row that never verified it.
        if (!ours || !(await this.isVerified(ours.id))) return;
        this.note(`someone edits annotation ${ours.id} of task ${task}`);
        await this.remember([ours.id]);
        const { result } = this.past.at(-1)!.annotation;
        const value = { choices: ['Negative'] };
        const edited = (result.length > 0 ? result : positive).map((region) => ({ ...region, value }));
        this.editedAt.set(ours.id, this.clock.now());
        await this.ask('PATCH', `/api/annotations/${ours.id}/`, { result: edited });
        return;
      }
      case 'delete-ours': {
        const ours = (await this.stored()).find((one) => one.task === task && one.content !== undefined);
        if (!ours) return;
        this.note(`someone deletes annotation ${ours.id} of task ${task}`);
        await this.remember([ours.id]);
        this.deletedIds.set(ours.id, this.clock.now());
        await this.ask('DELETE', `/api/annotations/${ours.id}/`);
        return;
      }
    }
  }

  /** A request without faults. */
  private ask(method: string, path: string, body?: object, token = this.managerToken): Promise<Response> {
    const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return this.sandbox.handle(new Request(base + path, init));
  }

  private async post(request: Request, path: string, isAlive: () => boolean): Promise<Response> {
    const number = (this.next.posts += 1);
    const fault = this.isHealed ? undefined : this.schedule.posts[number - 1];
    const { stored, answer, after }: PostFault = fault ?? { stored: [20], answer: 'true', after: 20 };
    const text = await request.text();
    const sent = JSON.parse(text) as SentBody;
    const tasks = tasksIn(sent) ?? [Number(path.split('/')[3])];
    const posted: Posted = {
      at: this.clock.now(),
      // Staged rows may be sent again: only the resulting annotations count.
      content: (sent.lead_time ?? NaN) - firstLeadTime,
      tasks,
      isRefused: false,
    };
    this.posted.push(posted);
    const what = path.endsWith('/import/predictions') ? 'import' : path.includes('/dm/') ? 'turning' : 'POST';
    this.note(`POST ${number} (${what}) arrives, for ${tasksInWords(tasks)}`);

    const entry = await this.sandbox.handle(
      new Request(`${base}/api/current-user/whoami`, { headers: request.headers }),
    );
    const isWelcome = entry.status === 200;
    const copies = (isWelcome ? stored : []).map((delay) => this.store(number, path, text, delay));
    const given = (async (): Promise<Response> => {
      if (answer === 'true') {
        if (!isWelcome) return entry;
        const last = (await Promise.all(copies)).at(-1);
        if (last) return last;
      }
      if (answer === 'cut-off' || answer === 'one ID missing') {
        const [first] = await Promise.all(copies);
        if (first) return damaged(first, answer);
      }
      await this.clock.sleep(after);
      return answerNamed(answer, sent);
    })();
    const response = await this.deliver(given, answer, request, `POST ${number}`);
    const { status } = response;
    const isOwn = response.headers.get('content-type')?.includes('json') ?? false;
    posted.isRefused = isAlive() && (status === 413 || (isOwn && [400, 404, 409].includes(status)));
    return response;
  }

  /** Processes a copy of a call. It has passed the gateway, so its token can’t expire. */
  private async store(number: number, path: string, text: string, delay: number): Promise<Response> {
    await this.clock.sleep(delay);
    const answer = await this.ask('POST', path, JSON.parse(text) as object);
    const words = answer.ok ? wordsOf(await answer.clone().json()) : '';
    this.note(`the server carries out POST ${number}: ${answer.status} ${words}`);
    return answer;
  }

  private async delete(request: Request, path: string): Promise<Response> {
    const number = (this.deletes += 1);
    const fault = this.isHealed ? undefined : this.schedule.deletes[number - 1];
    const { stored, answer, after }: PostFault = fault ?? { stored: [20], answer: 'true', after: 20 };
    const text = await request.text();
    const ids = text ? (JSON.parse(text) as { ids: number[] }).ids : [Number(path.split('/')[3])];
    this.note(`DELETE ${number} arrives, for ${ids.join(' ')}`);
    await this.checkDeletion(ids);
    const entry = await this.sandbox.handle(
      new Request(`${base}/api/current-user/whoami`, { headers: request.headers }),
    );
    const isWelcome = entry.status === 200;
    const copies = (isWelcome ? stored : []).map(async (delay) => {
      await this.clock.sleep(delay);
      await this.remember(ids);
      const body = text ? (JSON.parse(text) as object) : undefined;
      const given = await this.ask(request.method, path, body);
      this.note(`the server carries out DELETE ${number}: ${given.status}`);
      if (given.ok)
        for (const id of ids) if (!this.deletedIds.has(id)) this.deletedIds.set(id, this.clock.now());
      return given;
    });
    const given = (async (): Promise<Response> => {
      if (answer === 'true') {
        if (!isWelcome) return entry;
        const last = (await Promise.all(copies)).at(-1);
        if (last) return last;
      }
      await this.clock.sleep(after);
      return answerNamed(answer, {});
    })();
    return this.deliver(given, answer, request, `DELETE ${number}`);
  }

  private async sweep(request: Request, path: string): Promise<Response> {
    const number = (this.next.sweeps += 1);
    const { deletes } = this.schedule;
    const fault = this.isHealed ? undefined : deletes[deletes.length - number];
    const { stored, answer, after }: PostFault = fault ?? { stored: [20], answer: 'true', after: 20 };
    const body = (await request.json()) as { model_version: string };
    this.note(`sweep ${number} arrives, for ${body.model_version}`);
    if (!isOwnVersion(body.model_version))
      this.wrongDeletions.push(`Predictions of others are to be deleted.`);
    const copies = stored.map(async (delay) => {
      await this.clock.sleep(delay);
      const given = await this.ask('DELETE', path, body);
      this.note(`the server carries out sweep ${number}: ${JSON.stringify(await given.clone().json())}`);
      return given;
    });
    const given = (async (): Promise<Response> => {
      const last = answer === 'true' ? (await Promise.all(copies)).at(-1) : undefined;
      if (last) return last;
      await this.clock.sleep(after);
      return answerNamed(answer, {});
    })();
    return this.deliver(given, answer, request, `sweep ${number}`);
  }

  /** None of our predictions may be left, and none of others may be missing. */
  async predictionFaults(): Promise<string[]> {
    const versions = await this.versions();
    const own = Object.entries(versions).filter(([version]) => isOwnVersion(version));
    const wrong = own.map(([version, count]) => `${count} predictions of “${version}” are left.`);
    const others = Object.keys(versions).filter((version) => !isOwnVersion(version));
    const before = await this.versionsBefore;
    const isAsBefore = others.every((version) => versions[version] === before[version]);
    if (!isAsBefore || others.length !== Object.keys(before).length)
      wrong.push('Predictions of others are missing.');
    return wrong;
  }

  private readonly versionsBefore: Promise<Record<string, number>>;

  /** With their task, predictions of others are deleted, too. */
  private async forgetPredictions(task: number): Promise<void> {
    const before = await this.versionsBefore;
    const answer = await this.ask('GET', `/api/predictions/?task=${task}`);
    for (const { model_version: version } of (await answer.json()) as { model_version: string }[])
      if (isOwnVersion(version)) continue;
      else if (before[version] === 1) delete before[version];
      else before[version]! -= 1;
  }

  private async versions(): Promise<Record<string, number>> {
    const answer = await this.ask('GET', `/api/projects/${project}/model-versions/`);
    return (await answer.json()) as Record<string, number>;
  }

  /** Deletions must be of our annotations, unchanged since their task was last read. */
  private async checkDeletion(ids: number[]): Promise<void> {
    const there = new Map((await this.stored()).map((one) => [one.id, one]));
    for (const id of ids) {
      const one = there.get(id);
      if (!one) continue;
      if (one.content === undefined)
        this.wrongDeletions.push(`Annotation ${id} of someone else is to be deleted.`);
      const asOf = this.reads.findLast(({ tasks }) => tasks.has(one.task))?.asOf ?? Infinity;
      if (asOf > (this.editedAt.get(id) ?? Infinity))
        this.wrongDeletions.push(`Annotation ${id} is to be deleted although someone has edited it.`);
    }
  }

  private async read(request: Request): Promise<Response> {
    const number = (this.next.reads += 1);
    const fault = this.isHealed ? undefined : this.schedule.reads[number - 1];
    const { answer, stale, after }: ReadFault = fault ?? { answer: 'true', stale: 0, after: 5 };
    const at = this.clock.now();
    const tasks = new Set(new URL(request.url).searchParams.getAll('ids[]').map(Number));
    const given = (async (): Promise<Response> => {
      await this.clock.sleep(after);
      if (answer !== 'true') return answerNamed(answer, {});
      const response = await this.sandbox.handle(request);
      if (response.status !== 200) return response;
      const asOf = this.clock.now() - stale;
      const exported = ((await response.json()) as ExportedTask[]).map((task) => ({
        ...task,
        annotations: this.asTheyWere(task, asOf),
      }));
      this.reads.push({ at, asOf, tasks });
      const shown = exported.flatMap(({ annotations }) => annotations.map(({ id }) => id));
      for (const id of shown) this.shownIds.add(id);
      const age = stale > 0 ? `, ${stale / 1000} s old` : '';
      this.note(`read ${number} shows ${shown.join(' ') || 'nothing'} on ${tasksInWords([...tasks])}${age}`);
      return Response.json(exported);
    })();
    return this.deliver(given, answer, request, `read ${number}`);
  }

  private asTheyWere({ id, annotations }: ExportedTask, asOf: number): ExportedAnnotation[] {
    const shown = new Map(annotations.map((one) => [one.id, one]));
    for (const { task, annotation, until } of this.past.toReversed())
      if (task === id && until > asOf) shown.set(annotation.id, annotation);
    return [...shown.values()].filter(({ created_at: createdAt }) => Date.parse(createdAt) <= asOf);
  }

  private async other(request: Request, path: string): Promise<Response> {
    const number = (this.next.others += 1);
    const fault = this.isHealed ? undefined : this.schedule.others[number - 1];
    if (!fault) return this.sandbox.handle(request);
    const { answer, after } = fault;
    const given = (async (): Promise<Response> => {
      await this.clock.sleep(after);
      return answer === 'true' ? this.sandbox.handle(request) : answerNamed(answer, {});
    })();
    return this.deliver(given, answer, request, path);
  }

  /** Sends the answer to the page, which may stop waiting. */
  private async deliver(
    given: Promise<Response>,
    answer: AnswerName,
    request: Request,
    what: string,
  ): Promise<Response> {
    // Node drops the signal of a request that is garbage collected.
    this.underWay.push(request);
    const { signal } = request;
    const aborted = new Promise<never>((_, reject) => {
      if (signal.aborted) return reject(abortError());
      signal.addEventListener('abort', () => reject(abortError()), { once: true });
    });
    if (answer === 'hangs') {
      this.note(`${what} gets no answer`);
      return aborted;
    }
    const response = await Promise.race([given, aborted]);
    if (answer === 'lost') {
      this.note(`the answer to ${what} is lost`);
      throw new TypeError('Failed to fetch');
    }
    if (answer !== 'true') this.note(`${what} is answered “${answer}”`);
    return response;
  }
}

interface ExportedTask {
  id: number;
  annotations: ExportedAnnotation[];
}

interface ExportedAnnotation {
  id: number;
  lead_time: number | null;
  created_at: string;
  result: object[];
}

export const positive = [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: ['Positive'] } },
];

const isOwnVersion = (version: string): boolean => version.startsWith('sheaf-');

const abortError = () => new DOMException('This operation was aborted', 'AbortError');

function tasksInWords(tasks: number[]): string {
  if (tasks.length === 1) return `task ${tasks[0]}`;
  return tasks.length <= 10 ? `tasks ${tasks.join(' ')}` : `${tasks.length} tasks`;
}

/** The IDs in an answer, or what else it says. */
const wordsOf = (body: unknown): string =>
  (Array.isArray(body) ? body : [body])
    .map((item: { id?: number }) => item.id ?? JSON.stringify(item))
    .join(' ');

/** The body of a creating call. */
interface SentBody {
  tasks?: number[];
  lead_time?: number;
  selectedItems?: { included: number[] };
}

const tasksIn = (sent: SentBody | { task: number }[]): number[] | undefined =>
  Array.isArray(sent) ? sent.map(({ task }) => task) : (sent.tasks ?? sent.selectedItems?.included);

const envelope = (status: number, detail: string, more: object = {}, headers: HeadersInit = {}): Response =>
  Response.json(
    { id: 'x', status_code: status, version: '1.23.2', detail, exc_info: null, ...more },
    { status, headers },
  );

const page = (status: number, words: string, headers: Record<string, string> = {}): Response =>
  new Response(`<html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`, {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  });

/** A damaged copy of a good answer. */
async function damaged(answer: Response, how: 'cut-off' | 'one ID missing'): Promise<Response> {
  const text = await answer.text();
  const init = { status: answer.status, headers: { 'content-type': 'application/json' } };
  if (how === 'cut-off') return new Response(text.slice(0, text.length / 2), init);
  const body = JSON.parse(text) as object;
  return new Response(JSON.stringify(oneLess(body)), init);
}

function oneLess(body: object): object {
  if (Array.isArray(body)) return body.slice(1);
  if ('created' in body) return { created: Number(body.created) - 1 };
  if ('detail' in body)
    return { detail: String(body.detail).replace(/\d+/, (count) => String(Number(count) - 1)) };
  return {};
}

function answerNamed(name: AnswerName, body: object): Response {
  const [status = '', kind = '', seconds] = name.split(' ');
  const code = Number(status);
  switch (kind) {
    case 'page':
      return page(code, `${status} from a gateway`);
    case 'wait':
      return envelope(code, 'Wait.', {}, { 'retry-after': seconds! });
    case 'date':
      return envelope(code, 'Wait.', {}, { 'retry-after': new Date(Date.now() + 4000).toUTCString() });
    case 'field':
      return envelope(code, 'Validation error', {
        validation_errors: {
          [Object.keys(body).find((field) => field === 'result') ?? 'result']: ['Wrong.'],
        },
      });
    default:
      return Number.isNaN(code) ? new Response(null) : envelope(code, `Answer ${status}.`);
  }
}
