import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import type { Json } from '#wire/json.ts';
import { check } from '#domain/check.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { valuesOf } from '#domain/spec-texts.ts';

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Choices name="c" toName="t"><Choice value="A"/><Choice value="B"/></Choices>',
  '<TextArea name="x" toName="t"/>',
);
const configOf = () => ({ config, isForBulk: false });

const region = fc.oneof(
  fc.constantFrom('A', 'B', 'Bb').map((label) => ({
    id: label,
    from_name: 'c',
    to_name: 't',
    type: 'choices',
    value: { choices: [label] },
  })),
  fc.string().map((text) => ({ from_name: 'x', to_name: 't', type: 'textarea', value: { text: [text] } })),
);

const annotation = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        id: fc.nat(),
        was_cancelled: fc.constantFrom<Json>(false, true, null, 'no'),
        result: fc.array(region, { maxLength: 3 }),
        lead_time: fc.constantFrom<Json>(1, 2.5, null, -1),
        created_at: fc.constant('2026-05-01T10:00:00Z'),
      },
      { requiredKeys: ['result'] },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, 5, {}, []) },
);

const task = fc
  .record({
    id: fc.constantFrom<Json>(1, 2, 3, 4, 5, 'x'),
    annotations: fc.array(annotation, { maxLength: 3 }),
    data: fc.json(),
  })
  .chain(({ id, annotations, data }) =>
    fc.constantFrom({ id, data, annotations }, { annotations, data, id }, { data, id, annotations }),
  );

/** As people have it, and with a last task that only the parser reads: its key has an escape. */
const withEscape = (text: string) => text.replace(/\]\s*$/, ',{"id":99,"annotations":[],"\\u0061":1}]');

it('reads the same of an export whether it is parsed or stepped over', () => {
  fc.assert(
    fc.property(fc.array(task, { minLength: 1, maxLength: 8 }), fc.constantFrom(0, 2), (tasks, indent) => {
      const text = JSON.stringify(tasks, null, indent);
      const quick = check(SourceText.of(text), configOf);
      const parsed = check(SourceText.of(withEscape(text)), configOf);
      if (quick.checked.format !== 'export' || parsed.checked.format !== 'export') return;
      expect(quick.checked).toEqual(parsed.checked);
      expect(valuesOf(quick.parsed.entries)).toEqual(valuesOf(parsed.parsed.entries));
      expect([...quick.parsed.entries.contentCodes().codes]).toEqual([
        ...parsed.parsed.entries.contentCodes().codes,
      ]);
    }),
    { numRuns: 300 },
  );
});

it('parses none of the data of a task, and finds what is wrong in it all the same', () => {
  const tasks = (data: string) => `[{"id": 1, "data": {"text": "${data}"}, "annotations": [{"result": []}]}]`;
  expect(check(SourceText.of(tasks('fine \\u00e9'))).checked).toMatchObject({
    format: 'export',
    errors: 0,
    rows: 1,
  });
  const { problems } = check(SourceText.of(tasks('half \\ud800'))).checked;
  expect(problems.map(({ code }) => code)).toContain('lone-surrogate');
});
