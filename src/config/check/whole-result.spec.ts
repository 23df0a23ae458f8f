import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { checkResult } from './check-result.ts';
import type { CheckOptions } from './item.ts';
import { configOf } from '#config/spec-config.ts';

/* Rules between regions of a result, and missing regions. */

const config = configOf(
  '<Image name="image" value="$image"/><Image name="other" value="$other"/>',
  '<Relations><Relation value="holds"/></Relations>',
  '<RectangleLabels name="box" toName="image,other"><Label value="Sign"/><Label value="Car"/></RectangleLabels>',
  '<Choices name="state" toName="image,other" perRegion="true" required="true" whenLabelValue="Sign"><Choice value="clean"/></Choices>',
  '<Choices name="scene" toName="image" required="true"><Choice value="Day" alias="d"/><Choice value="Night"/></Choices>',
  '<View visibleWhen="choice-selected" whenTagName="scene" whenChoiceValue="Day"><Rating name="light" toName="image" required="true"/></View>',
  '<View visibleWhen="region-selected"><Rating name="maybe" toName="image" required="true"/></View>',
  '<Choices name="shot" toName="image" perItem="true"><Choice value="near"/></Choices>',
  '<Sparkle name="new" toName="image"/>',
);

const geometry = { x: 10, y: 10, width: 20, height: 20 };
const box = (id: string, label = 'Car', more: JsonObject = {}): JsonObject => ({
  id,
  from_name: 'box',
  to_name: 'image',
  type: 'rectanglelabels',
  value: { ...geometry, rectanglelabels: [label] },
  ...more,
});
const answer = (name: string, type: string, value: JsonObject, more: JsonObject = {}): JsonObject => ({
  from_name: name,
  to_name: 'image',
  type,
  value,
  ...more,
});
const night = answer('scene', 'choices', { choices: ['Night'] });
const day = answer('scene', 'choices', { choices: ['d'] });
const light = answer('light', 'rating', { rating: 3 });
const clean = (id: string) => answer('state', 'choices', { ...geometry, choices: ['clean'] }, { id });
const bareClean = (id: string) => answer('state', 'choices', { choices: ['clean'] }, { id });
const arrow = (more: JsonObject): JsonObject => ({
  type: 'relation',
  from_id: 'a',
  to_id: 'b',
  direction: 'right',
  ...more,
});

