import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#wire/json/json.ts';
import { checkResult } from './check-result.ts';
import { configOf } from '#config/spec-config.ts';

/*
 * One valid region of every control tag, and the expected problem for each single mistake. Shapes are those of
 * https://labelstud.io/tags and of the export format.
 */

const objects = {
  text: '<Text name="text" value="$text"/>',
  image: '<Image name="image" value="$image"/>',
  audio: '<Audio name="audio" value="$audio"/>',
  video: '<Video name="video" value="$video"/>',
  page: '<HyperText name="page" value="$html"/>',
  talk: '<Paragraphs name="talk" value="$dialogue"/>',
  series: '<TimeSeries name="series" value="$csv"><Channel column="a"/></TimeSeries>',
  list: '<List name="list" value="$items"/>',
};
type ObjectName = keyof typeof objects;

const labels = '<Label value="Car"/><Label value="Person"/>';

/** A mask of 8 values, all 0, as `encode_rle` of the SDK writes it. */
const mask = [0, 0, 0, 8, 57, 27, 252, 224, 0];
const vertex = { id: 'v1', x: 25, y: 30, prevPointId: null, isBezier: false };
const frame = { frame: 1, enabled: true, rotation: 0, x: 10, y: 10, width: 20, height: 20, time: 0.04 };

/** Paths are dotted. A change of `undefined` removes the key. */
type Change = [change: Record<string, Json | undefined>, code: string, words?: string | RegExp];

interface Case {
  control: string;
  on: ObjectName | 'itself';
  type: string;
  value: JsonObject;
  more?: JsonObject;
  /** Other valid values. */
  valid?: Record<string, Json | undefined>[];
  wrong: Change[];
}

const outside: Change[] = [
  [{ 'value.x': 150 }, 'value-too-large', '150 is too large for “x”. Use a number from 0 to 100.'],
  [{ 'value.x': -1 }, 'value-too-small', '-1 is too small for “x”. Use a number from 0 to 100.'],
  [{ 'value.x': '30' }, 'value-number-in-quotes', '“x” must be a number without quotes. Use 30, not “30”.'],
  [{ 'value.y': undefined }, 'value-key-missing', '“y” is missing. Use a number from 0 to 100.'],
  [{ 'value.y': null }, 'value-not-a-number', 'null isn’t a number. Use a number from 0 to 100.'],
];

const labelled = (key: string): Change[] => [
  [{ [`value.${key}`]: ['Cart'] }, 'label-unknown', /^“Cart” isn’t a label in “c”\. Did you mean “Car”\?$/],
  [{ [`value.${key}`]: ['Tree'] }, 'label-unknown', 'Accepted: “Car” or “Person”.'],
  [{ [`value.${key}`]: 'Car' }, 'value-not-a-list', /must be a list such as \["Car"\], not text/],
  [{ [`value.${key}`]: [5] }, 'label-not-text', 'A label must be text in quotes, not 5.'],
  [{ [`value.${key}`]: undefined }, 'value-key-missing', `“${key}” is missing. Use a list such as ["Car"].`],
  [{ [`value.${key}`]: [] }, 'warning labels-empty', 'no label will be shown'],
  [
    { [`value.${key}`]: ['Car', 'Person'] },
    'warning labels-several',
    '“c” accepts one label, but there are 2.',
  ],
];

