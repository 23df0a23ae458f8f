import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#wire/json/json.ts';
import { parse } from '#domain/parse/parse.ts';
import { planRun } from '#domain/plan/plan.ts';
import { makeRows } from '#domain/plan/rows.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { newAccount } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import { asCurl, asPython, type ExactRequest } from './calls-as-code.ts';
import { exportName } from './file-name.ts';
import { ownFileOf } from './own-file.ts';
import { remainingEntries, uncertainEntries } from './remaining-rows.ts';
import { writeRemainingFile } from './remaining-file.ts';
import { csvOf, jsonOf, kindOfReason, selectRows } from '#domain/results/result-rows.ts';
import { historyOf } from '#domain/results/row-history.ts';
import { created, event, planOf } from '#domain/results/spec-run.ts';
import { storedBatch } from './stored-batch.ts';

const address = 'https://ls.example.com';

/** A plan of a table whose entries `refused` had errors, and its stored text. */
function runOf(table: string, refused: number[] = []) {
  const bytes = new TextEncoder().encode(table);
  const { entries } = parse(SourceText.of(table));
  const { rows } = makeRows(entries, (entry) => refused.includes(entry));
  const plan = planRun({
    id: '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10',
    tag: 'sheaf-1a2b3c4d',
    createdAt: 0,
    server: { address, user: 1, organisation: undefined, boot: undefined, projects: new Map() },
    entries,
    rows,
    projects: new Float64Array(entries.length).fill(1),
    routes: [{ name: 'bulk', proofOf: () => 'marker', unsupportedReason: () => undefined }],
    skip: () => undefined,
    selectionAsIs: () => undefined,
  });
  return { plan, account: newAccount(plan), batch: storedBatch(plan, { bytes, importSettings: {} }) };
}

const table = '\ufefftask;sentiment;note\r\n5;a;"x; ""y"""\r\n6;b\r\n7;c;z\r\n';

describe('the submitted file', () => {
  it('is unchanged except for ID, state and link at the end of each row', () => {
    const { plan, account, batch } = runOf(table, [2]);
    for (const one of created(1, [0], [[46944]])) fold(account, one);
    const own = ownFileOf(batch, plan, account, address)!;
    expect(own.extension).toBe('csv');
    expect([...own.parts].join('').split('\r\n')).toEqual([
      '\ufefftask;sentiment;note;annotation_id;annotation_state;annotation_link',
      '5;a;"x; ""y""";46944;Created and verified;https://ls.example.com/projects/1/data?task=5&annotation=46944',
      '6;b;;;Waiting;https://ls.example.com/projects/1/data?task=6',
      '7;c;z;;Not sent: it had errors;',
      '',
    ]);
  });

  it('keeps existing columns with these names', () => {
    const { plan, account, batch } = runOf('task,annotation_id\n5,x\n');
    const [, header] = ownFileOf(batch, plan, account, address)!.parts;
    expect(header).toBe('task,annotation_id,annotation_id_2,annotation_state,annotation_link\n');
  });

  it('is refused if this version finds other rows in it', () => {
    const { plan } = runOf('task,sentiment\n5,a\n');
    const bytes = new TextEncoder().encode('task,sentiment\n5,a\n6,b\n');
    expect(() => storedBatch(plan, { bytes, importSettings: {} })).toThrow(
      /in another way.*Export the results/,
    );
  });
});

