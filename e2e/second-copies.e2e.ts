import { bulkCall, type Fault } from './support/servers/fault-server.ts';
import { paste, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { create, expectFinished, start } from './support/review.ts';
import { expect } from './support/test.ts';
import { connectThrough, passTime, test } from './support/wires.ts';

/*
 * Chromium repeats a POST when a reused connection ends before the answer. The page sees only the answer to the second
 * copy, and the first one is stored by then.
 */

const answers: [name: string, waits: boolean, answer: Fault][] = [
  ['a dead token', true, { status: 401, body: '{"status_code": 401, "detail": "Invalid token."}' }],
  [
    'too many requests',
    true,
    {
      status: 429,
      body: '{"status_code": 429, "detail": "Request was throttled."}',
      headers: { 'retry-after': '1' },
    },
  ],
  [
    'too large a body',
    false,
    { status: 413, body: '<html><title>413 Request Entity Too Large</title></html>' },
  ],
];

for (const [name, waits, answer] of answers)
  test(`the first copy is stored, and the second one answered as ${name}`, async ({
    app,
    server,
    faults,
  }) => {
    await connectThrough(app, faults, await server.token());
    await paste(app, [{ tasks: [401, 402], project: 1, result: sentiment('Positive') }]);
    await review(app, '2 annotations');
    faults.give(bulkCall(), 'cut-answer', answer);
    await start(app);
    // Answers that depend on the moment are awaited, as long as the server may process the first copy.
    if (waits) {
      await expect(
        app.getByText('The server may still be working on an unanswered call').first(),
      ).toBeVisible();
      await passTime(app, 11);
    }
    await expectFinished(app);

    await expectHeadline(app, '2 annotations created and verified');
    // Two copies by the browser, and no third by Sheaf.
    expect(faults.requests.filter(bulkCall())).toHaveLength(2);
    expect(await server.annotationsOn(401)).toHaveLength(1);
    expect(await server.annotationsOn(402)).toHaveLength(1);
  });

test('both copies are stored: the rows are duplicated, and the second ones can be deleted', async ({
  app,
  server,
  faults,
}) => {
  await connectThrough(app, faults, await server.token());
  await paste(app, [{ tasks: [411, 412], project: 1, result: sentiment('Positive') }]);
  await review(app, '2 annotations');
  faults.give(bulkCall(), 'cut-answer');
  await create(app);

  await expectHeadline(app, '2 duplicated');
  await expectRow(app, { Task: '411', State: 'Duplicated' });
  const copies = await server.annotationsOn(411);
  expect(copies).toHaveLength(2);
  await app.getByRole('button', { name: 'Keep the first, delete the others…' }).click();
  await expect(app.getByRole('dialog').getByText('Waiting until no late copy can be created')).toBeVisible();
  await passTime(app, 11);
  await app.getByRole('button', { name: 'Delete 2 annotations' }).click();
  await expectHeadline(app, '2 annotations created and verified');
  expect((await server.annotationsOn(411)).map(({ id }) => id)).toEqual([copies[0]!.id]);
  expect(await server.annotationsOn(412)).toHaveLength(1);
});
