import { expect, it } from 'vitest';
import { hotkeys, hotkeysOf } from './hotkeys.ts';
import { configOf } from '#config/spec-config.ts';

const text = '<Text name="t" value="$t"/>';

/** The keys of all controls with options. */
function keysOf(...tags: string[]): Record<string, string> {
  const written = [...hotkeys(configOf(text, ...tags))].filter(([, keys]) => keys.length > 0);
  return Object.fromEntries(written.map(([name, keys]) => [name, keys.map((key) => key ?? '-').join(' ')]));
}

function choices(name: string, count: number, attributes = ''): string {
  const each = Array.from({ length: count }, (_, index) => `<Choice value="${name}${index}"/>`);
  return `<Choices name="${name}" toName="t" ${attributes}>${each.join('')}</Choices>`;
}

it('assigns keys in the editor’s order through all controls, until none is left', () => {
  expect(keysOf(choices('a', 11), choices('b', 23))).toEqual({
    a: '1 2 3 4 5 6 7 8 9 0 q',
    b: 'w e t a s d f g z x c v b y i o p j k l n m -',
  });
});

it('assigns keys from the config first', () => {
  const given =
    '<Choices name="b" toName="t"><Choice value="x" hotkey="2"/><Choice value="y" hotkey="ctrl+Q"/><Choice value="z"/><Choice value="n" hotkey="W"/></Choices>';
  expect(keysOf(choices('a', 2), given)).toEqual({ a: '1 3', b: '2 ctrl+Q 4 W' });
  expect(keysOf(choices('a', 12), given)['a']).toBe('1 3 4 5 6 7 8 9 0 q e t');
});

it.each([
  ['a label', '<Labels name="l" toName="t"><Label value="A"/></Labels>', '2 3'],
  ['the empty label too', '<Labels name="l" toName="t" allowEmpty="true"><Label value="A"/></Labels>', '3 4'],
  ['an empty label', '<Labels name="l" toName="t" allowEmpty="true"><Label/></Labels>', '2 3'],
  ['a rating', '<Rating name="r" toName="t"/>', '2 3'],
  ['a rating with a key', '<Rating name="r" toName="t" hotkey="1"/>', '2 3'],
  ['a number', '<Number name="n" toName="t"/>', '2 3'],
  ['a shortcut', '<TextArea name="x" toName="t"><Shortcut value="uh"/></TextArea>', '2 3'],
  ['a time series', '<TimeSeries name="s" value="$s"/>', '2 3'],
  ['a filter', '<Filter name="f" toName="a"/>', '2 3'],
  ['a date', '<DateTime name="d" toName="t"/>', '1 2'],
  ['a text', '<TextArea name="x" toName="t"/>', '1 2'],
  ['a taxonomy', '<Taxonomy name="x" toName="t"><Choice value="A" hotkey="1"/></Taxonomy>', '1 2'],
  ['an audio', '<Audio name="s" value="$s"/>', '1 2'],
  ['an audio with a key', '<Audio name="s" value="$s" hotkey="1"/>', '2 3'],
])('knows whether %s uses up a key', (_, before, expected) => {
  expect(keysOf(before, choices('a', 2))['a']).toBe(expected);
});

it('assigns keys to nested choices in document order', () => {
  const config = configOf(
    text,
    `<Choices name="a" toName="t" allowNested="true">
      <Choice value="A"><Choice value="A1"/><Choice value="A2"/></Choice>
      <View><Choice value="B"/></View>
    </Choices>`,
  );
  expect(hotkeys(config).get('a')).toEqual(['1', '4']);
  expect(hotkeysOf(config, config.controls.get('a')!.options[0]!.children)).toEqual(['2', '3']);
});

it('assigns no key if it depends on the task or on chance', () => {
  const fromTask = choices('b', 2, 'value="$options"');
  const withKey = '<Choices name="c" toName="t"><Choice value="x"/><Choice value="y" hotkey="q"/></Choices>';
  expect(keysOf(choices('a', 1), fromTask, withKey)).toEqual({ a: '1', b: '2 3', c: '- q' });
  expect(keysOf(choices('a', 2, 'randomize="true"'), withKey)).toEqual({ a: '- -', c: '3 q' });
  const repeated = `<Repeater on="$p">${choices('b', 1)}</Repeater>`;
  expect(keysOf(choices('a', 1), repeated, withKey)).toEqual({ a: '1', b: '-', c: '- q' });
});
