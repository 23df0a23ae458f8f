import { expect, it } from 'vitest';
import { spelledId } from './spelled-id.ts';

it.each([
  ['1001.0', 1001],
  ['1001,00', 1001],
  ['1,001', 1001],
  ['1.001', 1001],
  ['1 001', 1001],
  ['1 234 567', 1_234_567],
  ['1’001', 1001],
  ['#1001', 1001],
  ['# 1001', 1001],
  ['Task 1001', 1001],
  ['task_id: 1001', 1001],
  ['TASK-1001', 1001],
  ["'1001", 1001],
  ['="1001"', 1001],
  ['=1001', 1001],
  ['“1001”', 1001],
  ['"1001"', 1001],
  ['\u200B1001', 1001],
  ['1001\uFEFF', 1001],
  ['１００１', 1001],
  ['0001001', 1001],
  ['https://labels.example.com/projects/3/data?tab=5&task=1001', 1001],
  ['http://localhost:8080/tasks/1001', 1001],
  ['/api/tasks/1001/', 1001],
  ['1.005e3', 1005],
  ['1,005E+03', 1005],
])('reads %s', (text, id) => {
  expect(spelledId(text)).toBe(id);
});

it.each([
  ['1001', 'is plain'],
  ['1.5', 'isn’t a whole number'],
  ['1,5', 'isn’t a whole number'],
  ['1,0010', 'has no thousands'],
  ['1,234.567', 'has two kinds of marks'],
  ['1.23E+15', 'has lost digits'],
  ['1e3', 'may have lost digits'],
  ['1.0015e3', 'isn’t a whole number'],
  ['a.jpg', 'has no ID'],
  ['IMG_0001', 'is a name'],
  ['-12', 'is negative'],
  ['0', 'is zero'],
  ['9007199254740993', 'is too large'],
  ['https://labels.example.com/projects/3', 'names no task'],
  ['https://labels.example.com/projects/3/data?task=1001x', 'has more after its ID'],
  ['12, 13', 'has two IDs'],
  ['', 'is empty'],
])('doesn’t guess %s, which %s', (text) => {
  expect(spelledId(text)).toBeUndefined();
});