function findingsOf(result: Json, options?: CheckOptions): string[] {
  return checkResult(config, result, options).map(
    ({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`,
  );
}

describe('a whole result', () => {
  it.each<[string, Json[], string[]]>([
    ['what is required', [night], []],
    ['nothing', [], ['error required-missing ']],
    ['what is required once something was chosen', [day], ['error required-missing ']],
    ['that too', [day, light], []],
    ['what is hidden', [night, light], ['warning control-hidden 1']],
    ['an answer about a region', [night, box('a', 'Sign'), clean('a')], []],
    ['no answer about a region', [night, box('a', 'Sign')], ['error required-missing 1']],
    ['an answer about no region', [night, clean('z')], ['warning per-region-without-region 1']],
    [
      'an answer about a region with other labels',
      [night, box('a', 'Car'), clean('a')],
      ['warning control-hidden 2'],
    ],
    ['an answer without a position', [night, box('a', 'Sign'), bareClean('a')], []],
    [
      'an answer without a position before its region',
      [night, bareClean('a'), box('a', 'Sign')],
      ['error region-not-first 1'],
    ],
    ['an answer with a position before its region', [night, clean('a'), box('a', 'Sign')], []],
    ['the same answer twice', [night, day, light], ['error answered-twice 1']],
    [
      'an answer about an item',
      [night, answer('shot', 'choices', { choices: ['near'] }, { item_index: 0 })],
      [],
    ],
    [
      'two answers about an item',
      [
        night,
        answer('shot', 'choices', { choices: ['near'] }, { item_index: 0 }),
        answer('shot', 'choices', { choices: ['near'] }, { item_index: 1 }),
        answer('shot', 'choices', { choices: ['near'] }, { item_index: 1 }),
      ],
      ['error answered-twice 3'],
    ],
    [
      'an answer about no item',
      [night, answer('shot', 'choices', { choices: ['near'] })],
      ['warning item-index-missing 1'],
    ],
    ['two regions with one id', [night, box('a'), box('a')], ['warning region-id-again 2.id']],
    [
      'one region about two objects',
      [night, box('a', 'Sign'), { ...clean('a'), to_name: 'other' }],
      ['warning region-id-again 2.id'],
    ],
    [
      'one region in two places',
      [
        night,
        box('a', 'Sign'),
        answer('state', 'choices', { ...geometry, x: 11, choices: ['clean'] }, { id: 'a' }),
      ],
      ['warning region-id-again 2.id'],
    ],
    ['a region in a region', [night, box('a'), box('b', 'Car', { parentID: 'a' })], []],
    ['an arrow', [night, box('a'), box('b'), arrow({ labels: ['holds'] })], []],
    ['an arrow to nothing', [night, box('a'), arrow({})], ['error relation-end-unknown 2.to_id']],
    [
      'an arrow without an end',
      [night, { type: 'relation', from_id: 'a', direction: 'bi' }, box('a')],
      ['error relation-end-missing 1'],
    ],
    [
      'an arrow up',
      [night, box('a'), box('b'), arrow({ direction: 'up' })],
      ['error relation-direction-unknown 3.direction'],
    ],
    [
      'an arrow with an unknown label',
      [night, box('a'), box('b'), arrow({ labels: ['hold'] })],
      ['error relation-label-unknown 3.labels.0'],
    ],
    [
      'an arrow again, with another direction',
      [night, box('a'), box('b'), arrow({}), arrow({ direction: 'bi' })],
      ['warning relation-again 4'],
    ],
    [
      'an arrow and one back',
      [night, box('a'), box('b'), arrow({}), arrow({ from_id: 'b', to_id: 'a' })],
      [],
    ],
    ['an arrow to itself', [night, box('a'), arrow({ to_id: 'a' })], ['warning relation-to-itself 2.to_id']],
    ['an unknown tag', [night, answer('new', 'sparkle', { a: 1 })], ['info tag-unknown 1']],
    ['no regions at all', [night, null, 5], ['error region-not-an-object 1', 'error region-not-an-object 2']],
  ])('with %s', (_, result, expected) => {
    expect(findingsOf(result)).toEqual(expected);
  });

  it('must be a list', () => {
    expect(findingsOf({})).toEqual(['error result-not-a-list ']);
    expect(findingsOf('[]')).toEqual(['error result-not-a-list ']);
  });

  it('requires nothing of a skip', () => {
    expect(findingsOf([], { isSkipped: true })).toEqual([]);
  });

  it('warns of controls that the bulk endpoint isn’t documented for', () => {
    expect(findingsOf([night, box('a')], { isForBulk: true })).toEqual(['warning not-for-bulk 1.from_name']);
  });

  it('lists some of many accepted values', () => {
    const many = Array.from(
      { length: 40 },
      (_, index) => `<Choice value="${'abcdefgh'[index % 8]}-${index * 1000}"/>`,
    );
    const wide = configOf(
      '<Text name="t" value="$t"/>',
      `<Choices name="c" toName="t">${many.join('')}</Choices>`,
    );
    const [problem] = checkResult(wide, [
      { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['zzzzzzz'] } },
    ]);
    expect(problem!.message).toContain('and 34 more');
  });
});

describe('a repeated control', () => {
  const pages = configOf(
    '<Repeater on="$pages"><Text name="t_{{idx}}" value="$pages[{{idx}}].text"/><Labels name="l_{{idx}}" toName="t_{{idx}}"><Label value="A"/></Labels></Repeater>',
  );
  const span = (from_name: string, to_name: string, value: JsonObject) =>
    checkResult(pages, [{ from_name, to_name, type: 'labels', value: { ...value, labels: ['A'] } }]);

  it('is checked like any other', () => {
    expect(span('l_1', 't_1', { start: 0, end: 5 })).toEqual([]);
    expect(span('l_1', 't_1', { start: 5, end: 0 })).toMatchObject([{ code: 'end-before-start' }]);
    expect(span('l_1', 't_2', { start: 0, end: 5 })).toMatchObject([{ code: 'to-name-unknown' }]);
  });

  it('has an index in its name', () => {
    expect(span('l_{{idx}}', 't_{{idx}}', { start: 0, end: 5 })).toMatchObject([
      {
        code: 'from-name-without-index',
        message: '“l_{{idx}}” is repeated, so results contain an index. Use “l_0” for the first one.',
        path: [0, 'from_name'],
      },
    ]);
  });
});

it('reads a span as its object needs it', () => {
  const both = configOf(
    '<Text name="t" value="$t"/><HyperText name="h" value="$h"/><Audio name="a" value="$a"/><Paragraphs name="p" value="$p"/>',
    '<Labels name="l" toName="t,h,a,p"><Label value="A"/></Labels>',
    '<ParagraphLabels name="q" toName="t"><Label value="A"/></ParagraphLabels>',
  );
  const codes = (to_name: string, value: JsonObject) =>
    checkResult(both, [{ from_name: 'l', to_name, type: 'labels', value: { ...value, labels: ['A'] } }]).map(
      ({ code }) => code,
    );
  const path = { start: '/p[1]', end: '/p[1]', startOffset: 0, endOffset: 4 };
  expect(codes('t', { start: 0, end: 4 })).toEqual([]);
  expect(codes('t', { start: 0.5, end: 4 })).toEqual(['value-not-whole']);
  expect(codes('a', { start: 0.5, end: 4 })).toEqual([]);
  expect(codes('h', path)).toEqual([]);
  expect(codes('t', path)).toContain('span-with-offsets');
  expect(codes('p', path)).toContain('paragraph-not-a-number');
  const marked = { start: 0, end: 4, paragraphlabels: ['A'] };
  expect(
    checkResult(both, [{ from_name: 'q', to_name: 't', type: 'paragraphlabels', value: marked }]),
  ).toEqual([]);
});

describe('the answers of a control', () => {
  const texts = '<Text name="t" value="$t"/><Text name="u" value="$u"/>';
  const codes = (tags: string, result: Json[]) =>
    checkResult(configOf(texts, tags), result).map(({ severity, code, path }) =>
      [severity, code, ...path].join(' '),
    );

  it('are kept for one of its objects only', () => {
    const tags = '<Rating name="r" toName="t,u"/>';
    const stars = (to_name: string) => ({ from_name: 'r', to_name, type: 'rating', value: { rating: 3 } });
    expect(codes(tags, [stars('u')])).toEqual([]);
    expect(codes(tags, [stars('t'), stars('u')])).toEqual(['warning answered-twice 1']);
  });

  it('may be many if it labels regions', () => {
    const tags = (more: string) => `<Taxonomy name="x" toName="t" ${more}><Choice value="A"/></Taxonomy>`;
    const spans = ['a', 'b'].map((id, start) => ({
      id,
      from_name: 'x',
      to_name: 't',
      type: 'taxonomy',
      value: { start, end: start + 1, taxonomy: [['A']] },
    }));
    expect(codes(tags('labeling="true"'), spans)).toEqual([]);
    expect(codes(tags(''), spans)).toEqual(['warning answered-twice 1']);
  });

  it.each(['<Rating name="r" toName="t" ', '<Number name="r" toName="t" ', '<DateTime name="r" toName="t" '])(
    'are required whatever visibleWhen says for %s…',
    (tag) => {
      const tags = `<Choices name="c" toName="t"><Choice value="A"/></Choices>${tag} required="true" visibleWhen="choice-selected" whenTagName="c"/>`;
      expect(codes(tags, [])).toEqual(['error required-missing']);
    },
  );

  it('are required for regions with a label that contains a comma', () => {
    const tags =
      '<Labels name="l" toName="t"><Label value="A, B"/><Label value="C" alias=""/></Labels><TextArea name="n" toName="t" perRegion="true" required="true" whenLabelValue="A, B"/>';
    const span = (label: string) => ({
      id: 'a',
      from_name: 'l',
      to_name: 't',
      type: 'labels',
      value: { start: 0, end: 1, labels: [label] },
    });
    expect(codes(tags, [span('A, B')])).toEqual(['error required-missing 0']);
    expect(codes(tags, [span('C')])).toEqual([]);
  });

  it('are required despite whenLabelValue if they aren’t about regions', () => {
    const tags = '<TextArea name="n" toName="t" required="true" whenLabelValue="A"/>';
    expect(codes(tags, [])).toEqual(['error required-missing']);
  });
});
