import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import type { TaskMatching } from '#domain/match/comparison.ts';
import { check } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { valuesOf } from '#domain/spec-texts.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { maskOf } from '#domain/preview/mask.ts';
import { bundleOf } from '#domain/text/files/bundle.ts';
import { SourceText } from '#domain/text/source-text.ts';

const street = configWith(
  '<Image name="street" value="$image"/>',
  '<RectangleLabels name="box" toName="street"><Label value="Sign"/><Label value="Vehicle"/></RectangleLabels>',
  '<PolygonLabels name="shape" toName="street"><Label value="Sign"/><Label value="Vehicle"/></PolygonLabels>',
);
const news = configWith(
  '<Text name="sentence" value="$text"/>',
  '<Labels name="entity" toName="sentence"><Label value="ORG"/><Label value="PER"/></Labels>',
  '<Choices name="tone" toName="sentence" choice="multiple"><Choice value="Positive"/><Choice value="Negative"/></Choices>',
);
const tasks = new TaskTable();
tasks.add([
  { id: 71, data: { image: '/data/upload/5/87e6fbad-a.jpg', text: 'EU rejects 🙂 German call' } },
  { id: 72, data: { image: 's3://x/b.png', text: 'good' } },
]);
const byFile: TaskMatching = { field: 'image', compare: 'file-stem', ignoresCase: true };
const byText: TaskMatching = { field: 'text', compare: 'value', ignoresCase: false };

function read(text: string | SourceText, config: typeof street, settings: ImportSettings = {}) {
  const source = typeof text === 'string' ? SourceText.of(text) : text;
  const known = () => ({ config, isForBulk: false });
  const { parsed, checked } = check(source, known, settings, () => ({ tasks, title: 'Mine' }));
  return {
    format: checked.format,
    entries: valuesOf(parsed.entries),
    problems: checked.problems.map(
      ({ code, severity, from, to }) => `${severity} ${code}: ${String(source).slice(from, to)}`,
    ),
    messages: checked.problems.map(({ message }) => message),
    checked,
    parsed,
  };
}

const coco = (more: object = {}) =>
  JSON.stringify({
    images: [
      { id: 1, file_name: 'a.jpg', width: 640, height: 480 },
      { id: 2, file_name: 'b.jpg', width: 100, height: 50 },
      { id: 3, file_name: 'c.jpg', width: 100, height: 50 },
    ],
    categories: [
      { id: 1, name: 'Sign' },
      { id: 7, name: 'Vehicle' },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [64, 48, 32, 24], segmentation: [], iscrowd: 0 },
      { id: 2, image_id: 2, category_id: 7, bbox: [10, 5, 20, 10], segmentation: [[10, 5, 30, 5, 30, 15]] },
    ],
    ...more,
  });

