/* The generated texts for the benchmarks, with the expected result of each row. */

export const labels = ['Positive', 'Negative', 'Neutral', 'Mixed', 'Not sure'];
/** Not a label of the config: the value of a row with a mistake. */
export const wrongLabel = 'Positve';
const notes = [
  '',
  'checked twice',
  'seen by the night shift',
  'from the spring import',
  'please look again',
  'ok',
  'second opinion asked for',
  'low confidence',
  'same as its neighbour',
  'as agreed on the phone',
  'copied from the old project',
  'unclear wording',
];

/** A project that supports everything in the texts. */
export const labelConfig = `<View>
  <Text name="text" value="$text"/>
  <Image name="photo" value="$photo"/>
  <Choices name="label" toName="text">${labels.map((label) => `<Choice value="${label}"/>`).join('')}</Choices>
  <TextArea name="note" toName="text"/>
  <Number name="score" toName="text"/>
  <RectangleLabels name="box" toName="photo"><Label value="Sign"/><Label value="Face"/></RectangleLabels>
</View>`;

/** @typedef {{ task: number, label: string, note: string }} Row */
/** @typedef {'plain' | 'quoted' | 'distinct'} TableVariant */

/** @type {(index: number) => Row} */
export const plain = (index) => ({
  task: 10_000_000 + index,
  label: labels[(index * 7 + (index >> 3)) % labels.length] ?? '',
  note: notes[(index * 5 + (index >> 4)) % notes.length] ?? '',
});

/** The rows of each table. */
export const tableRows = {
  plain,
  /** @type {(index: number) => Row} */
  quoted: (index) => {
    const row = plain(index);
    return index % 3 === 0 ? row : { ...row, note: `${row.note}, and "${row.label}" is sure` };
  },
  /** @type {(index: number) => Row} */
  distinct: (index) => ({
    ...plain(index),
    note: `photo ${(index * 7919) % 1_000_003} of the ${index % 31}. day`,
  }),
};

/**
 * @param {TableVariant} variant
 * @param {number} rows
 * @param {ReadonlySet<number>} [mistakes]
 */
export function writeTable(variant, rows, mistakes = new Set()) {
  /** @type {(text: string) => string} */
  const cell = variant === 'quoted' ? (text) => `"${text.replaceAll('"', '""')}"` : (text) => text;
  return asFromFile(rows + 1, (line) => {
    if (line === 0) return 'task,label,note\n';
    const { task, label, note } = tableRows[variant](line - 1);
    return `${task},${cell(mistakes.has(line - 1) ? wrongLabel : label)},${cell(note)}\n`;
  });
}

/** @type {(label: string) => object} */
const choice = (label) => ({
  from_name: 'label',
  to_name: 'text',
  type: 'choices',
  value: { choices: [label] },
});

/** @type {(index: number) => object[]} */
const box = (index) => {
  const x = (index * 7919) % 90_000;
  return [
    {
      from_name: 'box',
      to_name: 'photo',
      type: 'rectanglelabels',
      original_width: 1920,
      original_height: 1080,
      image_rotation: 0,
      value: {
        x: x / 1000,
        y: ((index * 104_729) % 80_000) / 1000,
        width: 5 + (index % 5),
        height: 4.5,
        rotation: 0,
        rectanglelabels: [index % 3 === 0 ? 'Face' : 'Sign'],
      },
    },
    // A unique number for each request.
    { from_name: 'score', to_name: 'text', type: 'number', value: { number: index } },
  ];
};

/**
 * The kind of JSON text: five different results, all requests distinct, or task IDs of 18 digits.
 * @typedef {'repeated' | 'distinct' | 'long-ids'} JsonVariant
 */

/**
 * @param {JsonVariant} variant
 * @param {number} rows
 * @param {ReadonlySet<number>} [mistakes]
 */
export function writeJsonRows(variant, rows, mistakes = new Set()) {
  return asFromFile(rows, (index) => {
    const { task, label } = plain(index);
    const regions = [
      choice(mistakes.has(index) ? wrongLabel : label),
      ...(variant === 'distinct' ? box(index) : []),
    ];
    // Written as text, because a number of 18 digits would be rounded.
    const id = variant === 'long-ids' ? `1234567890${task}` : `${task}`;
    const request = `{"task": ${id}, "result": ${JSON.stringify(regions)}}`;
    return `${index === 0 ? '[\n' : ''}${request}${index === rows - 1 ? '\n]\n' : ',\n'}`;
  });
}

/**
 * Evenly spread rows including the last one.
 * @param {number} count
 * @param {number} rows
 */
export function spread(count, rows) {
  return new Set(Array.from({ length: count }, (_, index) => Math.ceil(((index + 1) * rows) / count) - 1));
}

/**
 * Builds a text through bytes, as if read from a file: a concatenated string is slower to read at first.
 * @param {number} lines
 * @param {(line: number) => string} lineAt
 */
export function asFromFile(lines, lineAt) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const pieces = [];
  let piece = '';
  for (let line = 0; line < lines; line += 1) {
    piece += lineAt(line);
    if (piece.length < 1_000_000 && line < lines - 1) continue;
    pieces.push(encoder.encode(piece));
    piece = '';
  }
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of pieces) {
    bytes.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(bytes);
}
