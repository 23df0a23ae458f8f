import { expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import type { Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { lineOfHtml, textOfHtml } from './html-text.ts';
import { previewOf } from './preview.ts';

const read = readConfig(`<View>
  <Image name="photo" value="$image"/>
  <Text name="review" value="$text"/>
  <RectangleLabels name="box" toName="photo"><Label value="Car" background="#1d6b4f"/><Label value="Sign"/></RectangleLabels>
  <BrushLabels name="brush" toName="photo"><Label value="Road" background="url(https://evil.example)"/></BrushLabels>
  <PolygonLabels name="polygon" toName="photo"><Label value="Roof"/></PolygonLabels>
  <Labels name="entity" toName="review"><Label value="Person"/></Labels>
  <Choices name="mood" toName="review" choice="multiple"><Choice value="Good"/><Choice value="Bad"/></Choices>
  <Rating name="stars" toName="review"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const { config } = read;

const region = (from_name: string, to_name: string, type: string, value: Json, more: object = {}) => ({
  from_name,
  to_name,
  type,
  value,
  ...more,
});
const box = (x: number, label = 'Car') =>
  region('box', 'photo', 'rectanglelabels', { x, y: 20, width: 30, height: 40, rectanglelabels: [label] });
const data = { image: '/data/upload/1/a.jpg', text: 'Hi 😀 Ann!' };

it('draws boxes in the label’s colour, and gives their place', () => {
  const { images, regions } = previewOf([box(10)], config, data);
  expect(images).toMatchObject([
    {
      url: '/data/upload/1/a.jpg',
      shapes: [{ region: 1, shape: { kind: 'box', x: 10, y: 20, width: 30, height: 40, rotation: 0 } }],
    },
  ]);
  expect(regions).toEqual([
    { number: 1, labels: ['Car'], color: '#1d6b4f', ink: 'white', place: 'x 10, y 20, w 30, h 40' },
  ]);
});

it('marks spans by code points, but not after the end of the text', () => {
  const span = (start: number, end: number) =>
    region('entity', 'review', 'labels', { start, end, text: 'Ann', labels: ['Person'] });
  const { texts, regions } = previewOf([span(5, 8), span(5, 99)], config, data);
  const [text] = texts;
  expect(text!.spans.map(({ from, to }) => data.text.slice(from, to))).toEqual(['Ann']);
  expect(regions.map(({ place }) => place)).toEqual(['“Ann”', '“Ann”']);
});

it('shows HTML as text, with spans whose text is at their offsets or occurs once', () => {
  const page = readConfig(`<View>
    <HyperText name="page" value="$html"/>
    <HyperTextLabels name="mark" toName="page"><Label value="Claim"/></HyperTextLabels>
  </View>`);
  if (!page.ok) throw new Error(page.problem.message);
  const html =
    '<!-- x --><style>p { color: red }</style><p class="a>b">Tea &amp; cake &#128512;<br>Tea again</p><script>alert(1)';
  const shown = 'Tea & cake 😀\nTea again';
  const mark = (text: string, offsets?: [number, number]) =>
    region('mark', 'page', 'hypertextlabels', {
      start: '/p[1]/text()[1]',
      end: '/p[1]/text()[1]',
      startOffset: 0,
      endOffset: 3,
      text,
      hypertextlabels: ['Claim'],
      ...(offsets && { globalOffsets: { start: offsets[0], end: offsets[1] } }),
    });
  const at = shown.lastIndexOf('Tea');
  const marks = [mark('Tea', [at, at + 3]), mark('cake', [0, 4]), mark('Tea'), mark('coffee')];
  const { texts, regions } = previewOf(marks, page.config, { html });
  expect(texts).toMatchObject([{ text: shown, isHtml: true }]);
  expect(
    texts[0]!.spans.map(({ region: number, from, to }) => [number, from, shown.slice(from, to)]),
  ).toEqual([
    [1, at, 'Tea'],
    [2, shown.indexOf('cake'), 'cake'],
  ]);
  expect(regions.map(({ place }) => place)).toEqual(['“Tea”', '“cake”', '“Tea”', '“coffee”']);
});

it('shows a line for each block of HTML, and marks spans there', () => {
  const page = readConfig(`<View>
    <HyperText name="page" value="$html"/>
    <HyperTextLabels name="mark" toName="page"><Label value="Claim"/></HyperTextLabels>
  </View>`);
  if (!page.ok) throw new Error(page.problem.message);
  const html = `<div>
    <h1>Home  remedies</h1>
    <ul><li>Tea <b>and</b> cake</li><li>Tea</li></ul><table><tr><td>Cups</td><td>3</td></tr></table>
    <pre>a
  b</pre>
  </div>`;
  const shown = 'Home remedies\nTea and cake\nTea\nCups\t3\na\n  b';
  const plain = html.replaceAll(/<[^>]*>/g, '');
  const mark = (text: string, at?: number) =>
    region('mark', 'page', 'hypertextlabels', {
      text,
      hypertextlabels: ['Claim'],
      ...(at !== undefined && { globalOffsets: { start: at, end: at + text.length } }),
    });
  const marks = [
    mark('Home  remedies'),
    mark('and cake'),
    mark('Tea', plain.lastIndexOf('Tea')),
    mark('cake\n\nTea'),
  ];
  const [text] = previewOf(marks, page.config, { html }).texts;
  expect(text!.text).toBe(shown);
  expect(text!.spans.map(({ from, to }) => shown.slice(from, to))).toEqual([
    'Home remedies',
    'and cake',
    'Tea',
    'cake\nTea',
  ]);
  expect(text!.spans[2]!.from).toBe(shown.lastIndexOf('Tea'));
});

it.each([
  ['<p>Tea<br>and  cake</p>\n<p>for&nbsp;two</p>', 'Tea and cake for two'],
  ['<style>p { color: red }</style><script>let a = "<p>";</script><td>1</td><td>2</td>', '1 2'],
  ['<b>un</b>usual <a title="a > b">link</a>', 'unusual link'],
  ['<p> </p><!-- nothing -->', ''],
])('gives the text of a page on one line: %j', (html, line) => {
  expect(lineOfHtml(html, 100)).toBe(line);
});

it('reads no more of a page than a line needs', () => {
  expect(lineOfHtml('<p>word</p>'.repeat(1_000_000), 6)).toBe('word word');
});

it.each(['<a "', '<!--', '<script', `<a '"`, '<', '<br ', '&#', '<p a=">'])(
  'reads many %j quickly',
  (part) => {
    // A preview may have this many; a regular expression that backtracks takes minutes.
    expect(textOfHtml(part.repeat(25_000)).shown.length).toBeLessThan(110_000);
    expect(lineOfHtml(part.repeat(1_000_000), 100).length).toBeLessThan(20_001);
  },
);

it('lists answers about the task', () => {
  const result = [
    region('mood', 'review', 'choices', { choices: ['Good', 'Bad'] }),
    region('stars', 'review', 'rating', { rating: 4 }),
  ];
  expect(previewOf(result, config, undefined).answers).toEqual([
    { control: 'mood', tag: 'Choices', values: ['Good', 'Bad'] },
    { control: 'stars', tag: 'Rating', values: ['4'], stars: 5 },
  ]);
});

it('decodes a mask from the SDK, and accepts only colours from a config', () => {
  // `mask2rle` of label_studio_sdk 2.1.2, for a mask of three pixels in 4 × 3.
  const rle = [0, 0, 0, 48, 57, 27, 254, 19, 0, 159, 254, 248, 4, 127, 224];
  const size = { original_width: 4, original_height: 3 };
  const brush = region('brush', 'photo', 'brushlabels', { format: 'rle', rle, brushlabels: ['Road'] }, size);
  const { images, regions } = previewOf([brush], config, data);
  expect([...images[0]!.masks[0]!.mask.alpha]).toEqual([0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255]);
  expect(regions[0]).toMatchObject({ place: 'mask of 4 × 3', color: '#2f6fd0' });
  const broken = { ...brush, value: { format: 'rle', rle: rle.slice(0, 9) } };
  expect(previewOf([broken], config, data).images[0]!.masks).toEqual([]);
});

it('counts what exceeds its limits, and accepts any result', () => {
  const many = Array.from({ length: limits.previewRegions + 7 }, () => box(1));
  const { regions, moreRegions } = previewOf(many, config, data);
  expect([regions.length, moreRegions]).toEqual([limits.previewRegions, 7]);
  const odd: Json[] = [
    null,
    7,
    {},
    region('box', 'photo', 'rectanglelabels', null),
    region('polygon', 'photo', 'polygonlabels', { points: [[1], 'x', [3, 4]] }),
    region('nothing', 'photo', 'x', {}),
    region('mood', 'review', 'choices', { choices: 'Good' }),
  ];
  expect(() => previewOf(odd, config, { image: 5, text: null })).not.toThrow();
  expect(previewOf(odd, config, data).images[0]!.shapes).toMatchObject([{ shape: { points: [[3, 4]] } }]);
  expect(previewOf('nonsense', config, data).regions).toEqual([]);
});

it('counts regions that it can’t draw, so that the annotation doesn’t look empty', () => {
  const result = [region('color', 'photo', 'choices', { choices: ['Red'] }), 5, box(10)];
  expect(previewOf(result, config, data)).toMatchObject({ unknownRegions: 2, regions: [{ number: 1 }] });
});

it('shows what annotators see if results contain an alias', () => {
  const aliased = readConfig(`<View><Text name="t" value="$text"/>
    <Choices name="mood" toName="t"><Choice value="Very good" alias="good"/></Choices>
    <Taxonomy name="kind" toName="t"><Choice value="Animal" alias="a"><Choice value="Cat" alias="c"/></Choice></Taxonomy>
    <Labels name="entity" toName="t"><Label value="Person" alias="PER"/></Labels></View>`);
  if (!aliased.ok) throw new Error(aliased.problem.message);
  const result = [
    region('mood', 't', 'choices', { choices: ['good', 'other'] }),
    region('kind', 't', 'taxonomy', { taxonomy: [['a', 'c']] }),
    region('entity', 't', 'labels', { start: 0, end: 2, labels: ['PER'] }),
  ];
  const { answers, regions } = previewOf(result, aliased.config, data);
  expect(answers.map(({ values }) => values)).toEqual([['Very good', 'other'], ['Animal > Cat']]);
  expect(regions.map(({ labels }) => labels)).toEqual([['Person']]);
});
