import { bulkCall } from './support/servers/fault-server.ts';
import { paste, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect } from './support/test.ts';
import { connectThrough, test } from './support/wires.ts';

test('the browser asks another server once whether calls are allowed, not before each', async ({
  app,
  server,
  faults,
}) => {
  await connectThrough(app, faults, await server.token());
  const rows = Array.from({ length: 20 }, (_, index) => ({
    task: 401 + index,
    project: 1,
    result: sentiment('Positive'),
    lead_time: index,
  }));
  await paste(app, rows);
  await review(app, '20 annotations');
  await create(app);

  await expectHeadline(app, '20 annotations created and verified');
  expect(faults.requests.filter(bulkCall())).toHaveLength(20);
  const preflights = faults.requests.filter((request) => /^OPTIONS \S*\/annotations\/bulk\/ /.test(request));
  // The first calls, which are sent together, each ask.
  expect(preflights.length).toBeLessThanOrEqual(4);
});
