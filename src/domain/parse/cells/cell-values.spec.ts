import { describe, expect, it } from 'vitest';
import { configOf } from '#config/spec-config.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { readValues } from '#domain/parse/grid/unmatched-values.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';
import { applyFixes } from '#domain/fix.ts';
import { SourceText } from '#domain/text/source-text.ts';

const config = configOf(
  '<Image name="photo" value="$image"/>',
  '<Choices name="contents" toName="photo" choice="multiple"><Choice value="People"/><Choice value="Goods"/><Choice value="Text, signs"/></Choices>',
);
const known = () => ({ config, isForBulk: false });

function picksOf(cells: readonly string[], settings: ImportSettings = {}) {
  const text = ['task\tcontents', ...cells.map((cell, row) => `${row + 1}\t${cell}`)].join('\n');
  const { parsed, checked } = checkText(text, known, settings);
  const picks = valuesOf(parsed.entries).map((entry) => {
    const [region] = (entry as { result: { value: { choices: string[] } }[] }).result;
    return region?.value.choices;
  });
  return { picks, errors: checked.errors, problems: checked.problems, parsed, text };
}

describe('several choices in a cell', () => {
  it('are separated by | unless another separator is chosen', () => {
    expect(picksOf(['People|Goods'])).toMatchObject({ picks: [['People', 'Goods']], errors: 0 });
    expect(picksOf(['People;Goods', 'People, Goods']).errors).toBe(2);
    for (const [separator, cell] of [
      [';', 'People; Goods'],
      [',', 'People,Goods'],
    ] as const)
      expect(picksOf([cell, 'Goods'], { separators: { contents: separator } })).toMatchObject({
        picks: [['People', 'Goods'], ['Goods']],
        errors: 0,
      });
  });

  it('are one choice if the whole cell is a label', () => {
    const separators = { contents: ',' } as const;
    expect(picksOf(['Text, signs', '["Text, signs", "Goods"]'], { separators })).toMatchObject({
      picks: [['Text, signs'], ['Text, signs', 'Goods']],
      errors: 0,
    });
  });

  it('are listed and mapped one by one', () => {
    const settings: ImportSettings = { separators: { contents: ',' } };
    const { parsed } = picksOf(['Peple, Goods', 'Peple'], settings);
    expect(readValues(parsed.grid!, config, settings)).toMatchObject([
      { values: [{ written: 'Peple', rows: 2, suggestion: 'People' }] },
    ]);
    const values = { contents: { Peple: 'People' } };
    expect(picksOf(['Peple, Goods'], { ...settings, values })).toMatchObject({
      picks: [['People', 'Goods']],
      errors: 0,
    });
  });

  it('keep their separator after a fix', () => {
    const { problems, parsed, text } = picksOf(['People; goods'], { separators: { contents: ';' } });
    const fixed = applyFixes(SourceText.of(text), parsed, problems);
    expect(String(fixed)).toBe('task\tcontents\n1\tPeople; Goods');
  });
});
