import { describe, expect, it } from 'vitest';
import { projectToPickFrom } from './project-to-pick-from.ts';

const known = { connected: true, own: '', isUnreadable: false, chosen: 4 };

describe('the project to pick tasks from', () => {
  it('is the request’s own project, else the batch’s', () => {
    expect(projectToPickFrom({ ...known, own: ' 7 ' })).toEqual({ project: 7 });
    expect(projectToPickFrom(known)).toEqual({ project: 4 });
  });

  it.each([
    ['not signed in', { connected: false }, 'Connect'],
    ['no project is known', { chosen: undefined }, 'Choose a project'],
    ['the request’s project is not a number', { own: 'Reviews' }, 'Fix'],
    ['its project is not a whole number above 0', { own: '0' }, 'Fix'],
    ['the text says something odd there', { isUnreadable: true }, 'Fix'],
  ])('is missing if %s', (_, less, why) => {
    expect(projectToPickFrom({ ...known, ...less })).toEqual({
      whyNot: expect.stringContaining(why) as string,
    });
  });
});
