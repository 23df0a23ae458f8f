import type { HttpClient } from '#api/http-client.ts';
import { readProject } from '#api/projects.ts';
import { readConfig } from '#config/read/read-config.ts';
import type { KnownConfig, UnknownConfig } from '#domain/requests/known-config.ts';

/** A batch seldom names more projects; one that does must not ask for thousands of them. */
const maxProjects = 50;

/** What could not be read may come back; until then not every check asks again. */
const askAgainAfterMs = 30_000;

/** The labelling configs of projects, each asked for once a session. */
export class ProjectConfigs {
  private readonly client: HttpClient;
  private readonly isForBulk: boolean;
  private readonly now: () => number;
  private readonly known = new Map<number, KnownConfig | UnknownConfig>();
  private readonly failedAt = new Map<number, number>();

  constructor(client: HttpClient, isForBulk: boolean, now: () => number) {
    this.client = client;
    this.isForBulk = isForBulk;
    this.now = now;
  }

  /** What is known of a project by now. */
  of(id: number): KnownConfig | UnknownConfig {
    return (
      this.known.get(id) ?? { why: `The labels of project ${id} were not read, so they are not checked` }
    );
  }

  /** Reads those that are not known yet. True where something new is known. */
  async load(ids: Iterable<number>): Promise<boolean> {
    const wanted = [...new Set(ids)].filter((id) => this.isWorthAsking(id));
    const asked = wanted.slice(0, maxProjects - Math.min(this.known.size, maxProjects));
    await Promise.all(asked.map((id) => this.read(id)));
    return asked.length > 0;
  }

  private isWorthAsking(id: number): boolean {
    const failedAt = this.failedAt.get(id);
    if (failedAt !== undefined) return this.now() - failedAt > askAgainAfterMs;
    return !this.known.has(id);
  }

  private async read(id: number): Promise<void> {
    const project = await readProject(this.client, id);
    if (!project.ok) {
      this.failedAt.set(id, this.now());
      const why = `Project ${id} could not be read, so labels are not checked: ${plain(project.failure.message)}`;
      this.known.set(id, { why });
      return;
    }
    this.failedAt.delete(id);
    const read = readConfig(project.value.label_config ?? '');
    if (read.ok) {
      this.known.set(id, { config: read.config, isForBulk: this.isForBulk });
      return;
    }
    const { message, line, column } = read.problem;
    const why = `The labelling config of project ${id} cannot be understood, so labels are not checked`;
    this.known.set(id, { why: `${why}: line ${line}, column ${column}: ${plain(message)}` });
  }
}

/** Without its full stop: it stands at the end of a sentence that goes on. */
function plain(message: string): string {
  return message.replace(/\.$/, '');
}
