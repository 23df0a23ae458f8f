import { expect, it } from 'vitest';
import type { Option } from '#config/label-config.ts';
import { closestPath, joinedPaths } from './paths.ts';

const option = (value: string, ...children: Option[]): Option => ({
  value,
  result: value,
  attributes: {},
  children,
});
const tree = [
  option('Premises', option('Energy'), option('Waste, water')),
  option('Office', option('Cloud'), option('Supplies')),
  option('Travel'),
];
const cloud = ['Office', 'Cloud'];
const energy = ['Premises', 'Energy'];

it.each([
  ['Premises > Energy; Office > Cloud', [energy, cloud]],
  ['Premises > Energy, Office > Cloud', [energy, cloud]],
  ['Premises>Energy|Office>Cloud', [energy, cloud]],
  ['premises > energy; OFFICE > cloud', [energy, cloud]],
  ['Premises/Energy; Office/Cloud; Travel', [energy, cloud, ['Travel']]],
  ['Energy, Cloud', [energy, cloud]],
  ['Premises > Waste, water, Office > Cloud', [['Premises', 'Waste, water'], cloud]],
  ['Premises > Energy; Office > Clod', [energy, ['Office', 'Clod']]],
  ['Premises > Enrgy; Office > Clod', undefined],
  ['Premises > Energy;', undefined],
  ['Premises > Energy', undefined],
])('splits %j into paths', (text, paths) => {
  expect(joinedPaths(text, tree)).toEqual(paths);
});

it.each([
  [['Premises', 'Enrgy'], energy],
  [['Cloud'], cloud],
  [['Premises', 'Cloud'], undefined],
  [['Premises', 'Energy; Office', 'Cloud'], undefined],
  [['Premises', 'Energy', 'Cloud'], undefined],
])('reads %j as the closest path that drops none of its steps', (steps, path) => {
  expect(closestPath(steps, tree)).toEqual(path);
});