describe('COCO', () => {
  it('reads boxes and polygons in percent, for tasks with the same file names', () => {
    const { format, entries, problems } = read(coco(), street, { matching: byFile });
    expect(format).toBe('coco');
    const place = { to_name: 'street', original_width: 640, original_height: 480 };
    expect(entries).toMatchObject([
      {
        task: 71,
        result: [
          {
            ...place,
            from_name: 'box',
            value: { x: 10, y: 10, width: 5, height: 5, rotation: 0, rectanglelabels: ['Sign'] },
          },
        ],
      },
      {
        task: 72,
        result: [
          { from_name: 'box', value: { x: 10, y: 10, width: 20, height: 20, rectanglelabels: ['Vehicle'] } },
          {
            from_name: 'shape',
            value: {
              points: [
                [10, 10],
                [30, 10],
                [30, 30],
              ],
              closed: true,
              polygonlabels: ['Vehicle'],
            },
          },
        ],
      },
    ]);
    expect(problems).toEqual(['info images-without-annotations: {']);
  });

  it('asks for task matching until it is chosen', () => {
    const { entries, messages } = read(coco(), street);
    expect(entries).toEqual([]);
    expect(messages).toContain(
      'COCO files name images, not tasks. Choose the project and match tasks by file name.',
    );
  });

  it('has problems at their place', () => {
    const annotations = [
      { id: 1, image_id: 9, category_id: 1, bbox: [1, 1, 1, 1] },
      { id: 2, image_id: 1, category_id: 8, bbox: [1, 1, 1, 1] },
      { id: 3, image_id: 2, category_id: 1, bbox: [90, 5, 20, 10] },
    ];
    const { problems } = read(coco({ annotations }), street, { matching: byFile });
    expect(problems).toEqual(
      expect.arrayContaining([
        'error coco-image-unknown: 9',
        'error coco-category-unknown: 8',
        'warning reaches-beyond-image: [',
      ]),
    );
  });

  it('is an error without annotations', () => {
    expect(read(coco({ annotations: [] }), street).messages[0]).toBe(
      'This COCO file has no labels to import.',
    );
  });

  it('needs the size of an image', () => {
    const images = [
      { id: 1, file_name: 'a.jpg' },
      { id: 2, file_name: 'b.jpg', width: 100, height: 50 },
    ];
    expect(read(coco({ images }), street, { matching: byFile }).problems).toContain(
      'error coco-size-missing: {',
    );
  });

  it('maps its class names like any labels, and offers no fix in the file', () => {
    const categories = [
      { id: 1, name: 'Sgin' },
      { id: 7, name: 'Vehicle' },
    ];
    const text = coco({ categories });
    const { checked } = read(text, street, { matching: byFile });
    expect(checked.problems.find(({ code }) => code === 'label-unknown')).not.toHaveProperty('fix');
    const values = { box: { Sgin: 'Sign' } };
    expect(read(text, street, { matching: byFile, values }).checked).toMatchObject({ errors: 0, rows: 2 });
  });

  describe('masks', () => {
    const cells = configWith(
      '<Image name="street" value="$image"/>',
      '<BrushLabels name="mask" toName="street"><Label value="Sign"/><Label value="Vehicle"/></BrushLabels>',
    );
    /**
     * From `pycocotools.mask.encode`: rows 10 to 29 and columns 20 to 39 without rows 15 to 17 of columns 25 to 29, and
     * the last pixel.
     */
    const packed = 'bo0d0n000000000AUO7k0IUO7k0IUO7k0IUO7k0IUO7k08000000000000000000]m2]O';
    const runs = [1010, ...Array.from({ length: 39 }, (_, index) => (index % 2 === 0 ? 20 : 30))];
    const isInside = (row: number, column: number) =>
      (row >= 10 &&
        row < 30 &&
        column >= 20 &&
        column < 40 &&
        !(row >= 15 && row < 18 && column >= 25 && column < 30)) ||
      (row === 49 && column === 99);
    const withMask = (counts: unknown, size = [50, 100]) =>
      coco({ annotations: [{ id: 1, image_id: 2, category_id: 7, segmentation: { counts, size } }] });
    const maskIn = (text: string) => {
      const { entries, checked } = read(text, cells, { matching: byFile });
      expect(checked.errors).toBe(0);
      const [region] = (entries[0] as { result: JsonObject[] }).result;
      const mask = maskOf(region!, region!['value'] as JsonObject)!;
      return Array.from({ length: mask.height }, (_, row) => [
        ...mask.alpha.subarray(row * mask.width, (row + 1) * mask.width),
      ]);
    };
    const rows = (inside: (row: number, column: number) => boolean) =>
      Array.from({ length: 50 }, (_, row) =>
        Array.from({ length: 100 }, (_column, column) => (inside(row, column) ? 255 : 0)),
      );

    it('become brush masks, pixel by pixel', () => {
      expect(maskIn(withMask(packed))).toEqual(rows(isInside));
      const rest = 5000 - runs.reduce((sum, run) => sum + run, 0);
      expect(maskIn(withMask([...runs, rest]))).toEqual(
        rows((row, column) => row >= 10 && row < 30 && column >= 20 && column < 40),
      );
    });

    it.each([
      ['another size than its image', withMask(packed, [50, 99]), 'must be that of its image, [50, 100]'],
      ['counts of fewer pixels', withMask([10, 20]), 'must add up to the pixels'],
      ['text that isn’t an encoding', withMask('a b'), 'must add up to the pixels'],
    ])('are refused with %s', (_, text, words) => {
      const { problems, messages } = read(text, cells, { matching: byFile });
      expect(problems.map((one) => one.split(':')[0])).toContain('error coco-mask-invalid');
      expect(messages.join('\n')).toContain(words);
    });
  });

  it('reads key points by name, without unlabelled ones', () => {
    const people = configWith(
      '<Image name="street" value="$image"/>',
      '<KeyPointLabels name="joint" toName="street"><Label value="nose"/><Label value="tail"/><Label value="Vehicle"/></KeyPointLabels>',
    );
    const annotation = { id: 1, image_id: 2, category_id: 1, keypoints: [10, 5, 2, 0, 0, 0, 50, 25, 1] };
    const named = coco({
      categories: [{ id: 1, name: 'Vehicle', keypoints: ['nose', 'ear', 'tail'], skeleton: [[1, 2]] }],
      annotations: [annotation],
    });
    const { entries, problems } = read(named, people, { matching: byFile });
    expect(entries).toMatchObject([
      {
        task: 72,
        result: [
          { from_name: 'joint', type: 'keypointlabels', value: { x: 10, y: 10, keypointlabels: ['nose'] } },
          { value: { x: 50, y: 50, width: 0.5, keypointlabels: ['tail'] } },
        ],
      },
    ]);
    expect(problems).toEqual(['info images-without-annotations: {']);
  });

  it('names an unused column if the project can’t draw such regions', () => {
    const annotations = [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 1, 1], keypoints: [1, 1, 2] }];
    const { checked } = read(coco({ annotations }), street, { matching: byFile });
    expect(checked.reading?.ignored).toEqual(['points']);
  });
});

