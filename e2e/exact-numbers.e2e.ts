import { paste, review, startImport } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

test('a 64-bit import_id arrives exactly as typed', async ({ app, server }) => {
  // Read as a JavaScript number, it would become …992.
  const exact = '9007199254740993';
  await startImport(app, { project: 'Product reviews' });
  await paste(
    app,
    `{"task": 130, "import_id": ${exact}, "result": ${JSON.stringify(sentiment('Positive'))}}`,
  );
  await review(app, '1 annotation');
  await create(app);

  await expectHeadline(app, '1 annotation created and verified');
  const [annotation] = await server.annotationsOn(130);
  const stored = await server.askForText(`/api/annotations/${annotation!.id}/`);
  expect(/"import_id":\s*(\d+)/.exec(stored)?.[1]).toBe(exact);
});