const box = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };
const boxes: Change[] = [
  ...outside,
  [{ 'value.width': -30 }, 'value-too-small'],
  [{ 'value.height': '40' }, 'value-number-in-quotes'],
  [{ 'value.width': 0 }, 'warning size-zero', 'With a width of 0, nothing is visible.'],
  [{ 'value.width': 130 }, 'value-too-large'],
  [
    { 'value.width': 130, 'value.rotation': 90 },
    'warning size-beyond-image',
    'A width of 130 is larger than the image. This only fits a rotated box on a tall image.',
  ],
  [{ 'value.height': 130, 'value.rotation': 180 }, 'value-too-large'],
  [{ 'value.width': 95 }, 'warning reaches-beyond-image', 'This extends to 105'],
  [{ 'value.rotation': 400 }, 'value-too-large'],
  [{ 'value.rotation': null }, 'value-null', 'Use 0, or leave it out.'],
  [{ 'value.rotation': -90 }, 'warning rotation-negative', 'Use 270, which is the same as -90.'],
  [{ 'value.heigth': 40 }, 'warning value-key-unknown', 'doesn’t use “heigth”.'],
];
const points = {
  points: [
    [10, 10],
    [90, 10],
    [50, 90],
  ],
  closed: true,
};
const polygons: Change[] = [
  [
    {
      'value.points': [
        [10, 10],
        [90, 10],
      ],
    },
    'polygon-too-few-points',
    'at least 3 points, but this one has 2',
  ],
  [
    { 'value.points.1': [90] },
    'point-not-a-pair',
    'A point must be a pair such as [10, 20], not a list of 1.',
  ],
  [{ 'value.points.1.0': 190 }, 'value-too-large'],
  [{ 'value.points.1.1': '10' }, 'value-number-in-quotes'],
  [{ 'value.points': undefined }, 'value-key-missing'],
  [{ 'value.closed': 'yes' }, 'value-not-true-or-false'],
  [{ 'value.closed': null }, 'value-null', 'Use true, or leave it out.'],
];
const round = { x: 50, y: 50, radiusX: 10, radiusY: 20, rotation: 0 };
const rounds: Change[] = [
  ...outside,
  [{ 'value.radiusX': 51 }, 'value-too-large', 'Use a number from 0 to 50.'],
  [{ 'value.radiusY': -1 }, 'value-too-small'],
  [{ 'value.radiusY': 0 }, 'warning size-zero'],
  [{ 'value.rotation': null }, 'value-null'],
];
const keypoint = { x: 50, y: 50, width: 0.5 };
const keypoints: Change[] = [
  ...outside,
  [{ 'value.width': undefined }, 'value-key-missing', '“width” is missing.'],
];
const rle = { format: 'rle', rle: mask };
const masks: Change[] = [
  [{ 'value.rle': mask.slice(0, 7) }, 'mask-unreadable', 'This mask can’t be decoded.'],
  [{ 'value.rle': [] }, 'mask-unreadable'],
  [{ 'value.rle.2': 256 }, 'mask-not-bytes', 'A mask can’t contain 256.'],
  [{ 'value.rle.2': -1 }, 'mask-not-bytes'],
  [{ 'value.rle': undefined }, 'value-key-missing'],
  [{ 'value.format': 'png' }, 'mask-format-unknown', 'The format of a mask must be “rle”, not “png”.'],
];
const bitmap = { imageDataURL: 'data:image/png;base64,iVBORw0KGgo=' };
const bitmaps: Change[] = [
  [{ 'value.imageDataURL': 'mask.png' }, 'mask-not-an-image', '“mask.png” isn’t an image data URL.'],
  [{ 'value.imageDataURL': undefined }, 'value-key-missing'],
  [{ 'value.imageDataURL': 5 }, 'value-not-text'],
];
const path = { vertices: [vertex, { ...vertex, id: 'v2', x: 75, prevPointId: 'v1' }], closed: false };
const paths: Change[] = [
  [{ 'value.vertices.0.x': '25' }, 'value-number-in-quotes'],
  [{ 'value.vertices.0.y': undefined }, 'value-key-missing'],
  [{ 'value.vertices.0.x': 130 }, 'warning point-outside', '130 is outside the image'],
  [{ 'value.vertices.0': 5 }, 'value-not-an-object'],
  [
    { 'value.vertices.1.prevPointId': 'v9' },
    'warning vertex-before-unknown',
    '“v9” isn’t the ID of a point here',
  ],
  [{ 'value.vertices': undefined }, 'value-key-missing'],
  [{ 'value.vertices': [] }, 'warning points-count', 'accepts at least 1 point, but there are 0'],
  [{ 'value.closed': 'no' }, 'value-not-true-or-false'],
  [{ 'value.closed': null }, 'value-null', 'Use false, or leave it out.'],
];
const keyframes = { framesCount: 100, duration: 4, sequence: [frame, { ...frame, frame: 30 }] };
const videos: Change[] = [
  [{ 'value.sequence': [] }, 'sequence-empty'],
  [{ 'value.sequence': undefined }, 'value-key-missing'],
  [{ 'value.sequence.1.frame': 1.5 }, 'value-not-whole'],
  [{ 'value.sequence.1.frame': undefined }, 'value-key-missing', '“frame” is missing.'],
  [{ 'value.sequence.1.frame': 1 }, 'warning frames-out-of-order', 'Frame 1 comes after frame 1.'],
  [{ 'value.sequence.0.enabled': 1 }, 'value-not-true-or-false'],
  [{ 'value.framesCount': '100' }, 'value-number-in-quotes'],
];
const span = { start: 0, end: 5, text: 'Hello' };
const spans: Change[] = [
  [{ 'value.start': 9 }, 'end-before-start', 'This ends at 5, before it starts at 9.'],
  [{ 'value.start': 5 }, 'warning span-empty'],
  [{ 'value.start': -1 }, 'value-too-small'],
  [{ 'value.end': '5' }, 'value-number-in-quotes'],
  [{ 'value.end': undefined }, 'value-key-missing'],
  [{ 'value.text': 5 }, 'value-not-text'],
  [{ 'value.text': null }, 'value-not-text', 'not null'],
  [{ 'value.text': ['Hello'] }, 'value-not-text'],
  [{ 'value.startOffset': 0 }, 'span-with-offsets', 'Use only “start” and “end”.'],
];

