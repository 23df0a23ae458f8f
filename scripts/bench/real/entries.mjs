/* Entries for texts of real shapes, each with its expected result. */
import { entities, labels, signs, taxonomyPaths, wrongLabel } from './configs.mjs';
import { sentence } from './writing.mjs';

/**
 * @typedef {import('./writing.mjs').Random} Random
 * @typedef {import('./writing.mjs').Written} Written
 * @typedef {{ request: object, written: Written }} Made
 * @typedef {{ from: number, to: number }} Pair
 */

/** Ascending with gaps. */
export const taskAt = (/** @type {number} */ index) => 4_200_000 + index * 3 + ((index >> 3) % 3);

/** @type {(random: Random, index: number, wrong: ReadonlySet<number>, note: string, asWrong?: string) => Made} */
export function reviewOf(random, index, wrong, note, asWrong = wrongLabel) {
  const label = wrong.has(index) ? asWrong : random.pick(labels);
  /** @type {[string, string, object][]} */
  const answers = [['sentiment', 'choices', { choices: [label] }]];
  if (note !== '') answers.push(['note', 'textarea', { text: [note] }]);
  const result = answers.map(([from_name, type, value]) => ({ from_name, to_name: 'review', type, value }));
  const task = taskAt(index);
  return {
    request: { task, result },
    written: { task, values: result.map(({ value }) => value), ...mistakeAt(wrong, index, `"${label}"`) },
  };
}

/** @type {(wrong: ReadonlySet<number>, index: number, text: string) => { mistake?: string }} */
export const mistakeAt = (wrong, index, text) => (wrong.has(index) ? { mistake: text } : {});

const common = [
  '',
  '',
  'ok',
  'checked twice',
  'low confidence',
  'please look again',
  'see first task of the day',
];

/** @param {Random} random */
export const plainNote = (random) =>
  random.below(4) === 0 ? random.pick(common) : sentence(random, random.between(2, 14));

/**
 * Some of a quotation mark, line break, tab, path, fraction, accent or emoji.
 * @param {Random} random
 */
export function escapedNote(random) {
  const oddities = [
    () => `"${sentence(random, 2)}"`,
    () => '\n',
    () => '\n\n- ',
    () => '\t',
    () => `C:\\scans\\${random.below(900)}\\page.tif`,
    () => `https://shop.example/item/${random.below(5000)}?ref=mail`,
    () => random.pick(['café', 'Größe 42', 'señor', '12 €', '“quoted”', 'it’s']),
    () => random.pick(['😀', '👍', '🚚', '❤️']),
  ];
  if (random.below(6) === 0) return random.pick(['said "ok"', 'yes/no\nunclear', 'line 1\nline 2', 'n\\a']);
  let note = sentence(random, random.between(1, 6));
  for (let count = random.between(0, 4); count > 0; count -= 1)
    note += ` ${random.pick(oddities)()} ${sentence(random, random.between(1, 5))}`;
  return note;
}

/** @param {Random} random */
export function foreignNote(random) {
  const languages = /** @type {const} */ (['arabic', 'chinese', 'marks', 'english']);
  return Array.from({ length: random.between(1, 4) }, () =>
    sentence(random, random.between(2, 7), random.pick(languages)),
  ).join(' ');
}

/**
 * An unknown label: a typo, or another tool’s spelling.
 * @param {Random} random
 */
export function mistaken(random) {
  const label = random.pick(labels);
  const at = random.between(1, label.length - 2);
  return random.pick([
    `${label.slice(0, at)}${label.slice(at + 1)}${random.letters('aeiou', 2)}`,
    `${label.toLowerCase()}_${random.below(100_000)}`,
    `${label} (${(random.next() * 100).toFixed(3)} %)`,
    sentence(random, 4),
  ]);
}

const idLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/**
 * Regions of a text with the text they cover, and optionally relations.
 * @type {(random: Random, index: number, wrong: ReadonlySet<number>, hasRelations: boolean) => Made}
 */
