import { readFileSync } from 'node:fs';
import { root } from '../lib/root.mjs';
import { median } from './timing.mjs';

/** @typedef {(figure: import('./figure.mjs').Figure) => void} Found */

/** The name of the figure. */
export const sandboxGrowth = 'Sandbox with 100,000 annotations';

/** The first task of the project “Product reviews”. */
const firstTask = 1;
const taskCount = 5000;

/**
 * Creates 100,000 annotations in a new sandbox and exports them: compares the last calls with the first ones.
 * @param {string} address of a Sheaf server used for nothing else
 * @param {Found} found
 */
export async function measureSandbox(address, found) {
  const [user] = JSON.parse(readFileSync(`${root}/seeds/sandbox/users.json`, 'utf8'));
  const headers = { authorization: `Token ${user.legacyToken}`, 'content-type': 'application/json' };
  /** @type {(path: string, body?: object) => Promise<string>} */
  const ask = async (path, body) => {
    const answer = await fetch(
      `${address}sandbox${path}`,
      body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
    );
    if (!answer.ok)
      throw new Error(`The sandbox answered ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.text();
  };
  const exported = async () => {
    let count = 0;
    for (let first = 0; first < taskCount; first += 250) {
      const ids = Array.from({ length: 250 }, (_, at) => `&ids[]=${firstTask + first + at}`).join('');
      count += (await ask(`/api/projects/1/export?exportType=JSON${ids}`)).match(/"unique_id"/g)?.length ?? 0;
    }
    return count;
  };

  const before = await exported();
  const result = [
    { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: ['Positive'] } },
  ];
  const times = [];
  for (let call = 0; call < 100; call += 1) {
    const tasks = Array.from({ length: 1000 }, (_, at) => firstTask + ((call * 1000 + at) % taskCount));
    const start = performance.now();
    await ask('/api/annotations/bulk/', { tasks, result });
    times.push(performance.now() - start);
  }
  const created = (await exported()) - before;
  if (created !== 100_000) throw new Error(`${created} of 100,000 annotations are in the export.`);

  const [first, last] = [median(times.slice(5, 25)), median(times.slice(-20))];
  const how = `1,000 a call: ${last.toFixed(0)} ms for each of the last, ${first.toFixed(0)} ms for each of the first; all exported`;
  found({ name: sandboxGrowth, value: last / first, goal: 3, unit: '×', how });
}