describe('YOLO', () => {
  const labels = {
    name: 'labels/a.txt',
    text: SourceText.of('0 0.5 0.5 0.2 0.1\n1 0.1 0.1 0.3 0.1 0.3 0.3\n'),
  };
  const classes = { name: 'classes.txt', text: SourceText.of('Sign\nVehicle\n') };

  it('reads boxes and polygons of several files', () => {
    const files = [classes, labels, { name: 'labels/c.txt', text: SourceText.of('') }];
    const { format, entries, problems } = read(bundleOf(files), street, { matching: byFile });
    expect(format).toBe('yolo');
    expect(entries).toMatchObject([
      {
        task: 71,
        result: [
          { from_name: 'box', value: { x: 40, y: 45, width: 20, height: 10, rectanglelabels: ['Sign'] } },
          {
            from_name: 'shape',
            value: {
              points: [
                [10, 10],
                [30, 10],
                [30, 30],
              ],
              polygonlabels: ['Vehicle'],
            },
          },
        ],
      },
    ]);
    expect(problems).toEqual(['info images-without-annotations: =']);
  });

  it('reads four corners of a rotated box as a polygon, and counts confidences', () => {
    const corners = '0.5 0.1 0.7 0.2 0.6 0.4 0.4 0.3';
    const rotated = { name: 'a.txt', text: SourceText.of(`0 ${corners}\n1 ${corners} 0.9\n`) };
    const { entries, problems } = read(bundleOf([classes, rotated]), street, { matching: byFile });
    const points = [
      [50, 10],
      [70, 20],
      [60, 40],
      [40, 30],
    ];
    expect(entries).toMatchObject([
      {
        result: [
          { from_name: 'shape', value: { points, polygonlabels: ['Sign'] } },
          { from_name: 'shape', value: { points, polygonlabels: ['Vehicle'] } },
        ],
      },
    ]);
    expect(problems).toEqual(['info confidences-not-imported: =', 'info rotated-boxes-as-polygons: =']);
  });

  it.each([
    ['names: [Sign, "Vehicle"]'],
    ['nc: 2\nnames:\n  0: Sign\n  1: Vehicle\n'],
    ["names:\n- Sign\n- 'Vehicle'\nnc: 2"],
  ])('has its class names in a data.yaml: %j', (yaml) => {
    const files = [{ name: 'data.yaml', text: SourceText.of(yaml) }, labels];
    expect(read(bundleOf(files), street, { matching: byFile }).checked).toMatchObject({ errors: 0, rows: 1 });
  });

  it('is recognised without classes, and says what is missing', () => {
    const { format, messages } = read('0 0.512 0.433 0.120 0.210\n1 0.212 0.333 0.050 0.110\n', street);
    expect(format).toBe('yolo');
    expect(messages).toEqual([
      'This is a YOLO label file. Drop it together with classes.txt: its own name says which image it is for.',
    ]);
  });

  it('reports wrong lines at their place', () => {
    const wrong = {
      name: 'b.txt',
      text: SourceText.of('0 0.5 0.5 0.2 0.1\n9 0.5 0.5 0.2 0.1\n0 0.5 x 0.2 0.1\n0 0.9 0.5 0.4 0.1\n'),
    };
    const { problems } = read(bundleOf([classes, wrong]), street, { matching: byFile });
    expect(problems).toEqual([
      'error yolo-class-unknown: 9 0.5 0.5 0.2 0.1',
      'error yolo-line-invalid: 0 0.5 x 0.2 0.1',
      'warning reaches-beyond-image: 0 0.9 0.5 0.4 0.1',
    ]);
  });
});

