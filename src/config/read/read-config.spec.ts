import { describe, expect, it } from 'vitest';
import { findControl } from '#config/find-control.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import { readConfig } from './read-config.ts';
import { configOf } from '#config/spec-config.ts';
import { limits } from '#wire/limits.ts';

const text = '<Text name="t" value="$t"/>';

describe('an unreadable config', () => {
  it.each([
    ['', 'config-empty', 1, 1],
    ['  \n', 'config-empty', 1, 1],
    ['<View>\n  <Text>\n</View>', 'config-not-xml', 3, 1],
    ['<View>&nbsp;</View>', 'config-not-xml', 1, 7],
    ['<View a="1" a="2"/>', 'config-not-xml', 1, 18],
    ['not xml', 'config-not-xml', 1, 1],
    ['<!DOCTYPE View [<!ENTITY a "b">]><View/>', 'config-declares-entities', 1, 1],
    ['<!-- x -->\n<!doctype html><View/>', 'config-declares-entities', 2, 1],
    ['<View><!ENTITY a "b"></View>', 'config-declares-entities', 1, 7],
    [`<View>${' '.repeat(limits.configUnits)}</View>`, 'config-too-long', 1, 1],
    ['<View>'.repeat(100_000), 'config-nested-too-deep', 1, 1],
    ['<!--'.repeat(5000), 'config-not-xml', 1, 7],
    [`<View>\n<Rating name="${'r'.repeat(1001)}" toName="t"/></View>`, 'config-name-too-long', 2, 1],
    [`<View><${'R'.repeat(1001)} name="r" toName="t"/></View>`, 'config-name-too-long', 1, 7],
    [
      `<Choices name="c" toName="t">\n  <Choice value="${'c'.repeat(10_001)}"/></Choices>`,
      'config-name-too-long',
      2,
      3,
    ],
    [
      `<Labels name="l" toName="t"><Label>${'l'.repeat(10_001)}</Label></Labels>`,
      'config-name-too-long',
      1,
      29,
    ],
  ])('is refused with its place (case %#)', (xml, code, line, column) => {
    expect(readConfig(xml)).toMatchObject({ ok: false, problem: { code, line, column } });
  });
});

it('names the limit of a label', () => {
  const xml = `<Choices name="c" toName="t"><Choice value="a" alias="${'c'.repeat(20_000)}"/></Choices>`;
  expect(readConfig(xml)).toMatchObject({
    problem: { message: 'This label has 20,000 characters. At most 10,000 characters can be read.' },
  });
});

describe('a readable config', () => {
  it('can have anything in comments and CSS', () => {
    const config = configOf(
      '<!-- {"text": "<Choices name=\'x\' toName=\'y\'>"} <!DOCTYPE x> -->',
      '<Style>.a > .b { content: "&lt;"; }</Style>',
      '<Style><![CDATA[ .a < .b && <!ENTITY> ]]></Style>',
      text,
      '<p>Hello <b>world</b></p>',
      '<Rating name="r" toName="t"/>',
    );
    expect([...config.controls.keys()]).toEqual(['r']);
  });

  it('reads tags and attributes in any case, but only exact “true” as true', () => {
    const config = configOf(
      text,
      '<rating NAME="r" toname="t" MAXRATING="7" Required="true"/>',
      '<CHOICES name="c" toName="t" required="True"/>',
    );
    expect(config.controls.get('r')).toMatchObject({
      tag: 'Rating',
      type: 'rating',
      toName: ['t'],
      required: true,
    });
    expect(config.controls.get('c')).toMatchObject({ tag: 'Choices', required: false });
  });

  it('reads labels from text, aliases and views', () => {
    const config = configOf(
      text,
      `<Labels name="l" toName="t"><View><Label value="A"/><Label>R&amp;D</Label></View>
        <Label value="Long name" alias="x"/><Label value="A"/><Label/></Labels>`,
    );
    expect(config.controls.get('l')!.options.map(({ result }) => result)).toEqual(['A', 'R&amp;D', 'x', 'A']);
  });

  it('fills in a missing toName with one object, and reports it with several', () => {
    expect(configOf(text, '<Rating name="r"/>').controls.get('r')!.toName).toEqual(['t']);
    const two = configOf(text, '<Image name="i" value="$i"/>', '<Rating name="r"/>');
    expect(two.problems).toMatchObject([{ code: 'to-name-missing' }]);
  });

  it('reports invalid names and their places', () => {
    const { problems } = configOf(
      text,
      '<Rating name="t" toName="t"/>',
      '<Rating name="r" toName="missing"/>',
    );
    expect(problems).toMatchObject([
      { code: 'name-twice', line: 2, column: 1 },
      { code: 'to-name-unknown', line: 3, column: 1 },
    ]);
  });

  it('lets tags that are their own object refer to themselves', () => {
    const config = configOf(
      '<Chat name="c" value="$c"/>',
      '<ReactCode name="x"/>',
      text,
      '<Pairwise name="p" toName="t,c"/>',
    );
    expect([...config.controls.values()].map(({ name, toName }) => `${name}: ${toName.join()}`)).toEqual([
      'c: c',
      'x: x',
      'p: p',
    ]);
  });

  it('recognises options that come from the task', () => {
    const config = configOf(
      text,
      '<Choices name="a" toName="t" value="$options"/>',
      '<Choices name="b" toName="t"><Choice value="$first"/></Choices>',
      '<Taxonomy name="c" toName="t" apiUrl="https://a.example/"/>',
      '<Choices name="d" toName="t"><Choice value="$5" alias="five"/></Choices>',
      '<TextArea name="e" toName="t" value="$draft"/>',
      '<Choices name="f" toName="t"><Choice value="Player $name"/></Choices>',
      '<Choices name="g" toName="t"><Choice value="Under US$5"/></Choices>',
    );
    expect(
      [...config.controls.values()].filter((one) => one.optionsFromTask).map(({ name }) => name),
    ).toEqual(['a', 'b', 'c', 'f']);
  });

  it('finds repeated controls by number', () => {
    const config = configOf(
      '<Repeater on="$p"><Text name="t_{{idx}}" value="$p"/><Rating name="r_{{idx}}" toName="t_{{idx}}"/></Repeater>',
    );
    expect(findControl(config, 'r_12')).toMatchObject({ name: 'r_12', toName: ['t_12'] });
    expect(findControl(config, 'r_x')).toBeUndefined();
    expect(findControl(config, 'r_')).toBeUndefined();
  });
});

it('reports controls that the bulk endpoint isn’t documented for', () => {
  const config = configOf(
    text,
    '<Choices name="plain" toName="t"><Choice value="A"/></Choices>',
    '<Choices name="each" toName="t" perRegion="true"/>',
    '<Rating name="item" toName="t" perItem="true"/>',
    '<Choices name="task" toName="t" value="$options"/>',
    '<Labels name="spans" toName="t"/>',
  );
  const reasons = [...config.controls.values()].map(
    (control) => [control.name, bulkUnsupportedReason(control)] as const,
  );
  expect(reasons).toEqual([
    ['plain', undefined],
    ['each', 'is answered for each region (perRegion)'],
    ['item', 'is answered for each item (perItem)'],
    ['task', 'takes its options from each task'],
    ['spans', 'is a <Labels>'],
  ]);
});