const cases: Case[] = [
  {
    control:
      '<Choices name="c" toName="text"><Choice value="Positive"/><Choice value="Negative"/><Choice value="Neither one" alias="none"/></Choices>',
    on: 'text',
    type: 'choices',
    value: { choices: ['Positive'] },
    valid: [{ 'value.choices': ['none'] }],
    wrong: [
      [
        { 'value.choices': ['Positve'] },
        'choice-unknown',
        '“Positve” isn’t a choice in “c”. Did you mean “Positive”?',
      ],
      [
        { 'value.choices': [' Positive'] },
        'choice-unknown',
        '“Positive” has a space at its start or end, so it isn’t a choice in “c”. Did you mean “Positive”?',
      ],
      [
        { 'value.choices': ['Posi\u200Btive'] },
        'choice-unknown',
        'has an invisible character, so it isn’t a choice in “c”. Did you mean “Positive”?',
      ],
      [{ 'value.choices': ['Whatever'] }, 'choice-unknown', 'Accepted: “Positive”, “Negative” or “none”.'],
      [
        { 'value.choices': ['Neither one'] },
        'choice-unknown',
        'results contain its alias. Did you mean “none”?',
      ],
      [
        { 'value.choices': ['Positive', 'Negative'] },
        'choices-several',
        '“c” accepts one choice, but there are 2. Keep one.',
      ],
      [
        { 'value.choices': 'Positive' },
        'value-not-a-list',
        '“choices” must be a list such as ["Positive"], not text.',
      ],
      [{ 'value.choices': [1] }, 'choice-not-text'],
      [{ 'value.choices': [['Positive']] }, 'choice-not-text'],
      [{ 'value.choices': [] }, 'warning choices-empty'],
      [{ 'value.choices': undefined }, 'value-key-missing'],
      [
        { 'value.choices': undefined, 'value.labels': ['Positive'] },
        'warning value-key-unknown',
        '<Choices> doesn’t use “labels”. Did you mean “choices”?',
      ],
      [
        { 'value.note': 'sure' },
        'warning value-key-unknown',
        '<Choices> doesn’t use “note”. Accepted: “choices”.',
      ],
      [{ value: { c: { choices: ['Positive'] } } }, 'value-nested', 'Put it directly in "value".'],
      [{ value: undefined }, 'region-value-missing'],
      [{ value: 'Positive' }, 'region-value-not-an-object'],
      [{ from_name: 'd' }, 'from-name-unknown', 'The config has no control named “d”.'],
      [{ from_name: undefined }, 'from-name-missing'],
      [{ from_name: 5 }, 'from-name-not-text'],
      [{ to_name: 'txet' }, 'to-name-unknown', 'The config has no object named “txet”. Did you mean “text”?'],
      [{ to_name: undefined }, 'to-name-missing', '“c” applies to “text”.'],
      [{ type: 'Choices' }, 'type-wrong', '“Choices” isn’t the type of “c”. Use “choices”.'],
      [{ type: 'rating' }, 'type-wrong'],
      [{ type: undefined }, 'type-missing'],
      [{ id: 5 }, 'region-id-not-text', 'such as "5"'],
      [{ id: 'a#b' }, 'warning region-id-cut'],
      [{ score: 'high' }, 'score-not-a-number'],
      [{ item_index: -1 }, 'item-index-not-whole'],
      [{ parentID: 'missing' }, 'warning parent-unknown'],
      [{ parentID: 5 }, 'parent-not-text', '“parentID” must be text in quotes, not 5.'],
      [{ origin: 'model' }, 'origin-unknown', 'Accepted: “manual”, “prediction” or “prediction-changed”.'],
      [{ origin: 'Manual' }, 'origin-unknown', 'Did you mean “manual”?'],
      [{ origin: null }, 'origin-unknown'],
      [{ 'value.text': null }, 'value-not-text'],
    ],
  },
  {
    control:
      '<Choices name="c" toName="text" choice="multiple"><Choice value="A"/><Choice value="B"/></Choices>',
    on: 'text',
    type: 'choices',
    value: { choices: ['A', 'B'] },
    wrong: [[{ 'value.choices': ['A', 'A'] }, 'warning choice-twice']],
  },
  {
    control:
      '<Choices name="c" toName="text" allowNested="true"><Choice value="Animal"><Choice value="Cat"/></Choice></Choices>',
    on: 'text',
    type: 'choices',
    value: { choices: [['Animal', 'Cat']] },
    valid: [{ 'value.choices': [['Animal']] }],
    wrong: [
      [{ 'value.choices': ['Animal', 'Cat'] }, 'path-not-a-list'],
      [{ 'value.choices': [['Animal; Cat']] }, 'choices-joined', 'in one text, which accepts one. Keep one.'],
      [
        { 'value.choices': [['Animal', 'Cow']] },
        'path-unknown',
        'There’s no “Cow” under “Animal”. Accepted: “Cat”.',
      ],
    ],
  },
  {
    control:
      '<Taxonomy name="c" toName="text" leafsOnly="true"><Choice value="Food"><Choice value="Fruit"><Choice value="Apple"/></Choice><Choice value="Bread"/></Choice><Choice value="Drink"/></Taxonomy>',
    on: 'text',
    type: 'taxonomy',
    value: { taxonomy: [['Food', 'Fruit', 'Apple'], ['Drink']] },
    wrong: [
      [
        { 'value.taxonomy': [['Food', 'Fruits', 'Apple']] },
        'path-unknown',
        'There’s no “Fruits” under “Food”. Did you mean “Food” → “Fruit” → “Apple”?',
      ],
      [{ 'value.taxonomy': [['Apple']] }, 'path-unknown', 'Did you mean “Food” → “Fruit” → “Apple”?'],
      [
        { 'value.taxonomy': [['Food/Fruit/Apple']] },
        'path-unknown',
        'Did you mean “Food” → “Fruit” → “Apple”?',
      ],
      [{ 'value.taxonomy': [['Fruit', 'Food', 'Apple']] }, 'path-unknown'],
      [
        { 'value.taxonomy': [['Food', 'Bread; Drink']] },
        'choices-joined',
        '“Food > Bread; Drink” joins several choices of “c” in one text. Did you mean “Food > Bread” and “Drink”?',
      ],
      [{ 'value.taxonomy': [['Food', 'Bred; Drunk']] }, 'path-unknown', 'Accepted: “Fruit” or “Bread”.'],
      [{ 'value.taxonomy': [['Drink', 'Tea']] }, 'path-unknown', 'There’s no “Tea” under “Drink”.'],
      [
        { 'value.taxonomy': [['Food']] },
        'path-not-to-a-leaf',
        '“c” only accepts entries on the lowest level. Go on from “Food” to “Fruit” or “Bread”.',
      ],
      [
        { 'value.taxonomy': ['Food', 'Fruit', 'Apple'] },
        'path-not-a-list',
        '“taxonomy” must be a list of paths',
      ],
      [{ 'value.taxonomy': [[]] }, 'path-not-a-list'],
      [{ 'value.taxonomy': [[1]] }, 'path-not-a-list'],
      [{ 'value.taxonomy': 'Food' }, 'value-not-a-list'],
      [{ 'value.taxonomy': undefined }, 'value-key-missing'],
    ],
  },
  {
    control: '<Rating name="c" toName="text" maxRating="4"/>',
    on: 'text',
    type: 'rating',
    value: { rating: 4 },
    valid: [{ 'value.rating': 0 }],
    wrong: [
      [
        { 'value.rating': '4' },
        'value-number-in-quotes',
        'The rating must be a number without quotes. Use 4, not “4”.',
      ],
      [
        { 'value.rating': 5 },
        'value-too-large',
        '5 is too large for the rating. Use a whole number from 0 to 4.',
      ],
      [{ 'value.rating': -1 }, 'value-too-small'],
      [{ 'value.rating': 2.5 }, 'value-not-whole', '2.5 isn’t a whole number.'],
      [{ 'value.rating': 'four' }, 'value-not-a-number'],
      [{ 'value.rating': '3/4' }, 'value-not-a-number', '“3/4” isn’t a number. Did you mean 3?'],
      [{ 'value.rating': '3 stars' }, 'value-not-a-number', 'Did you mean 3?'],
      [{ 'value.rating': '★★☆☆' }, 'value-not-a-number', 'Did you mean 2?'],
      [{ 'value.rating': '3/5' }, 'value-not-a-number', 'Use a whole number from 0 to 4.'],
      [{ 'value.rating': [4] }, 'value-not-a-number'],
      [
        { 'value.rating': undefined },
        'value-key-missing',
        'The rating is missing. Use a whole number from 0 to 4.',
      ],
    ],
  },
  {
    control: '<Number name="c" toName="text" min="10" max="20" step="0.5"/>',
    on: 'text',
    type: 'number',
    value: { number: 12.5 },
    valid: [{ 'value.number': 10 }, { 'value.number': 20 }],
    wrong: [
      [{ 'value.number': '12.5' }, 'value-number-in-quotes'],
      [
        { 'value.number': 9 },
        'value-too-small',
        '9 is too small for the number. Use a number from 10 to 20.',
      ],
      [{ 'value.number': 21 }, 'value-too-large'],
      [{ 'value.number': '12,5' }, 'value-not-a-number', '“12,5” isn’t a number. Did you mean 12.5?'],
      [{ 'value.number': '12,500' }, 'value-not-a-number', '“12,500” isn’t a number. Did you mean 12.5?'],
      [
        { 'value.number': '1,234' },
        'value-not-a-number',
        '“1,234” isn’t a number. It may mean 1234 or 1.234: write it without its mark, or with a decimal point.',
      ],
      [{ 'value.number': '12 pcs' }, 'value-not-a-number', 'Use a number from 10 to 20.'],
      [{ 'value.number': [] }, 'value-not-a-number', 'An empty list isn’t a number.'],
      [{ 'value.number': 12.2 }, 'warning number-between-steps', 'Use 12 or 12.5.'],
      [{ 'value.number': true }, 'value-not-a-number', 'true isn’t a number.'],
      [{ 'value.number': undefined }, 'value-key-missing'],
    ],
  },
  {
    control:
      '<DateTime name="c" toName="text" only="date" format="%d.%m.%Y" min="2020-01-01" max="2029-12-31"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '24.12.2026' },
    wrong: [
      [
        { 'value.datetime': '2026-12-24' },
        'date-unreadable',
        '“2026-12-24” doesn’t match the format of “c”. Use the format DD.MM.YYYY. Did you mean “24.12.2026”?',
      ],
      [{ 'value.datetime': '24.12.' }, 'date-unreadable'],
      [{ 'value.datetime': '30.02.2026' }, 'date-does-not-exist', '“30.02.2026” isn’t a real date or time.'],
      [{ 'value.datetime': '1.2.2026' }, 'warning date-written-otherwise'],
      [{ 'value.datetime': '1.2.26' }, 'date-unreadable', 'Did you mean “01.02.2026”?'],
      [{ 'value.datetime': '24.12.2019' }, 'date-too-early', '2019-12-24 is before 2020-01-01'],
      [{ 'value.datetime': '24.12.2030' }, 'date-too-late'],
      [{ 'value.datetime': 20261224 }, 'value-not-text'],
      [{ 'value.datetime': undefined }, 'value-key-missing', 'Use the format DD.MM.YYYY.'],
    ],
  },
  {
    control: '<DateTime name="c" toName="text" only="date"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '2026-10-02' },
    valid: [{ 'value.datetime': '1000-01-01' }],
    wrong: [
      [{ 'value.datetime': '26-10-02' }, 'date-ambiguous', 'Is it “2026-10-02” or “2002-10-26”?'],
      [
        { 'value.datetime': '02-10-26' },
        'date-ambiguous',
        'Is it “2002-10-26”, “2026-10-02” or “2026-02-10”?',
      ],
      [{ 'value.datetime': '99-10-31' }, 'date-unreadable', 'Did you mean “1999-10-31”?'],
      [{ 'value.datetime': '999-10-02' }, 'date-unreadable', 'Use the format YYYY-MM-DD.'],
      [
        { 'value.datetime': '0026-10-02' },
        'date-year-too-early',
        '“0026-10-02” is before the year 1000, and the editor can’t show such a date.',
      ],
    ],
  },
  {
    control: '<DateTime name="c" toName="text" only="year"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '2026-01-01' },
    wrong: [
      [{ 'value.datetime': '2026' }, 'date-unreadable', 'Did you mean “2026-01-01”?'],
      [{ 'value.datetime': '26' }, 'date-unreadable', 'Use the format YYYY-MM-DD.'],
    ],
  },
  {
    control: '<DateTime name="c" toName="text" only="month,year"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '2026-10-01' },
    wrong: [
      [{ 'value.datetime': '2026-10' }, 'date-unreadable', 'Did you mean “2026-10-01”?'],
      [{ 'value.datetime': '2026' }, 'date-unreadable', 'Use the format YYYY-MM-DD.'],
    ],
  },
  {
    control: '<DateTime name="c" toName="text"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '2026-12-24T18:30' },
    wrong: [
      [{ 'value.datetime': '2026-12-24T18:30:00Z' }, 'date-unreadable', 'Did you mean “2026-12-24T18:30”?'],
      [{ 'value.datetime': '2026-12-24' }, 'date-unreadable'],
      [{ 'value.datetime': '2026-12-24T24:00' }, 'date-does-not-exist'],
    ],
  },
  {
    control: '<DateTime name="c" toName="text" only="time" format="%I:%M %p"/>',
    on: 'text',
    type: 'datetime',
    value: { datetime: '18:30' },
    wrong: [
      [{ 'value.datetime': '06:30 PM' }, 'date-unreadable', 'Use the format HH:MM.'],
      [{ 'value.datetime': '25:00' }, 'date-does-not-exist'],
    ],
  },
  {
    control: '<TextArea name="c" toName="text" maxSubmissions="2"/>',
    on: 'text',
    type: 'textarea',
    value: { text: ['One', 'Two'] },
    wrong: [
      [{ 'value.text': 'One' }, 'warning text-not-in-a-list'],
      [
        { 'value.text': [5] },
        'value-not-text',
        '5 isn’t text, and the editor fails on it. Use text in quotes.',
      ],
      [{ 'value.text': [null] }, 'value-not-text'],
      [{ 'value.text': { a: 1 } }, 'value-not-a-list'],
      [
        { 'value.text': undefined, 'value.textarea': ['One'] },
        'warning value-key-unknown',
        'Did you mean “text”?',
      ],
      [
        { 'value.text': ['1', '2', '3'] },
        'warning texts-too-many',
        '“c” accepts at most 2 texts, but there are 3.',
      ],
      [{ 'value.text': undefined }, 'value-key-missing'],
    ],
  },
  {
    control: '<Pairwise name="c" toName="text,other"/><Text name="other" value="$other"/>',
    on: 'itself',
    type: 'pairwise',
    value: { selected: 'left' },
    valid: [{ 'value.selected': 'right' }],
    wrong: [
      [{ 'value.selected': 'Left' }, 'side-unknown', '“Left” isn’t a side. Did you mean “left”?'],
      [{ 'value.selected': 'both' }, 'side-unknown'],
      [{ 'value.selected': ['left'] }, 'value-not-text'],
      [{ 'value.selected': undefined }, 'value-key-missing'],
      [
        { to_name: 'text' },
        'warning to-name-not-its-own',
        'A Pairwise region points to its own control. Use “c”',
      ],
      [{ to_name: 'nothing' }, 'to-name-unknown'],
    ],
  },
  {
    control: '<Ranker name="c" toName="list"/>',
    on: 'list',
    type: 'ranker',
    value: { ranker: { c: ['b', 'a'] } },
    wrong: [
      [{ 'value.ranker': { best: ['b'] } }, 'ranker-list-unknown', '“best” isn’t a list in “c”'],
      [{ 'value.ranker': ['b', 'a'] }, 'value-not-an-object'],
      [{ 'value.ranker.c': 'b' }, 'value-not-a-list'],
      [{ 'value.ranker.c': [1] }, 'value-not-text'],
      [{ 'value.ranker.c': ['b', 'b'] }, 'warning ranker-item-twice'],
      [{ 'value.ranker': undefined }, 'value-key-missing'],
    ],
  },
  {
    control:
      '<Ranker name="c" toName="list"><Bucket name="good" title="Good"/><Bucket name="bad" title="Bad"/></Ranker>',
    on: 'list',
    type: 'ranker',
    value: { ranker: { good: ['a'], _: ['b'] } },
    wrong: [[{ 'value.ranker': { Good: ['a'] } }, 'ranker-list-unknown', 'Accepted: “good”, “bad” or “_”.']],
  },
  {
    control:
      '<Ranker name="c" toName="list"><Bucket name="new" default="true"/><Bucket name="bad"/></Ranker>',
    on: 'list',
    type: 'ranker',
    value: { ranker: { new: ['a'], bad: ['b'] } },
    wrong: [[{ 'value.ranker': { _: ['a'] } }, 'ranker-list-unknown', 'Accepted: “new” or “bad”.']],
  },
  {
    control: '<Rectangle name="c" toName="image"/>',
    on: 'image',
    type: 'rectangle',
    value: box,
    wrong: boxes,
  },
  {
    control: `<RectangleLabels name="c" toName="image">${labels}</RectangleLabels>`,
    on: 'image',
    type: 'rectanglelabels',
    value: { ...box, rectanglelabels: ['Car'] },
    more: { original_width: 600, original_height: 400, image_rotation: 0 },
    wrong: [...boxes, ...labelled('rectanglelabels')],
  },
  {
    control: '<Ellipse name="c" toName="image"/>',
    on: 'image',
    type: 'ellipse',
    value: round,
    wrong: rounds,
  },
  {
    control: `<EllipseLabels name="c" toName="image">${labels}</EllipseLabels>`,
    on: 'image',
    type: 'ellipselabels',
    value: { ...round, ellipselabels: ['Car'] },
    wrong: [...rounds, ...labelled('ellipselabels')],
  },
  {
    control: '<Polygon name="c" toName="image"/>',
    on: 'image',
    type: 'polygon',
    value: points,
    wrong: polygons,
  },
  {
    control: `<PolygonLabels name="c" toName="image">${labels}</PolygonLabels>`,
    on: 'image',
    type: 'polygonlabels',
    value: { ...points, polygonlabels: ['Car'] },
    wrong: [...polygons, ...labelled('polygonlabels')],
  },
  {
    control: '<KeyPoint name="c" toName="image"/>',
    on: 'image',
    type: 'keypoint',
    value: keypoint,
    wrong: keypoints,
  },
  {
    control: `<KeyPointLabels name="c" toName="image">${labels}</KeyPointLabels>`,
    on: 'image',
    type: 'keypointlabels',
    value: { ...keypoint, keypointlabels: ['Car'] },
    wrong: [...keypoints, ...labelled('keypointlabels')],
  },
  {
    control: '<Brush name="c" toName="image"/>',
    on: 'image',
    type: 'brush',
    value: rle,
    wrong: [
      ...masks,
      [{ 'value.format': undefined }, 'value-key-missing', '“format” is missing, so the editor won’t draw'],
    ],
  },
  {
    control: '<Magicwand name="c" toName="image"/>',
    on: 'image',
    type: 'magicwand',
    value: rle,
    wrong: masks,
  },
  {
    control: `<BrushLabels name="c" toName="image">${labels}</BrushLabels>`,
    on: 'image',
    type: 'brushlabels',
    value: { ...rle, brushlabels: ['Car'] },
    wrong: [...masks, ...labelled('brushlabels')],
  },
  {
    control: '<Bitmask name="c" toName="image"/>',
    on: 'image',
    type: 'bitmask',
    value: bitmap,
    wrong: bitmaps,
  },
  {
    control: `<BitmaskLabels name="c" toName="image">${labels}</BitmaskLabels>`,
    on: 'image',
    type: 'bitmasklabels',
    value: { ...bitmap, bitmasklabels: ['Car'] },
    wrong: [...bitmaps, ...labelled('bitmasklabels')],
  },
  {
    control: '<Vector name="c" toName="image"/>',
    on: 'image',
    type: 'vector',
    value: path,
    wrong: [
      ...paths,
      [{ 'value.closed': undefined }, 'value-key-missing', '“closed” is missing, so the editor won’t draw'],
    ],
  },
  {
    control: `<VectorLabels name="c" toName="image">${labels}</VectorLabels>`,
    on: 'image',
    type: 'vectorlabels',
    value: { ...path, vectorlabels: ['Car'] },
    wrong: [...paths, ...labelled('vectorlabels')],
  },
  {
    control: `<OcrLabels name="c" toName="image">${labels}</OcrLabels>`,
    on: 'image',
    type: 'ocrlabels',
    value: { ...box, ocrtext: 'Total', pageIndex: 0, ocrlabels: ['Car'] },
    wrong: [[{ 'value.pageIndex': -1 }, 'value-too-small'], ...labelled('ocrlabels')],
  },
  {
    control: `<Labels name="c" toName="text">${labels}</Labels>`,
    on: 'text',
    type: 'labels',
    value: { ...span, labels: ['Car'] },
    wrong: [...spans, [{ 'value.start': 1.5 }, 'value-not-whole'], ...labelled('labels')],
  },
  {
    control: `<Labels name="c" toName="audio">${labels}</Labels>`,
    on: 'audio',
    type: 'labels',
    value: { start: 0.5, end: 2.25, channel: 0, labels: ['Car'] },
    more: { original_length: 12.5 },
    valid: [{ 'value.channel': undefined }],
    wrong: [
      [{ 'value.channel': null }, 'value-null', 'The editor drops a region whose “channel” is null.'],
      [{ 'value.start': 3 }, 'end-before-start'],
      [{ 'value.channel': 'left' }, 'value-not-a-number'],
    ],
  },
  {
    control: `<Labels name="c" toName="image">${labels}</Labels><Rectangle name="shape" toName="image"/>`,
    on: 'image',
    type: 'labels',
    value: { ...box, labels: ['Car'] },
    wrong: [[{ id: 'alone' }, 'labels-without-region', 'Add that region with the same ID.']],
  },
  {
    control: `<HyperTextLabels name="c" toName="page">${labels}</HyperTextLabels>`,
    on: 'page',
    type: 'hypertextlabels',
    value: {
      start: '/p[1]/text()[1]',
      end: '/p[1]/text()[1]',
      startOffset: 0,
      endOffset: 5,
      globalOffsets: { start: 10, end: 15 },
      text: 'Hello',
      hypertextlabels: ['Car'],
    },
    // Without offsets, characters of the whole page.
    valid: [
      { 'value.start': 10, 'value.end': 15, 'value.startOffset': undefined, 'value.endOffset': undefined },
    ],
    wrong: [
      [
        { 'value.start': 15, 'value.end': 10, 'value.startOffset': undefined, 'value.endOffset': undefined },
        'end-before-start',
      ],
      [{ 'value.startOffset': undefined, 'value.endOffset': undefined }, 'value-key-missing'],
      [{ 'value.text': ['Hello'] }, 'value-not-text'],
      [{ 'value.start': 1 }, 'value-not-text', '“start” must be text in quotes, not 1. Use an XPath'],
      [{ 'value.startOffset': undefined }, 'value-key-missing', '“startOffset” is missing.'],
      [{ 'value.endOffset': -1 }, 'value-too-small'],
      [{ 'value.startOffset': 9 }, 'end-before-start'],
      [{ 'value.globalOffsets': { start: 15, end: 10 } }, 'end-before-start'],
      [{ 'value.globalOffsets': [1, 2] }, 'value-not-an-object'],
      ...labelled('hypertextlabels'),
    ],
  },
  {
    control: `<ParagraphLabels name="c" toName="talk">${labels}</ParagraphLabels>`,
    on: 'talk',
    type: 'paragraphlabels',
    value: { start: '0', end: '2', startOffset: 3, endOffset: 1, paragraphlabels: ['Car'] },
    wrong: [
      [{ 'value.start': 0 }, 'value-not-text', 'Use the number of a paragraph in quotes, such as "0".'],
      [
        { 'value.paragraphlabels': undefined, 'value.labels': ['Car'] },
        'warning value-key-unknown',
        '<ParagraphLabels> doesn’t use “labels”. Did you mean “paragraphlabels”?',
      ],
      [{ 'value.start': 'first' }, 'paragraph-not-a-number', '“first” isn’t a paragraph.'],
      [{ 'value.start': '3' }, 'end-before-start'],
      [{ 'value.end': '0' }, 'end-before-start'],
      [{ 'value.endOffset': undefined }, 'value-key-missing'],
      ...labelled('paragraphlabels'),
    ],
  },
  {
    control: `<TimeSeriesLabels name="c" toName="series">${labels}</TimeSeriesLabels>`,
    on: 'series',
    type: 'timeserieslabels',
    value: { start: 10, end: 20, instant: false, timeserieslabels: ['Car'] },
    valid: [
      { 'value.instant': undefined },
      { 'value.start': '2026-01-01', 'value.end': '2026-01-02' },
      { 'value.end': 10, 'value.instant': true },
    ],
    wrong: [
      [{ 'value.start': 30 }, 'end-before-start'],
      [{ 'value.start': null }, 'value-not-a-number'],
      [{ 'value.instant': 'no' }, 'value-not-true-or-false'],
      [{ 'value.instant': null }, 'value-null'],
      [{ 'value.instant': true }, 'warning instant-with-length'],
      [{ 'value.end': undefined }, 'value-key-missing'],
      ...labelled('timeserieslabels'),
    ],
  },
  {
    control: `<TimelineLabels name="c" toName="video">${labels}</TimelineLabels>`,
    on: 'video',
    type: 'timelinelabels',
    value: { ranges: [{ start: 3, end: 5 }], timelinelabels: ['Car'] },
    valid: [{ 'value.ranges.0.end': 3 }],
    wrong: [
      [{ 'value.ranges.0.start': 9 }, 'end-before-start'],
      [{ 'value.ranges.0.start': 1.5 }, 'value-not-whole'],
      [{ 'value.ranges.0.end': undefined }, 'value-key-missing'],
      [{ 'value.ranges': [] }, 'ranges-empty'],
      [{ 'value.ranges': [[3, 5]] }, 'value-not-an-object'],
      ...labelled('timelinelabels'),
    ],
  },
  {
    control: `<VideoRectangle name="c" toName="video"/><Labels name="l" toName="video">${labels}</Labels>`,
    on: 'video',
    type: 'videorectangle',
    value: { ...keyframes, labels: ['Car'] },
    valid: [
      { 'value.sequence.0.time': undefined },
      { 'value.labels': undefined },
      { 'value.sequence.0.rotation': -30 },
    ],
    wrong: [
      ...videos,
      [{ 'value.sequence.0.x': 150 }, 'value-too-large'],
      [{ 'value.sequence.0.width': '20' }, 'value-number-in-quotes'],
      [{ 'value.sequence.0.height': 130 }, 'value-too-large'],
      [
        { 'value.sequence.0.height': 130, 'value.sequence.0.rotation': -90 },
        'warning size-beyond-image',
        'on a wide image',
      ],
      [{ 'value.labels': ['Cart'] }, 'label-unknown', 'Did you mean “Car”?'],
    ],
  },
  {
    control: '<VideoVector name="c" toName="video"/>',
    on: 'video',
    type: 'videovector',
    value: {
      sequence: [
        { frame: 1, enabled: true, closed: false, vertices: [vertex] },
        { frame: 9, enabled: true, vertices: [vertex] },
      ],
      framesCount: 100,
    },
    wrong: [...videos, [{ 'value.sequence.0.vertices.0.x': null }, 'value-not-a-number']],
  },
  {
    control: `<VideoVectorLabels name="c" toName="video">${labels}</VideoVectorLabels>`,
    on: 'video',
    type: 'videovectorlabels',
    value: { sequence: [{ frame: 1, enabled: true, closed: true, vertices: [vertex] }], labels: ['Car'] },
    wrong: [[{ 'value.sequence.0.vertices': undefined }, 'value-key-missing'], ...labelled('labels')],
  },
  {
    control: '<Chat name="c" value="$chat"/>',
    on: 'itself',
    type: 'chatmessage',
    value: { chatmessage: { role: 'user', content: 'Hello', createdAt: 1757612212681 } },
    wrong: [
      [
        { 'value.chatmessage.role': 'robot' },
        'warning role-unknown',
        '“robot” isn’t a documented chat role.',
      ],
      [{ 'value.chatmessage.role': undefined }, 'value-key-missing'],
      [{ 'value.chatmessage.content': 5 }, 'value-not-text'],
      [{ 'value.chatmessage.createdAt': 'now' }, 'value-not-a-number'],
      [{ 'value.chatmessage': 'Hello' }, 'value-not-an-object'],
      [{ 'value.chatmessage': undefined }, 'value-key-missing'],
      [{ type: 'chat' }, 'type-wrong', 'Use “chatmessage”.'],
    ],
  },
  {
    control:
      '<ReactCode name="c" toName="c" data="$row"><![CDATA[ function App() { return 1 < 2 && 3; } ]]></ReactCode>',
    on: 'itself',
    type: 'reactcode',
    value: { reactcode: { index: 1, labels: { category: 'Food' } } },
    wrong: [
      [{ 'value.reactcode': undefined }, 'value-key-missing'],
      [{ 'value.reactcode': 5 }, 'warning value-not-an-object'],
    ],
  },
  {
    control:
      '<ReactCode name="c" toName="c" outputs="mood:choices(good, bad), tags:multichoices(urgent, later); score:number(0, 10) stars:rating(3)|notes"/>',
    on: 'itself',
    type: 'reactcode',
    value: { reactcode: { mood: 'good', tags: ['urgent'], score: 2.5, stars: 3, notes: '' } },
    valid: [{ 'value.reactcode': {} }, { 'value.reactcode': { other: 1 } }],
    wrong: [
      [{ 'value.reactcode.mood': 'fair' }, 'warning output-unknown', 'Accepted: “good” or “bad”.'],
      [{ 'value.reactcode.tags': ['never'] }, 'warning output-unknown'],
      [
        { 'value.reactcode.tags': 'urgent' },
        'warning output-of-another-type',
        '“tags” must be a list according to “outputs”',
      ],
      [
        { 'value.reactcode.score': 11 },
        'warning output-too-large',
        '11 is too large. The maximum in “outputs” is 10.',
      ],
      [{ 'value.reactcode.score': -1 }, 'warning output-too-small'],
      [{ 'value.reactcode.stars': 1.5 }, 'warning output-of-another-type', '“stars” must be a whole number'],
      [
        { 'value.reactcode.notes': 5 },
        'warning output-of-another-type',
        '“notes” must be text according to “outputs” in the config',
      ],
    ],
  },
  {
    control: `<ReactCode name="c" toName="c" outputs='{"type": "object", "required": ["who"], "properties": {"who": {"type": "string", "title": "Who"}, "where": {"type": "array", "items": {"type": "object", "properties": {"from": {"type": "integer", "minimum": 0}}, "required": ["from"]}}}}'/>`,
    on: 'itself',
    type: 'reactcode',
    value: { reactcode: { who: 'John', where: [{ from: 0 }] } },
    wrong: [
      [
        { 'value.reactcode.who': undefined },
        'warning output-missing',
        '“who” is missing. “outputs” in the config requires it.',
      ],
      [{ 'value.reactcode.where.0.from': undefined }, 'warning output-missing'],
      [{ 'value.reactcode.where.0.from': -1 }, 'warning output-too-small'],
      [{ 'value.reactcode.where.0': 'here' }, 'warning output-of-another-type', 'an object'],
    ],
  },
  {
    control: `<ReactCode name="c" toName="c" outputs='{"age": {"type": "integer"}, "sure": {"type": "boolean"}}'/>`,
    on: 'itself',
    type: 'reactcode',
    value: { reactcode: { age: 3, sure: true } },
    wrong: [
      [{ 'value.reactcode.age': 'three' }, 'warning output-of-another-type'],
      [{ 'value.reactcode.sure': 'yes' }, 'warning output-of-another-type', 'true or false'],
    ],
  },
  {
    control:
      '<Taxonomy name="c" toName="text" maxUsages="2"><Choice value="A"/><Choice value="B"/><Choice value="C"/></Taxonomy>',
    on: 'text',
    type: 'taxonomy',
    value: { taxonomy: [['A'], ['B']] },
    wrong: [
      [
        { 'value.taxonomy': [['A'], ['B'], ['C']] },
        'paths-too-many',
        '“c” accepts at most 2, but there are 3. The editor won’t submit more.',
      ],
    ],
  },
];