describe('doccano and Prodigy', () => {
  const span = { start: 11, end: 12, text: '🙂', labels: ['ORG'] };

  it.each([
    ['doccano', '{"id": 3, "text": "EU rejects 🙂 German call", "label": [[11, 12, "ORG"]], "Comments": []}'],
    [
      'doccano',
      '{"id": 3, "text": "EU rejects 🙂 German call", "entities": [{"id": 1, "label": "ORG", "start_offset": 11, "end_offset": 12}], "relations": []}',
    ],
    ['doccano', '{"text": "EU rejects 🙂 German call", "entities": [[11, 12, "ORG"]]}'],
    [
      'prodigy',
      '{"text": "EU rejects 🙂 German call", "_input_hash": 1, "_task_hash": 2, "spans": [{"start": 11, "end": 12, "label": "ORG"}], "answer": "accept"}',
    ],
    ['doccano', '[{"id": 3, "text": "EU rejects 🙂 German call", "label": [[11, 12, "ORG"]]}]'],
  ])('have spans that count code points: %s', (tool, text) => {
    const { format, entries, problems } = read(text, news, { matching: byText });
    expect([format, problems]).toEqual([tool, []]);
    expect(entries).toMatchObject([
      { task: 71, result: [{ from_name: 'entity', to_name: 'sentence', value: span }] },
    ]);
  });

  it('have labels of the whole text', () => {
    for (const text of [
      '{"id": 1001, "text": "good", "label": ["Positive", "Negative"], "Comments": []}',
      '{"text": "good", "_input_hash": 1, "_task_hash": 2, "options": [], "accept": ["Positive", "Negative"], "answer": "accept"}',
    ])
      expect(read(text, news, { matching: byText }).entries).toMatchObject([
        { task: 72, result: [{ from_name: 'tone', value: { choices: ['Positive', 'Negative'] } }] },
      ]);
  });

  it('have their own IDs, which are never used as task IDs', () => {
    const text =
      '{"id": 1001, "text": "good", "label": ["Positive"], "Comments": []}\n{"id": 1002, "text": "bad", "label": ["Negative"], "Comments": []}\n';
    const { entries, messages } = read(text, news);
    expect(entries).toEqual([]);
    expect(messages).toEqual([
      'doccano files name texts, not tasks. Choose the project and match tasks by their text.',
    ]);
  });

  it('have problems at their place, and list what isn’t imported', () => {
    const text = [
      '{"text": "good", "_input_hash": 1, "_task_hash": 2, "spans": [{"start": 0, "end": 4, "label": "ORGA"}], "answer": "accept"}',
      '{"text": "x", "_input_hash": 1, "_task_hash": 2, "spans": [], "answer": "reject"}',
    ].join('\n');
    expect(read(text, news, { matching: byText }).problems).toEqual([
      'info answers-not-accepted: {',
      'error label-unknown: "ORGA"',
    ]);
  });
});

