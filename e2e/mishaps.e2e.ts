import { expect, test } from './support/test.ts';

test('the tests notice errors beside what they test', async ({ app, mishaps }) => {
  await expect.poll(() => app.workers().length, 'the engine has started').toBe(1);
  await app.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
    console.error('the page complains');
    setTimeout(() => {
      throw new Error('not caught');
    });
    void fetch('/nothing-here.js');
  });
  const [engine] = app.workers();
  await engine!.evaluate(async () => {
    console.error('the engine complains');
    await fetch('http://127.0.0.1:9/elsewhere').catch(() => {});
  });

  for (const mishap of [
    /^policy: style-src-elem inline/,
    /^console: the page complains/,
    /^uncaught: Error: not caught/,
    /^answer 404: GET .*nothing-here\.js/,
    /^console: the engine complains/,
    /^policy in a worker: .*connect-src.*elsewhere/,
  ]) {
    await expect.poll(() => mishaps.unexpected()).toContainEqual(expect.stringMatching(mishap));
  }
  mishaps.allow(/./);
});
