import type { HttpClient } from '#api/http/http-client.ts';
import { listUsers } from '#api/users.ts';
import { readProject, type ProjectAnswer } from '#api/projects.ts';
import { readConfig } from '#config/read/read-config.ts';
import { inParallel } from '#run/in-parallel.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import type { KnownConfig, Person, PersonOf, UnknownConfig } from '#domain/requests/known-config.ts';

/** Maximum number of configs read in parallel. */
const readsInFlight = 6;

/** A failed project is read again after this time instead of at every check. */
const retryAfterMs = 30_000;

/** Labelling configs of projects, each read once a session, and again when a batch is reviewed. */
export class ProjectConfigs {
  private readonly client: HttpClient;
  private readonly isForBulk: boolean;
  private readonly now: () => number;
  private readonly known = new Map<number, KnownConfig | UnknownConfig>();
  /** What was read, to notice a change. */
  private readonly texts = new Map<number, string>();
  private readonly failedAt = new Map<number, number>();
  /** Users by lower-case e-mail address and name; read when an annotator is first given by one of them. */
  private people: Map<string, Person[]> | 'failed' | undefined;
  private needsPeople = false;

  constructor(client: HttpClient, isForBulk: boolean, now: () => number) {
    this.client = client;
    this.isForBulk = isForBulk;
    this.now = now;
  }

  of(id: number): KnownConfig | UnknownConfig {
    const known = this.known.get(id);
    if (known) return known;
    const { personOf } = this;
    if (this.known.size < limits.checkedProjects)
      return { why: `The labels of project ${id} were not read, so they aren’t checked`, personOf };
    // The same text for all projects, so that it is listed once.
    const limit = count(limits.checkedProjects, 'project');
    return { why: `Labels are checked for ${limit} at most. Split the batch to check the others` };
  }

  /** Reads unknown configs. True if any had to be read. */
  async load(ids: Iterable<number>): Promise<boolean> {
    const wanted = [...new Set(ids)].filter((id) => this.needsReading(id));
    const unknown = wanted.filter((id) => !this.known.has(id));
    const refused = new Set(unknown.slice(Math.max(0, limits.checkedProjects - this.known.size)));
    const asked = wanted.filter((id) => !refused.has(id));
    const queue = asked.toReversed();
    await inParallel(
      () => queue.pop(),
      readsInFlight,
      (id) => this.read(id),
    );
    return (await this.loadPeople()) || asked.length > 0;
  }

  private readonly personOf = (): PersonOf => {
    this.needsPeople = true;
    const { people } = this;
    return people instanceof Map ? (words) => people.get(words) ?? [] : undefined;
  };

  /** Reads the users once if a check needed them. True if there are new ones. */
  private async loadPeople(): Promise<boolean> {
    if (!this.needsPeople || this.people !== undefined) return false;
    const users = await listUsers(this.client);
    if (!users.ok) {
      // Without permission to list users, only IDs can be used.
      this.people = 'failed';
      return false;
    }
    const people = new Map<string, Person[]>();
    for (const { id, email, name } of users.value)
      for (const words of new Set([email.toLowerCase(), name.toLowerCase()]))
        if (words !== '') people.set(words, [...(people.get(words) ?? []), { id, name }]);
    this.people = people;
    return true;
  }

  private needsReading(id: number): boolean {
    const failedAt = this.failedAt.get(id);
    if (failedAt !== undefined) return this.now() - failedAt > retryAfterMs;
    return !this.known.has(id);
  }

  private async read(id: number): Promise<void> {
    const project = await readProject(this.client, id);
    if (!project.ok) {
      this.failedAt.set(id, this.now());
      const why = `Project ${id} couldn’t be read, so labels aren’t checked: ${withoutFullStop(project.failure.message)}`;
      this.known.set(id, { why });
      return;
    }
    this.take(project.value);
  }

  /** Takes over new labels of known projects. Gives the projects whose labels aren’t the checked ones. */
  update(projects: Iterable<ProjectAnswer>): ProjectAnswer[] {
    const changed = [...projects].filter(
      ({ id, label_config }) => this.known.has(id) && this.texts.get(id) !== (label_config ?? ''),
    );
    for (const project of changed) this.take(project);
    return changed;
  }

  private take({ id, label_config }: ProjectAnswer): void {
    this.failedAt.delete(id);
    this.texts.set(id, label_config ?? '');
    const read = readConfig(label_config ?? '');
    if (read.ok) {
      this.known.set(id, { config: read.config, isForBulk: this.isForBulk, personOf: this.personOf });
      return;
    }
    const { message, line, column } = read.problem;
    const why = `The labelling config of project ${id} is invalid, so labels aren’t checked`;
    this.known.set(id, { why: `${why}: line ${line}, column ${column}: ${withoutFullStop(message)}` });
  }
}

/** Drops the full stop, because the sentence continues. */
function withoutFullStop(message: string): string {
  return message.replace(/\.$/, '');
}

export const labelsChanged = ({ id, title }: ProjectAnswer): string =>
  `The labels of ${title ?? `project ${id}`} were changed since this batch was checked.`;
