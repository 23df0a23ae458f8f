import { expect, it } from 'vitest';
import { readDeployedPage } from './deployed-page.ts';

const base = 'https://tools.example.com/sheaf/';
const page = (script: string) =>
  `<!doctype html><head><link rel="modulepreload" href="./assets/a.js"><script type="module" crossorigin src="${script}"></script>`;
const answer = (body: string, status = 200) => Promise.resolve(new Response(body, { status }));

it.each<[string, () => Promise<Response>, string]>([
  ['the same script', () => answer(page('./assets/index-A.js')), 'same'],
  ['the same by its whole path', () => answer(page('/sheaf/assets/index-A.js')), 'same'],
  ['another script', () => answer(page('./assets/index-B.js')), 'newer'],
  ['an error', () => answer(page('./assets/index-B.js'), 503), 'unreachable'],
  ['another page, such as one to sign in', () => answer('<h1>Sign in</h1>'), 'unreachable'],
  ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
])('%s', async (_, fetch, expected) => {
  const asked: Request[] = [];
  const deployed = await readDeployedPage(
    (request) => {
      asked.push(request);
      return fetch();
    },
    base,
    `${base}assets/index-A.js`,
  );
  expect(deployed).toBe(expected);
  expect(asked.map(({ url, cache }) => [url, cache])).toEqual([[base, 'no-store']]);
});
