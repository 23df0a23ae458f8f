/**
 * Mutations of the run’s code. The fault test must notice each.
 * @typedef {{ file: string, find: string, replace: string }} Edit `find` occurs once in the file
 * @typedef {{ name: string, only?: 'staged', edits: Edit[] }} Mutant `only`: played against schedules of this kind alone
 */

/** @type {Mutant[]} */
export const mutants = [
  {
    name: 'no settle time',
    edits: [
      {
        file: 'src/run/send-calls.ts',
        find: 'const settledAfter = sentAt + client.timeLimitSeconds * 1000 + graceMs;',
        replace: 'const settledAfter = sentAt;',
      },
    ],
  },
  {
    name: 'pairing by position',
    edits: [
      {
        file: 'src/domain/results/fold-account.ts',
        find: "return moveAll(account, openRowsOf(account, call), 'unconfirmed');",
        replace: `call.rows.forEach((row, index) => {
          move(account, row, 'unconfirmed');
          recordFound(account, row, [{ id: event.ids[index]!, updatedAt: 0, resultHash: 0 }]);
        });
        return account;`,
      },
    ],
  },
  resend('401', 'status === 401'),
  resend('429', 'status === 429'),
  resend('5xx', 'status !== undefined && status >= 500'),
  {
    name: 're-send in the HTTP client',
    edits: [
      {
        file: 'src/api/http/http-client.ts',
        find: 'return send(request, take, first.value, callName);',
        replace: `const once = await send(request, take, first.value, callName);
          if (once.ok || once.failure.status !== 401) return once;
          const again = await token.renewed(first.value);
          return again?.ok ? send(request, take, again.value, callName) : once;`,
      },
    ],
  },
  {
    name: 'no final read-back',
    edits: [
      {
        file: 'src/run/confirm.ts',
        find: "const rows = openCallsOf(account, 'answered').flatMap((open) => unconfirmedRows(account, open));",
        replace: `const rows: number[] = [];
        for (const { call } of openCallsOf(account, 'answered')) {
          const ids = account.answeredIds.get(call.id) ?? [];
          for (const [index, row] of call.rows.entries())
            await context.append({
              type: 'read-back',
              at: context.now(),
              rows: [row],
              found: [[{ id: ids[index] ?? 1_000_000 + row, updatedAt: 0, resultHash: 0 }]],
            });
        }`,
      },
    ],
  },
  {
    name: 'no second look',
    edits: [
      {
        file: 'src/run/submit.ts',
        find: "await lookAgain(context);\n  await removePredictions(context);\n  context.onPhase('finished');",
        replace: `await context.append({ type: 'looked-again', at: context.now() });
  context.onPhase('finished');`,
      },
      {
        file: 'src/run/submit.ts',
        find: 'if (lookDueAt(context.account) !== undefined) await lookAgain(context);',
        replace: '',
      },
    ],
  },
  {
    name: 'no second look after a resume',
    edits: [
      {
        file: 'src/run/submit.ts',
        find: 'const secondLookAt = lookDueAt(account);',
        replace: 'const secondLookAt = now() < account.settledAfter ? lookDueAt(account) : undefined;',
      },
    ],
  },
  {
    name: 'staged rows are not counted',
    only: 'staged',
    edits: [
      {
        file: 'src/run/staging/send-staged.ts',
        find: 'if (there === wanted ||',
        replace: 'if (there > 0 ||',
      },
    ],
  },
  {
    name: 'staged once more instead of turned once more',
    only: 'staged',
    edits: [
      {
        file: 'src/run/staging/open-stagings.ts',
        find: "await append({ type: 'queued', at: now(), rows: own, why: 'safe-to-repeat' });",
        replace: `await append({ type: 'queued', at: now(), rows: own, why: 'safe-to-repeat' });
        await append({ type: 'staging-failed', staging: staging.id, at: now(), problem: 'given-up', reason: '' });`,
      },
    ],
  },
  {
    name: 'predictions are not swept',
    only: 'staged',
    edits: [
      {
        file: 'src/run/staging/sweep.ts',
        find: 'const swept = await ask(context, () => steps.sweep(client, plan, { id, project }));',
        replace:
          'const swept = { ok: true as const, value: (void ask, void steps, void client, void plan, void project, 0) };',
      },
    ],
  },
  {
    name: 'only remembered predictions are swept',
    only: 'staged',
    edits: [
      {
        file: 'src/run/staging/sweep.ts',
        find: 'const left = new Set(listed.value);',
        replace: 'const left = new Set(listed.value.filter((id) => staged.open.has(id)));',
      },
    ],
  },
  {
    name: 'predictions of unknown rows are swept',
    only: 'staged',
    edits: [
      {
        file: 'src/run/staging/open-stagings.ts',
        find: "['not-found', 'unknown'].includes",
        replace: "['not-found'].includes",
      },
    ],
  },
  {
    name: 'journal after send',
    edits: [
      {
        file: 'src/run/send-calls.ts',
        find: "await append({ type: 'call-sent', call });",
        replace: '',
      },
      {
        file: 'src/run/send-calls.ts',
        find: 'const answer = { call: call.id, at: now() };',
        replace: `await append({ type: 'call-sent', call });
        const answer = { call: call.id, at: now() };`,
      },
    ],
  },
  {
    name: 'resume without confirming',
    edits: [
      {
        file: 'src/run/confirm.ts',
        find: "await append({ type: 'call-unconfirmed', call: call.id, at: now(), reason });",
        replace: "await append({ type: 'call-not-processed', call: call.id, at: now(), reason });",
      },
    ],
  },
  {
    name: 'baseline on resume',
    edits: [
      {
        file: 'src/run/read/baseline.ts',
        find: "if (stateOf(account, row) !== 'waiting' || account.baseline.tasks.has(task)) continue;",
        replace: "if (stateOf(account, row) !== 'waiting') continue;",
      },
    ],
  },
  {
    name: 'one read for “not found”',
    edits: [
      {
        file: 'src/run/confirm.ts',
        find: 'const missing = await readAndRecord(context, rows, { isSecond: true, onUnread });',
        replace: 'const missing = rows;',
      },
    ],
  },
  {
    name: 'claiming others’ region-less rows',
    edits: [
      {
        file: 'src/run/read/read-back.ts',
        find: 'isOwn: ({ id }) => ids.has(id),',
        replace:
          'isOwn: ({ id, regions }) => ids.has(id) || (regions === 0 && !account.baseline.annotations.has(id)),',
      },
    ],
  },
  {
    name: 'undo deletes what was edited',
    edits: [
      {
        file: 'src/run/undo.ts',
        find: 'if (isUnchanged(annotation, verified)) decision',
        replace: 'if (isUnchanged(annotation, verified) || true) decision',
      },
    ],
  },
  {
    name: 'undo takes a later read for what was verified',
    edits: [
      {
        file: 'src/domain/results/fold-account.ts',
        find: 'before.find(({ id }) => id === one.id) ?? one',
        replace: 'one',
      },
    ],
  },
  {
    name: 'undo deletes by task',
    edits: [
      {
        file: 'src/run/read/read-back.ts',
        find: 'known.has(annotation.id) || isOwn(annotation)',
        replace:
          'known.has(annotation.id) || isOwn(annotation) || (account.undo && account.undo.endedAt === undefined)',
      },
    ],
  },
  {
    name: 'undo believes a lost delete',
    edits: [
      {
        file: 'src/run/undo.ts',
        find: 'const doubtful = await confirmDeleted(context, chunk, isAnswered);',
        replace: 'await recordGone(context, chunk); const doubtful = [];',
      },
    ],
  },
];

/**
 * @param {string} status
 * @param {string} condition
 * @returns {Mutant}
 */
function resend(status, condition) {
  return {
    name: `re-send on ${status}`,
    edits: [
      {
        file: 'src/run/classify-answer.ts',
        find: "if (kind === 'input') return { kind: 'not-processed' };",
        replace: `if (kind === 'input' || (${condition})) return { kind: 'not-processed' };`,
      },
    ],
  };
}
