import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { applyFixes } from '#domain/fix.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { writeJson } from '#wire/json/json.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { readGridRows } from '#domain/parse/grid/grid-rows.ts';
import { readValues } from '#domain/parse/grid/unmatched-values.ts';

const boxes = configWith(
  '<Image name="image" value="$image"/>',
  '<RectangleLabels name="label" toName="image"><Label value="Bird"/><Label value="Car"/></RectangleLabels>',
);
const review = configWith(
  '<Text name="text" value="$text"/>',
  '<Choices name="topic" toName="text" choice="multiple"><Choice value="Billing"/><Choice value="Delivery"/></Choices>',
  '<Choices name="tone" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>',
  '<Rating name="stars" toName="text"/>',
  '<Number name="pieces" toName="text"/>',
  '<DateTime name="day" toName="text" only="date"/>',
  '<Taxonomy name="kind" toName="text"><Choice value="Animal"><Choice value="Cat"/></Choice></Taxonomy>',
  '<TextArea name="note" toName="text"/>',
);
const spans = configWith(
  '<Text name="text" value="$text"/>',
  '<Labels name="label" toName="text"><Label value="PER"/><Label value="ORG"/></Labels>',
);
const known = (config: typeof boxes) => () => ({ config, isForBulk: false });

const box = (label: string) =>
  `{"x": 10.5, "y": 13.5, "width": 19.5, "height": 3.1, "rotation": 0, "rectanglelabels": ["${label}"], "original_width": 450, "original_height": 600}`;
const csv = (cell: string) =>
  `"annotation_id","annotator","id","image","label","lead_time"\n9,1,1001,"/data/upload/3/a.jpg","${cell.replaceAll('"', '""')}",9.1\n`;

