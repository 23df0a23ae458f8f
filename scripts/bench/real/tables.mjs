/* Realistic tables, with the expected result of each row. */
import { labels, reviews, wrongLabel } from './configs.mjs';
import { escapedNote, mistakeAt, mistaken, plainNote, taskAt, timeAt } from './entries.mjs';
import { sentence } from './writing.mjs';

/**
 * @typedef {import('./writing.mjs').Random} Random
 * @typedef {import('./texts.mjs').RealText} RealText
 *
 * A row’s answers and task.
 * @typedef {{ task: string, sentiment: string, topics: string, score: string, note: string }} Answers
 * @typedef {[name: string, cell: (random: Random, answers: Answers) => string]} Column
 */

/** @type {Record<keyof Answers, Column>} */
const answers = {
  task: ['task_id', (_, { task }) => task],
  sentiment: ['sentiment', (_, { sentiment }) => sentiment],
  topics: ['topics', (_, { topics }) => topics],
  score: ['score', (_, { score }) => score],
  note: ['note', (_, { note }) => note],
};

/** @type {Record<'created' | 'customer' | 'channel' | 'product' | 'text' | 'agent' | 'url', Column>} */
const data = {
  created: ['created', (random) => timeAt(random)],
  customer: ['customer', (random) => `C-${random.between(10_000, 99_999)}`],
  channel: ['channel', (random) => random.pick(['mail', 'phone', 'shop', 'chat'])],
  product: ['product', (random) => sentence(random, random.between(2, 5)).slice(0, -1)],
  text: ['text', (random) => longText(random)],
  agent: ['agent', (random) => random.pick(['J. Doe', 'M. Ito', 'O\u2019Brien, Pat', 'A. Łuk'])],
  url: ['url', (random) => `https://shop.example/t/${random.letters('0123456789abcdef', 12)}`],
};

/** A third with quotation marks and line breaks. @param {Random} random */
const longText = (random) =>
  random.below(3) === 0
    ? `${escapedNote(random)}\n${sentence(random, random.between(5, 30))}`
    : sentence(random, random.between(10, 50));

const { created, customer, channel, product, text, agent, url } = data;
const { task, sentiment, topics, score, note } = answers;

/** Typical columns of a customer database: numbers, dates, codes, flags, short texts, and many empty cells. */
const junk = Array.from({ length: 35 }, (_, at) => {
  /** @type {((random: Random) => string)[]} */
  const kinds = [
    (random) => String(random.below(100_000)),
    (random) => timeAt(random).slice(0, 10),
    (random) => random.pick(['true', 'false']),
    (random) => random.letters('ABCDEF0123456789', 8),
    (random) => (random.below(10) === 0 ? sentence(random, 3) : ''),
    (random) => random.pick(['open', 'closed', 'waiting for customer']),
    (random) => (random.next() * 1000).toFixed(2),
  ];
  const cell = kinds[at % kinds.length];
  return /** @type {Column} */ ([`field_${at + 1}`, cell]);
});

/** @type {RealText[]} */
export const realTables = [
  {
    name: 'CSV with long quoted texts',
    rows: 60_000,
    goal: 1.5,
    columns: [task, created, customer, channel, product, text, sentiment, topics, score, note, agent, url],
  },
  {
    name: 'CSV with the task in the middle',
    rows: 60_000,
    goal: 1.5,
    columns: [created, customer, text, channel, product, sentiment, task, topics, score, note, agent, url],
  },
  {
    name: 'CSV with CRLF',
    rows: 100_000,
    goal: 1.5,
    columns: [task, sentiment, topics, score, note, product, created, agent],
    end: '\r\n',
  },
  {
    name: 'CSV of 40 columns',
    rows: 50_000,
    goal: 1.5,
    columns: [
      ...junk.slice(0, 10),
      task,
      ...junk.slice(10, 20),
      sentiment,
      score,
      ...junk.slice(20),
      topics,
      note,
    ],
  },
  {
    name: 'CSV, a mistake in every row',
    rows: 60_000,
    goal: 3,
    columns: [task, sentiment, topics, score, note, product, created],
    isAllWrong: true,
  },
].map(({ columns, end = '\n', ...table }) => ({
  ...table,
  format: 'table',
  config: reviews,
  isForBulk: true,
  write(builder, rows, random, wrong) {
    builder.add(columns.map(([name]) => name).join(',') + end);
    for (let index = 0; index < rows; index += 1) {
      const label = wrong.has(index)
        ? table.isAllWrong
          ? mistaken(random)
          : wrongLabel
        : random.pick(labels);
      const picked = random.shuffle(['Delivery', 'Quality', 'Price', 'Support']).slice(0, random.below(3));
      const row = {
        task: String(taskAt(index)),
        sentiment: label,
        topics: picked.join('|'),
        score: random.below(4) === 0 ? '' : String(random.below(101) / 10),
        note: random.below(3) === 0 ? plainNote(random) : '',
      };
      const line = columns.map(([, cell]) => quoted(cell(random, row))).join(',');
      builder.addEntry(line, {
        task: taskAt(index),
        values: columns.flatMap(([name]) => valueOf(name, row)),
        ...mistakeAt(wrong, index, label),
      });
      builder.add(end);
    }
  },
}));

/**
 * A cell as written by Python’s csv module.
 * @param {string} cell
 */
const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * The values of a cell.
 * @param {string} column
 * @param {Answers} row
 * @returns {object[]}
 */
function valueOf(column, row) {
  if (column === 'sentiment') return [{ choices: [row.sentiment] }];
  if (column === 'topics' && row.topics !== '') return [{ choices: row.topics.split('|') }];
  if (column === 'score' && row.score !== '') return [{ number: Number(row.score) }];
  if (column === 'note' && row.note !== '') return [{ text: [row.note] }];
  return [];
}
