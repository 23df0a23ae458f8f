import { expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { parse } from '#domain/parse/parse.ts';
import { profileColumn } from './column-profile.ts';

const read = readConfig(`<View><Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Rating name="stars" toName="text"/></View>`);
if (!read.ok) throw new Error(read.problem.message);
const { config } = read;

const profile = (text: string, column: number) =>
  profileColumn(parse(SourceText.of(text)).grid!.records, column, { config });

it('counts the values of a column and the rows that fit each control', () => {
  const text = 'task,mood,stars\n1,Positive,5\n2,Positive,4\n3,negative,\n4,,5\n5,???,5\n';
  expect(profile(text, 1)).toEqual({
    rows: 5,
    filled: 4,
    distinct: 3,
    values: [
      { text: 'Positive', rows: 2 },
      { text: 'negative', rows: 1 },
      { text: '???', rows: 1 },
    ],
    fits: [
      { target: 'control:mood', rows: 3 },
      { target: 'control:stars', rows: 0 },
    ],
  });
  expect(profile(text, 2).fits[0]).toEqual({ target: 'control:stars', rows: 4 });
});

it('profiles skipped columns, too', () => {
  const { values, filled } = profile('task,mood,remark\n1,Positive,late\n2,Positive,\n', 2);
  expect({ values, filled }).toEqual({ values: [{ text: 'late', rows: 1 }], filled: 1 });
});