describe('rows that weren’t created', () => {
  const settled = () => {
    const run = runOf('task,sentiment\n5,a\n6,b\n7,c\n8,d\n', [3]);
    for (const one of [
      event.sent(1, [0], 0),
      event.unconfirmed(1, 'The connection broke.'),
      event.notFound([0]),
      event.leftUnsent([1], 'Stopped.'),
      event.sent(2, [2], 2),
      event.unconfirmed(2),
      event.unread([2], 'It couldn’t be read.'),
    ])
      fold(run.account, one);
    return run;
  };
  const text = ({ batch }: ReturnType<typeof settled>, entries: ReturnType<typeof uncertainEntries>) =>
    [...writeRemainingFile(batch, entries).parts].join('');

  it('are safe to send again only if none of them can be on the server', () => {
    const run = settled();
    expect(text(run, remainingEntries(run.batch, run.plan, run.account)).split('\n')).toEqual([
      'task,sentiment,problem',
      '6,b,Stopped.',
      '8,d,It had errors. Import this file to see them.',
      '',
    ]);
  });

  it('say when they were looked for', () => {
    const { plan, account, batch } = settled();
    const [, , own] = [...ownFileOf(batch, plan, account, address)!.parts];
    expect(own).toMatch(/^5,a,,"?Not found at \d\d:\d\d on Jan 1, 1970"?,/);
    const [, line] = [...csvOf(plan, account, [0], address)];
    expect(line).toMatch(/,not-found,.*,1970-01-01T00:00:00\.002Z\r\n$/);
    expect(JSON.parse([...jsonOf(plan, account, [0], address)].join(''))).toMatchObject([
      { state: 'not-found', notFoundAt: '1970-01-01T00:00:00.002Z' },
    ]);
  });

  it('are in a separate, marked file if they may be on the server', () => {
    const run = settled();
    const [, first, second, end] = text(run, uncertainEntries(run.plan, run.account)).split('\n');
    expect(first).toMatch(
      /^5,a,"Not found at \d\d:\d\d on Jan 1, 1970, may be on the server: check the run again before this is sent\./,
    );
    expect(second).toMatch(/^7,c,"Unknown, may be on the server: .* It couldn’t be read\."$/);
    expect(end).toBe('');
  });
});

describe('the calls of a run as a script', () => {
  const request: ExactRequest = {
    path: '/api/annotations/bulk/',
    body: {
      tasks: [5, 6],
      result: [{ value: { text: ['it’s "it\'s"\n'] } }],
      was_cancelled: false,
      lead_time: null,
    },
  };
  it('are quoted for a shell, without a token', () => {
    const script = [...asCurl(address, [request])].join('');
    expect(script).toContain(`curl --fail-with-body -X POST 'https://ls.example.com/api/annotations/bulk/'`);
    expect(script).toContain('Token $LABEL_STUDIO_TOKEN');
    expect(script).toContain(String.raw`\"it'\''s\"\n`);
  });
  it('use the Python SDK without automatic retries', () => {
    const script = [...asPython(address, [request, { path: '', task: 7, body: { result: [] } }])].join('');
    expect(script).toContain('client.annotations.create_bulk(\n    tasks=[5, 6],\n');
    expect(script).toContain('    was_cancelled=False,\n    lead_time=None,\n    request_options=once,\n)');
    expect(script).toContain('client.annotations.create(\n    id=7,\n    result=[],\n');
    expect(script).toContain('once = {"max_retries": 0}');
  });
});

it('files are named after the submitted one and the day of the run', () => {
  const day = new Date(2026, 10, 28, 12).getTime();
  expect(exportName('november: reviews.csv', 'with-ids', day, 'csv')).toBe(
    'november- reviews-with-ids-2026-11-28.csv',
  );
  expect(exportName(undefined, 'results', day, 'json')).toBe('pasted-results-2026-11-28.json');
});

describe('the details of a row', () => {
  const request: JsonObject = { tasks: [5, 6], result: [] };
  it('have its history in order', () => {
    const events = [event.sent(1, [0, 1]), event.sent(2, [2]), event.unconfirmed(1, 'The connection broke.')];
    const rest = [event.unconfirmed(2), event.readBack([0, 1], [[9, 10], [11]])];
    expect(historyOf([...events, ...rest], 0).map(({ words }) => words)).toEqual([
      'Sent with 1 other row of the same labels',
      'No usable answer: The connection broke.',
      'Found 2 times: annotations 9, 10',
    ]);
  });
  it('are found by a reason with other numbers', () => {
    const plan = planOf([request], { skip: (row) => `Task ${row} isn’t in Project.` });
    const rows = selectRows(plan, newAccount(plan), {
      sort: { by: 'source', descending: false },
      states: ['skipped'],
      search: '',
      reason: 'Task 77 isn’t in Project.',
    });
    expect([...rows]).toEqual([0, 1]);
    expect(kindOfReason('Task 7 a')).not.toBe(kindOfReason('Task 7 b'));
  });
});