describe.each(cases)('$control', ({ control, on, type, value, more = {}, valid = [], wrong }) => {
  const config = configOf(control, on === 'itself' ? objects.text : objects[on]);
  const region: JsonObject = {
    id: 'r1',
    from_name: 'c',
    to_name: on === 'itself' ? 'c' : on,
    type,
    value,
    ...more,
  };
  /** A shape that the region labels, where the config has a control for one. */
  const shape: Json[] = config.controls.has('shape')
    ? [{ id: 'r1', from_name: 'shape', to_name: on, type: 'rectangle', value: box }]
    : [];
  const check = (one: Json) => checkResult(config, [one, ...shape]);

  it('accepts a region as documented', () => {
    expect(check(region)).toEqual([]);
  });

  it.each(valid)('accepts %j', (change) => {
    expect(check(changed(region, change))).toEqual([]);
  });

  it.each(wrong)('reports %j: %s', (change, expected, words) => {
    const problems = check(changed(region, change));
    const codes = problems.map(({ severity, code }) => (severity === 'error' ? code : `${severity} ${code}`));
    expect(codes).toContain(expected);
    const { message } = problems[codes.indexOf(expected)]!;
    if (words instanceof RegExp) expect(message).toMatch(words);
    else if (words !== undefined) expect(message).toContain(words);
    for (const problem of problems) expect(problem.path[0] ?? 0).toBe(0);
  });

  it('offers fixes that pass the check', () => {
    for (const [change] of wrong) {
      const broken = changed(region, change);
      for (const { code, fix, severity } of check(broken)) {
        if (fix === undefined) continue;
        const mended = check(put(broken, fix.path.slice(1), fix.value));
        expect(
          mended.filter((one) => one.code === code && one.severity === severity),
          JSON.stringify(change),
        ).toEqual([]);
      }
    }
  });
});