export function newsOf(random, index, wrong, hasRelations) {
  const oddWords = [
    'Müller & Söhne',
    '“The Herald”',
    'the "Old" Bridge',
    'São Paulo',
    '3 000 €',
    'C\\O Smith',
    'Łódź',
  ];
  let at = 0;
  const regions = Array.from({ length: random.between(hasRelations ? 2 : 1, 8) }, () => {
    const text =
      random.below(12) === 0 ? random.pick(oddWords) : sentence(random, random.between(1, 3)).slice(0, -1);
    const start = at + random.below(90);
    at = start + text.length;
    const value = { start, end: at, text, labels: [random.skewed(entities)] };
    const id = random.letters(idLetters, 10);
    return { value, id, from_name: 'entity', to_name: 'news', type: 'labels', origin: 'manual' };
  });
  const relations = !hasRelations
    ? []
    : Array.from({ length: random.between(1, 5) }, () => {
        const from = random.below(regions.length);
        const to = (from + random.between(1, regions.length - 1)) % regions.length;
        const label = random.pick(['works for', 'located in', 'same as']);
        return {
          from,
          to,
          direction: random.pick(['right', 'right', 'bi']),
          labels: random.below(3) === 0 ? [] : [label],
        };
      }).filter(isFirstFromTo);
  const written = relations.map(({ from, to, direction, labels: named }) => ({
    from_id: regions[from]?.id,
    to_id: regions[to]?.id,
    type: 'relation',
    direction,
    labels: named,
  }));
  const isWrong = wrong.has(index);
  const lost = 'region-deleted';
  if (isWrong && written[0]) written[0].to_id = lost;
  else if (isWrong && regions[0]) regions[0].value.labels = ['Persn'];
  const task = taskAt(index);
  const result = [...regions, ...written];
  return {
    request: { task, result },
    written: {
      task,
      values: result.map((region) => ('value' in region ? region.value : undefined)),
      other: `${JSON.stringify(relations)} ${isWrong}`,
      ...mistakeAt(wrong, index, hasRelations ? `"${lost}"` : '"Persn"'),
    },
  };
}

/** The editor drops a second relation between two regions. @type {(one: Pair, at: number, all: Pair[]) => boolean} */
const isFirstFromTo = ({ from, to }, at, all) =>
  all.findIndex((other) => other.from === from && other.to === to) === at;

/** @type {(random: Random, index: number, wrong: ReadonlySet<number>) => Made} */
export function boxesOf(random, index, wrong) {
  const isWide = random.below(3) > 0;
  const [original_width, original_height] = isWide ? [1920, 1080] : [3024, 4032];
  const result = Array.from({ length: random.between(1, 20) }, (_, at) => {
    const [x, y] = [random.next() * 80, random.next() * 80];
    const label = wrong.has(index) && at === 0 ? 'Cra' : random.skewed(signs);
    return {
      original_width,
      original_height,
      image_rotation: 0,
      value: {
        x,
        y,
        width: random.next() * 19,
        height: random.next() * 19,
        rotation: 0,
        rectanglelabels: [label],
      },
      id: random.letters(idLetters, 10),
      from_name: 'box',
      to_name: 'photo',
      type: 'rectanglelabels',
      origin: 'manual',
    };
  });
  const task = taskAt(index);
  const values = result.map(({ value }) => value);
  return {
    request: { task, result },
    written: { task, values, other: isWide, ...mistakeAt(wrong, index, '"Cra"') },
  };
}

/** @type {(random: Random, index: number, wrong: ReadonlySet<number>) => Made} */
export function categoriesOf(random, index, wrong) {
  const paths = random.shuffle(taxonomyPaths).slice(0, random.between(1, 3));
  if (wrong.has(index)) paths[0] = ['Goods', 'Hom'];
  const task = taskAt(index);
  const value = { taxonomy: paths };
  return {
    request: { task, result: [{ from_name: 'category', to_name: 'product', type: 'taxonomy', value }] },
    written: { task, values: [value], ...mistakeAt(wrong, index, '"Hom"') },
  };
}

/**
 * A flat object from a script that knows the controls, with additional unused data.
 * @type {(random: Random, index: number, wrong: ReadonlySet<number>) => Made}
 */
export function recordOf(random, index, wrong) {
  const task = taskAt(index);
  const sentiment = wrong.has(index) ? wrongLabel : random.pick(labels);
  const topics = random.shuffle(['Delivery', 'Quality', 'Price', 'Support']).slice(0, random.below(3));
  const note = random.below(3) === 0 ? plainNote(random) : null;
  const score = random.below(101) / 10;
  const request = {
    task,
    sentiment,
    topics: topics.length > 0 ? topics : null,
    text: random.below(3) === 0 ? escapedNote(random) : sentence(random, random.between(10, 60)),
    score,
    note,
    source: `s3://bucket/2026/11/${random.letters('0123456789abcdef', 16)}.txt`,
    locale: random.pick(['en-GB', 'en-US', 'de-DE']),
    meta: { model: 'classifier-7', confidence: random.next(), tokens: random.between(10, 400) },
  };
  /** @type {object[]} */
  const values = [{ choices: [sentiment] }];
  if (topics.length > 0) values.push({ choices: topics });
  values.push({ number: score });
  if (note) values.push({ text: [note] });
  return { request, written: { task, values, ...mistakeAt(wrong, index, `"${wrongLabel}"`) } };
}