describe('cells with regions in Label Studio’s tables', () => {
  it('contain boxes with the image size', () => {
    const { parsed, checked } = checkText(csv(`[${box('Bird')}, ${box('Car')}]`), known(boxes));
    expect(checked).toMatchObject({ format: 'table', rows: 1, problems: [] });
    const [entry] = valuesOf(parsed.entries) as { result: object[] }[];
    expect(entry).toMatchObject({ task: 1001, lead_time: 9.1 });
    expect(entry!.result).toEqual(
      ['Bird', 'Car'].map((label) => ({
        from_name: 'label',
        to_name: 'image',
        type: 'rectanglelabels',
        value: { x: 10.5, y: 13.5, width: 19.5, height: 3.1, rotation: 0, rectanglelabels: [label] },
        original_width: 450,
        original_height: 600,
      })),
    );
  });

  it('contain spans, in JSON-MIN too', () => {
    const cell = '[{"start": 0, "end": 4, "text": "Anna", "labels": ["PER"]}]';
    for (const text of [
      csv(cell),
      `[{"text": "Anna met ACME", "id": 1001, "annotator": 1, "annotation_id": 9, "label": ${cell}}]`,
    ]) {
      const { parsed, checked } = checkText(text, known(spans));
      expect(checked).toMatchObject({ rows: 1, errors: 0, warnings: 0 });
      expect(valuesOf(parsed.entries)).toMatchObject([
        {
          task: 1001,
          result: [{ from_name: 'label', type: 'labels', value: { start: 0, end: 4, labels: ['PER'] } }],
        },
      ]);
    }
  });

  it('contain answers as JSON', () => {
    const record = {
      text: 'late',
      id: 1001,
      stars: [{ rating: 4 }],
      pieces: [{ number: 3 }],
      day: [{ datetime: '2024-05-01' }],
      kind: [{ taxonomy: [['Animal', 'Cat']] }],
      note: { text: ['one', 'two'] },
      tone: 'Positive',
      topic: { choices: ['Billing', 'Delivery'] },
      annotator: 1,
      annotation_id: 41,
    };
    const names = Object.keys(record) as (keyof typeof record)[];
    const quoted = (name: keyof typeof record) => {
      const value = record[name];
      const words = typeof value === 'object' ? writeJson(value) : String(value);
      return `"${words.replaceAll('"', '""')}"`;
    };
    const table = `${names.join()}\n${names.map(quoted).join()}\n`;
    for (const text of [JSON.stringify([record]), table]) {
      const { parsed, checked } = checkText(text, known(review));
      expect(checked).toMatchObject({ rows: 1, errors: 0, warnings: 0 });
      const [{ result }] = valuesOf(parsed.entries) as [{ result: { from_name: string; value: object }[] }];
      expect(Object.fromEntries(result.map(({ from_name: name, value }) => [name, value]))).toEqual({
        stars: { rating: 4 },
        pieces: { number: 3 },
        day: { datetime: '2024-05-01' },
        kind: { taxonomy: [['Animal', 'Cat']] },
        note: { text: ['one', 'two'] },
        tone: { choices: ['Positive'] },
        topic: { choices: ['Billing', 'Delivery'] },
      });
    }
  });

  it('are recognised without a project, too', () => {
    const { checked } = checkText(
      '[{"image": "a", "id": 3, "label": [{"x": 1}], "annotator": 1, "annotation_id": 4}]',
    );
    expect(checked.format).toBe('records');
  });

  it('report wrong labels at their place, with a fix or a mapping', () => {
    const text = `[{"id": 1001, "annotator": 1, "annotation_id": 9, "label": [${box('Bird')}, ${box('Brid')}, ${box('Crar')}]}]`;
    const { parsed, checked } = checkText(text, known(boxes));
    expect(checked.problems.map(({ code, from, to }) => [code, text.slice(from, to)])).toEqual([
      ['label-unknown', '"Brid"'],
      ['label-unknown', '"Crar"'],
    ]);
    const fixed = String(applyFixes(SourceText.of(text), parsed, checked.problems));
    expect(JSON.parse(fixed)).toEqual(JSON.parse(text.replace('Brid', 'Bird').replace('Crar', 'Car')));
    expect(checkText(fixed, known(boxes)).checked.errors).toBe(0);
    expect(readValues(parsed.grid!, boxes, {})).toMatchObject([
      {
        column: 'label',
        values: [
          { written: 'Brid', rows: 1, suggestion: 'Bird' },
          { written: 'Crar', suggestion: 'Car' },
        ],
      },
    ]);
    const values = { label: { Brid: 'Bird', Crar: 'Car' } };
    expect(checkText(text, known(boxes), { values }).checked).toMatchObject({ errors: 0, rows: 1 });
  });

  it('are assigned to the only fitting control, whatever the column’s name', () => {
    const text = `[{"id": 1001, "annotator": 1, "annotation_id": 9, "bbox": [${box('Bird')}]}]`;
    const { checked, parsed } = checkText(text, known(boxes));
    expect(checked).toMatchObject({ errors: 0, rows: 1 });
    expect(valuesOf(parsed.entries)).toMatchObject([{ result: [{ from_name: 'label' }] }]);
  });

  it('can be mapped to a control that draws them, whatever other columns have', () => {
    const both = configWith(
      '<Image name="image" value="$image"/>',
      '<RectangleLabels name="label" toName="image"><Label value="Bird"/></RectangleLabels>',
      '<Rectangle name="frame" toName="image"/>',
    );
    const polygon = '{"points": [[1, 1], [5, 5], [1, 9]], "closed": true, "labels": ["Bird"]}';
    const text = `[{"id": 1001, "annotator": 1, "annotation_id": 9, "boxes": [${box('Bird')}], "polygons": [${polygon}]}]`;
    const wordsOf = (settings?: ImportSettings) =>
      checkText(text, known(both), settings).checked.reading!.targets.map(({ words }) => words);
    expect(wordsOf()).toContain('label (RectangleLabels)');
    expect(wordsOf()).not.toContain('frame (Rectangle)');
    expect(wordsOf({ columns: { polygons: 'control:frame' } })).toContain('frame (Rectangle)');
  });

  it('are shown by their labels in the grid, including mapped ones', () => {
    const text = csv(`[${box('Bird')}, ${box('Crar')}, ${box('Bird')}]`);
    const shown = (values: Record<string, Record<string, string>>) => {
      const { parsed, findings } = checkText(text, known(boxes), { values });
      const found = { entries: parsed.entries, findings, configOf: known(boxes), values };
      return readGridRows(parsed.grid!, found, { rows: [0], columns: { from: 4, to: 5 } })[0]!.cells[0]!
        .regions;
    };
    expect(shown({})).toBe('Bird × 2, Crar');
    expect(shown({ label: { Crar: 'Car' } })).toBe('Bird × 2, Car');
  });
});