it('one broken line doesn’t affect how others are read', () => {
  const doccano = '{"text": "good", "label": ["Positive"], "Comments": []}\n{"text": "EU\n';
  const { format, checked } = read(doccano, news, { matching: byText });
  expect(format).toBe('doccano');
  expect(checked).toMatchObject({ rows: 1, refused: 1, sourceErrors: 0 });
  const records = read(
    '{"task": 71, "tone": "Positive"}\n{"task": 2, "tone": "Pos\n{"task": 72, "tone": "Negative"}\n',
    news,
  );
  expect(records.format).toBe('records');
  expect(records.checked).toMatchObject({ rows: 2, refused: 1, sourceErrors: 0 });
});

it('an image among texts of Prodigy is an error', () => {
  const text =
    '{"text": "good", "_input_hash": 1, "_task_hash": 2, "label": "Positive", "answer": "accept"}\n{"image": "a.jpg", "_input_hash": 3, "_task_hash": 4, "spans": [], "answer": "accept"}\n';
  expect(read(text, news).messages).toContain('This example has no text. Open images in a separate file.');
});

describe('unsupported formats are named', () => {
  it.each([
    ['Pascal VOC', '<?xml version="1.0"?>\n<annotation><folder>x</folder></annotation>'],
    ['CVAT', '<annotations><version>1.1</version></annotations>'],
    ['labelling config', '<View><Text name="t" value="$t"/></View>'],
    ['web page', '<!DOCTYPE html><html></html>'],
    ['Markdown code block', '```json\n[{"task": 1, "result": []}]\n```'],
    ['Markdown table', '| task | tone |\n|------|:----:|\n| 1 | Positive |\n'],
    ['CoNLL', 'EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n\nPeter B-PER\n'],
    ['inside “results”', '{"count": 1, "results": [{"task": 1, "tone": "Positive"}]}'],
    ['columns', '{"task": {"0": 1, "1": 2}, "tone": {"0": "Positive", "1": "Negative"}}'],
    ['columns', '{"task": [1, 2], "tone": ["Positive", "Negative"]}'],
    ['columns', '{"columns": ["task", "tone"], "index": [0], "data": [[1, "Positive"]]}'],
    ['YAML', '- task: 1\n  tone: Positive\n'],
    ['web page', '<table><tr><td>1</td></tr></table>'],
    ['LabelMe', '{"version": "5.0", "shapes": [], "imagePath": "a.jpg", "imageData": null}'],
    ['spaCy', '[["EU rejects", {"entities": [[0, 2, "ORG"]]}]]'],
    ['COCO results', '[{"image_id": 1, "category_id": 2, "bbox": [1, 2, 3, 4], "score": 0.5}]'],
    ['VGG Image Annotator', '{"_via_settings": {}, "_via_img_metadata": {}}'],
  ])('%s', (name, text) => {
    const { format, problems, messages } = read(text, street);
    expect(format).toBe('unreadable');
    expect(problems.map((one) => one.split(':')[0])).toEqual(['error format-not-supported']);
    expect(messages[0]).toContain(name);
    expect(messages[0]).not.toContain('elete');
  });

  it.each([['task|tone\n1|Positive\n'], ['task\ttone\n1\tO\n'], ['1001 2 3 4 5\n'], ['token tag\nEU O\n']])(
    'a table isn’t one of them: %j',
    (text) => {
      expect(read(text, news).checked.problems.map(({ code }) => code)).not.toContain('format-not-supported');
    },
  );
});