/**
 * An entry of Label Studio’s JSON-MIN export.
 * @type {(random: Random, index: number, wrong: ReadonlySet<number>) => Made}
 */
export function minOf(random, index, wrong) {
  const sentiment = wrong.has(index) ? wrongLabel : random.pick(labels);
  const id = taskAt(index);
  const lead_time = random.between(1000, 90_000) / 1000;
  const request = {
    text: random.below(2) === 0 ? escapedNote(random) : sentence(random, random.between(10, 60)),
    id,
    sentiment,
    annotator: random.between(1, 9),
    annotation_id: 80_000 + index,
    created_at: timeAt(random),
    updated_at: timeAt(random),
    lead_time,
  };
  return {
    request,
    written: {
      task: id,
      values: [{ choices: [sentiment] }],
      other: lead_time,
      ...mistakeAt(wrong, index, `"${wrongLabel}"`),
    },
  };
}

/** @param {Random} random */
export const timeAt = (random) =>
  `2026-11-${random.between(10, 28)}T${random.between(10, 23)}:${random.between(10, 59)}:${random.between(10, 59)}.${random.between(100_000, 999_999)}Z`;

/**
 * A task with its annotations, as exported by Label Studio.
 * @type {(random: Random, index: number, isWrong: boolean, taken: number) => { task: object, annotations: { annotation: object, written: Written }[] }}
 */
export function exportedTaskOf(random, index, isWrong, taken) {
  const id = taskAt(index);
  const hex = (/** @type {number} */ length) => random.letters('0123456789abcdef', length);
  const annotations = Array.from({ length: random.between(1, 2) }, (_, nth) => {
    const { request, written } = reviewOf(
      random,
      index,
      new Set(isWrong && nth === 0 ? [index] : []),
      plainNote(random),
    );
    const { result } = /** @type {{ result: object[] }} */ (request);
    const lead_time = random.between(1000, 90_000) / 1000;
    const was_cancelled = random.below(40) === 0 && !isWrong;
    const ofRegions = was_cancelled ? [] : written.values;
    const annotation = {
      id: taken + nth + 1,
      completed_by: random.between(1, 9),
      result: was_cancelled
        ? []
        : result.map((region) => ({ ...region, id: random.letters(idLetters, 10), origin: 'manual' })),
      was_cancelled,
      ground_truth: false,
      created_at: timeAt(random),
      updated_at: timeAt(random),
      draft_created_at: random.below(2) === 0 ? timeAt(random) : null,
      lead_time,
      prediction: {},
      result_count: ofRegions.length,
      unique_id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      import_id: null,
      last_action: null,
      bulk_created: false,
      task: id,
      project: 14,
      updated_by: 1,
      parent_prediction: null,
      parent_annotation: null,
      last_created_by: null,
    };
    return { annotation, written: { ...written, values: ofRegions, other: `${was_cancelled} ${lead_time}` } };
  });
  const text = Array.from({ length: random.between(1, 6) }, () =>
    random.below(3) === 0 ? escapedNote(random) : sentence(random, random.between(8, 40)),
  ).join('\n\n');
  const task = {
    id,
    annotations: annotations.map(({ annotation }) => annotation),
    file_upload: `${hex(8)}-reviews.csv`,
    drafts: [],
    predictions: [],
    data: { text, order: 700_000 + random.below(90_000), language: random.pick(['en', 'de', 'fr']) },
    meta: {},
    created_at: timeAt(random),
    updated_at: timeAt(random),
    inner_id: index + 1,
    total_annotations: annotations.length,
    cancelled_annotations: 0,
    total_predictions: 0,
    comment_count: 0,
    unresolved_comment_count: 0,
    last_comment_updated_at: null,
    project: 14,
    updated_by: 1,
    comment_authors: [],
  };
  return { task, annotations };
}