describe('labels with a number of usages', () => {
  const config = configOf(
    objects.text,
    '<Labels name="c" toName="text" maxUsages="2"><Label value="Car"/><Label value="Road" alias="r" maxUsages="1"/></Labels>',
    '<Labels name="free" toName="text"><Label value="Car"/><Label value="r"/></Labels>',
  );
  const spans = (name: string, ...marked: string[]): Json[] =>
    marked.map((label, start) => ({
      from_name: name,
      to_name: 'text',
      type: 'labels',
      value: { start, end: start + 1, labels: [label] },
    }));
  const codes = (result: Json[]) =>
    checkResult(config, result).map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);

  it('may be used up to the limit', () => {
    expect(
      codes([...spans('c', 'Car', 'r', 'Car'), ...spans('free', 'Car', 'Car', 'Car', 'r', 'r')]),
    ).toEqual([]);
  });

  it('are reported at each further use', () => {
    expect(codes(spans('c', 'Car', 'r', 'Car', 'Car', 'Car', 'r'))).toEqual([
      'warning label-used-too-often 3.value.labels.0',
      'warning label-used-too-often 5.value.labels.0',
    ]);
    expect(checkResult(config, spans('c', 'r', 'r'))[0]!.message).toBe(
      '“r” is used too often. Use it at most 1 time per annotation.',
    );
  });
});

