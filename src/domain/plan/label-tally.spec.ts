import { describe, expect, it } from 'vitest';
import type { Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { LabelTally, labelsIn, sharesOf } from './label-tally.ts';

const region = (type: string, value: Json, name = 'control') => ({
  from_name: name,
  to_name: 'item',
  type,
  value: { [type === 'pairwise' ? 'selected' : type]: value },
});

describe('the labels of a result', () => {
  it.each<[string, Json, string[]]>([
    ['choices', ['Good', 'Cheap'], ['Good', 'Cheap']],
    ['rectanglelabels', ['Car'], ['Car']],
    ['taxonomy', [['Animal', 'Cat'], ['Plant']], ['Animal › Cat', 'Plant']],
    ['rating', 4, ['4 stars']],
    ['rating', 1, ['1 star']],
    ['pairwise', 'left', ['left']],
  ])('are read from %s %j', (type, value, labels) => {
    const [found] = labelsIn([region(type, value)]);
    expect(found).toMatchObject({ control: 'control', type });
    expect([...found!.labels]).toEqual(labels);
  });

  it.each<[string, Json]>([
    ['a text', [{ ...region('textarea', 0), value: { text: ['Good'] } }]],
    ['a number', [region('number', 4)]],
    ['no list', 'x'],
    ['a region without value', [{ from_name: 'a', type: 'choices' }]],
  ])('are not in %s', (_, result) => {
    expect(labelsIn(result)).toEqual([]);
  });

  it('count once per annotation, however many regions have them', () => {
    const tally = new LabelTally();
    tally.add([region('rectanglelabels', ['Car']), region('rectanglelabels', ['Car'])], 3);
    tally.add([]);
    expect(sharesOf(tally, undefined)).toMatchObject({
      batch: 4,
      controls: [{ labels: [{ label: 'Car', batch: 3 }] }],
    });
  });
});

describe('shares', () => {
  it('are shown for the most used labels; the others are counted', () => {
    const [batch, there] = [new LabelTally(), new LabelTally()];
    for (let label = 0; label < 30; label += 1) batch.add([region('choices', [`c${label}`])], label + 1);
    there.add([region('choices', ['elsewhere'])]);
    const [control] = sharesOf(batch, there).controls;
    expect(control!.labels).toHaveLength(limits.sharedLabels);
    expect(control!.labels[0]).toEqual({ label: 'c29', batch: 30, existing: 0 });
    expect(control!.moreLabels).toBe(31 - limits.sharedLabels);
  });

  it('are shown for the first controls; the others are counted', () => {
    const batch = new LabelTally();
    for (let control = 0; control < 9; control += 1)
      batch.add([region('choices', ['x'], `control ${control}`)]);
    const shares = sharesOf(batch, undefined);
    expect(shares.controls).toHaveLength(limits.sharedControls);
    expect(shares.moreControls).toBe(9 - limits.sharedControls);
  });

  it('of a rating are sorted from many stars to few', () => {
    const batch = new LabelTally();
    for (const stars of [1, 5, 3, 3]) batch.add([region('rating', stars)]);
    const [control] = sharesOf(batch, undefined).controls;
    expect(control!.labels.map(({ label }) => label)).toEqual(['5 stars', '3 stars', '1 star']);
  });
});
