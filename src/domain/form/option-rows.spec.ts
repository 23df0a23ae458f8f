import { describe, expect, it } from 'vitest';
import type { AnswerOption } from './answer-inputs.ts';
import { labelsOf, optionRows } from './option-rows.ts';

const option = (value: string, ...children: AnswerOption[]): AnswerOption => ({
  value,
  label: value.toUpperCase(),
  hotkey: '',
  hint: '',
  children,
});
const options = [
  option('animal', option('cat', option('lynx')), option('dog')),
  option('plant', option('catnip'), option('oak')),
];

const written = (search: string, unfolded: string[][] = [], max = 100) => {
  const { rows, found } = optionRows(
    options,
    { search, unfolded: unfolded.map((path) => JSON.stringify(path)) },
    max,
  );
  return {
    found,
    rows: rows.map(
      ({ path, position, siblings, isUnfolded, isMatch }) =>
        `${path.join('/')} ${position}/${siblings}${isUnfolded ? ' open' : ''}${isMatch ? ' match' : ''}`,
    ),
  };
};

describe('the rows of options', () => {
  it('are the top level, and the children of unfolded options', () => {
    expect(written('')).toEqual({ found: 2, rows: ['animal 1/2', 'plant 2/2'] });
    expect(written('', [['animal'], ['animal', 'cat'], ['animal', 'dog'], ['gone']])).toEqual({
      found: 5,
      rows: ['animal 1/2 open', 'animal/cat 1/2 open', 'animal/cat/lynx 1/1', 'animal/dog 2/2', 'plant 2/2'],
    });
  });

  it('are matches of a search, with ancestors and descendants', () => {
    expect(written(' Cat ')).toEqual({
      found: 5,
      rows: [
        'animal 1/2 open',
        'animal/cat 1/1 open match',
        'animal/cat/lynx 1/1 match',
        'plant 2/2 open',
        'plant/catnip 1/1 match',
      ],
    });
    expect(written('oak').rows).toEqual(['plant 1/1 open', 'plant/oak 1/1 match']);
    expect(written('nothing')).toEqual({ found: 0, rows: [] });
  });

  it('are counted, but not created, beyond the maximum', () => {
    expect(written('cat', [], 3)).toEqual({
      found: 5,
      rows: ['animal 1/2 open', 'animal/cat 1/1 open match', 'animal/cat/lynx 1/1 match'],
    });
    const many = Array.from({ length: 100_000 }, (_, index) => option(`label ${index}`));
    const { rows, found } = optionRows(many, { search: '99', unfolded: [] }, 10);
    expect([rows.length, found]).toEqual([10, many.filter(({ value }) => value.includes('99')).length]);
  });
});

it('a path is shown by its labels, and unknown steps as written', () => {
  expect(labelsOf(options, ['animal', 'cat', 'tiger'])).toEqual(['ANIMAL', 'CAT', 'tiger']);
});