describe('images of Prodigy', () => {
  const example = (spans: object[], more: object = {}) =>
    JSON.stringify({
      image: 'a.jpg',
      width: 640,
      height: 480,
      spans,
      answer: 'accept',
      _input_hash: 1,
      _task_hash: 2,
      ...more,
    });
  const rect = { type: 'rect', label: 'Sign', x: 64, y: 48, width: 32, height: 24 };
  const corners = [
    [64, 48],
    [64, 72],
    [96, 72],
    [96, 48],
  ];
  const value = { x: 10, y: 10, width: 5, height: 5, rotation: 0, rectanglelabels: ['Sign'] };

  it('have boxes and polygons in percent, for tasks with the same file names', () => {
    const points = [
      [64, 48],
      [128, 48],
      [64, 96],
    ];
    const text = [
      example([rect, { type: 'polygon', label: 'Vehicle', points }]),
      example([{ label: 'Sign', points: corners }], {
        image: 'data:image/jpeg;base64,/9j/',
        path: 'x/b.png',
      }),
      example([{ type: 'freehand', label: 'Sign', points }], {
        image: 'data:image/jpeg;base64,/9j/',
        text: 'b',
        meta: { file: 'b.png' },
      }),
      example([], { image: 'b.png' }),
      example([rect], { answer: 'reject' }),
    ].join('\n');
    const { format, entries, problems } = read(text, street, { matching: byFile });
    expect(format).toBe('prodigy');
    const percents = [
      [10, 10],
      [20, 10],
      [10, 20],
    ];
    const shape = { from_name: 'shape', to_name: 'street', original_width: 640, original_height: 480 };
    expect(entries).toMatchObject([
      {
        task: 71,
        result: [
          { from_name: 'box', to_name: 'street', original_width: 640, original_height: 480, value },
          { ...shape, value: { points: percents, closed: true, polygonlabels: ['Vehicle'] } },
        ],
      },
      { task: 72, result: [{ from_name: 'box', value }] },
      { task: 72, result: [{ ...shape, value: { points: percents, polygonlabels: ['Sign'] } }] },
    ]);
    expect(problems).toEqual([
      'info images-without-annotations: {',
      'info answers-not-accepted: {',
      'warning task-again-with-other-result: "b.png"',
    ]);
  });

  it('have labels of the whole image', () => {
    const photos = configWith(
      '<Image name="street" value="$image"/>',
      '<Choices name="light" toName="street"><Choice value="Day"/><Choice value="Night"/></Choices>',
    );
    const text = [
      example([], { label: 'Day' }),
      example([], { image: 'b.png', options: [], accept: ['Night'] }),
    ].join('\n');
    expect(read(text, photos, { matching: byFile }).entries).toMatchObject([
      { task: 71, result: [{ from_name: 'light', value: { choices: ['Day'] } }] },
      { task: 72, result: [{ from_name: 'light', value: { choices: ['Night'] } }] },
    ]);
  });

  it('keep a rotated box of older versions as a polygon', () => {
    const crooked = [[64, 50], ...corners.slice(1)];
    const { entries } = read(example([{ label: 'Sign', points: crooked }]), street, { matching: byFile });
    expect(entries).toMatchObject([{ result: [{ from_name: 'shape' }] }]);
  });

  it.each([
    [{ width: undefined }, [rect], 'error image-size-missing: {'],
    [{}, [{ type: 'rect', label: 'Sign', points: [[1, 2]] }], 'error span-without-place: {'],
    [
      { image: 'data:image/jpeg;base64,/9j/' },
      [rect],
      'error image-without-name: "data:image/jpeg;base64,/9j/"',
    ],
  ])('with an error (%j) don’t affect others', (more, spans, problem) => {
    const text = `${example(spans, more)}\n${example([rect], { image: 'b.png' })}\n`;
    const { problems, entries, checked } = read(text, street, { matching: byFile });
    expect(problems).toContain(problem);
    expect(entries.at(1)).toMatchObject({ task: 72, result: [{ value }] });
    expect(checked).toMatchObject({ rows: 1, sourceErrors: 0 });
  });

  it('ask to match tasks by file name', () => {
    expect(read(example([rect]), street).messages).toContain(
      'Prodigy files name images, not tasks. Choose the project and match tasks by file name.',
    );
  });
});
