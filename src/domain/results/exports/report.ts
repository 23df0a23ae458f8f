import { count, figure } from '#wire/text/figures.ts';
import type { RowState, RunTotals } from '#domain/results/account.ts';
import { stateInWords } from '#domain/results/state-words.ts';

/** The content of a report on a run. */
export interface Reported {
  id: string;
  fileName: string | undefined;
  server: string;
  address: string;
  user: string;
  projects: string[];
  rows: number;
  withErrors: number;
  totals: RunTotals;
  startedAt: number;
  endedAt: number | undefined;
  /** When missing rows were last looked for. */
  notFoundAt: number | undefined;
  reasons: { state: RowState; reason: string; rows: number }[];
}

/** A one-page Markdown report: what was created, by whom and when, and why other rows weren’t. */
export function reportOf(run: Reported): string {
  const { totals, reasons, withErrors } = run;
  const inWords = (state: RowState) => stateInWords(state, run.notFoundAt);
  const facts = [
    ['Server', `${run.server} (${run.address})`],
    [run.projects.length === 1 ? 'Project' : 'Projects', run.projects.join(', ')],
    ['User', run.user],
    ['Started', timeOf(run.startedAt)],
    ['Finished', run.endedAt === undefined ? 'not finished' : timeOf(run.endedAt)],
    ['Run', run.id],
  ];
  const lines = [
    `# ${plain(run.fileName ?? 'Pasted batch')}`,
    '',
    `${count(totals.created, 'annotation')} created and verified, of ${count(run.rows, 'row')}.`,
    '',
    ...facts.map(([name, value]) => `- ${name}: ${plain(value!)}`),
    '',
    '## Rows by state',
    '',
    '| State | Rows |',
    '|---|---:|',
    ...Object.entries(totals)
      .filter(([, rows]) => rows > 0)
      .map(([state, rows]) => `| ${inWords(state as RowState)} | ${figure(rows)} |`),
    `| All | ${figure(run.rows)} |`,
  ];
  if (withErrors > 0)
    lines.push(
      '',
      `${count(withErrors, 'more row')} with errors ${withErrors === 1 ? 'was' : 'were'} not sent.`,
    );
  if (reasons.length > 0)
    lines.push(
      '',
      '## Reasons',
      '',
      ...reasons.map(({ state, reason, rows }) => `- ${figure(rows)} × ${inWords(state)}: ${plain(reason)}`),
    );
  return `${lines.join('\n')}\n`;
}

const timeOf = (at: number): string =>
  new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'long' });

/** On one line, without Markdown markup. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|#]/g, String.raw`\$&`);
