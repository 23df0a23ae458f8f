import { chooseProject, editor, paste, problems, review } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, expectRow, resultsTable } from './support/results.ts';
import { create, createButton } from './support/review.ts';
import { connect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

/** Its fourth line has a task ID in quotes. */
const sample = `[
  {"tasks": [12, 13], "result": ${JSON.stringify(sentiment('Positive'))}},
  {
    "tasks": [14, "15"],
    "result": ${JSON.stringify(sentiment('Negative'))}
  }
]`;

test('from a first visit to annotation IDs', async ({ app, server }) => {
  await connect(app);
  await expect(app.getByRole('button', { name: /^Sandbox/ })).toContainText('Maya Lindqvist');
  await chooseProject(app, 'Product reviews');
  await paste(app, sample);

  await expect(problems(app)).toHaveCount(1);
  await expect(problems(app)).toContainText('request 2');
  await expect(problems(app)).toHaveAccessibleName(/line 4, column 19/);
  await expect(problems(app)).toContainText('Task ID is in quotes. Use 15, not “15”.');

  // Selects the mistake, so that typing replaces it.
  await problems(app).click();
  await expect(editor(app)).toBeFocused();
  await app.keyboard.type('15');
  await expect(problems(app)).toHaveCount(0);

  await review(app, '4 annotations');
  await expect(createButton(app)).toHaveText('Create 4 annotations');
  expect(await server.annotationsOn(15), 'nothing is sent before that').toEqual([]);
  await create(app);

  await expectHeadline(app, '4 annotations created and verified');
  for (const [task, choice] of [
    [12, 'Positive'],
    [13, 'Positive'],
    [14, 'Negative'],
    [15, 'Negative'],
  ] as const) {
    const annotations = await server.annotationsOn(task);
    expect(annotations).toMatchObject([
      { completed_by: { id: 1 }, result: [{ value: { choices: [choice] } }] },
    ]);
    const annotation = String(annotations[0]!.id);
    await expectRow(app, { Task: String(task), Annotation: annotation, State: 'Created and verified' });
  }
  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '5');
});