it.each([
  [
    'a ReactCode',
    `<ReactCode name="c" toName="c" outputs='{"a": {"oneOf": [{"type": "string"}]}}'/>`,
    'c',
    { reactcode: { a: 1 } },
    'outputs-not-checked',
  ],
  [
    'a ReactCode',
    '<ReactCode name="c" toName="c" outputs="a:colour"/>',
    'c',
    { reactcode: { a: 1 } },
    'outputs-not-checked',
  ],
  [
    'a Choices',
    '<Choices name="c" toName="text" value="$options"/>',
    'text',
    { choices: ['x'] },
    'options-from-task',
  ],
  [
    'a Taxonomy',
    '<Taxonomy name="c" toName="text" apiUrl="https://a.example"/>',
    'text',
    { taxonomy: [['x']] },
    'options-from-task',
  ],
  [
    'Labels',
    '<Labels name="c" toName="text" value="$labels"/>',
    'text',
    { start: 0, end: 1, labels: ['x'] },
    'options-from-task',
  ],
])('reports the unchecked parts of %s', (_, control, to_name, value, code) => {
  const [type] = Object.keys(value).slice(-1);
  const problems = checkResult(configOf(objects.text, control), [
    { from_name: 'c', to_name, type: type!, value },
  ]);
  expect(problems).toMatchObject([{ severity: 'info', code }]);
});

function changed(region: JsonObject, change: Record<string, Json | undefined>): JsonObject {
  let result: Json = region;
  for (const [where, value] of Object.entries(change)) result = put(result, where.split('.'), value);
  return result as JsonObject;
}

function put(into: Json, [step, ...rest]: (string | number)[], value: Json | undefined): Json {
  if (step === undefined) return value!;
  if (Array.isArray(into))
    return into.map((item, index) => (index === Number(step) ? put(item, rest, value) : item));
  const copy: JsonObject = { ...(into as JsonObject) };
  const inner = rest.length === 0 ? value : put(copy[step] ?? {}, rest, value);
  if (inner === undefined) delete copy[step];
  else copy[step] = inner;
  return copy;
}
