import { expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, signedInEngine } from '#engine/spec-driver.ts';

const table = [
  'task,sentiment,completed_by',
  '1,Positive,tomas.ferreira@northwind.example',
  '2,Positive,Maya Lindqvist',
  '3,Neutral,unknown@northwind.example',
  '4,Neutral,2',
].join('\n');

async function connected(refusesUsers = false) {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const asked: string[] = [];
  const engine = await signedInEngine(async (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    if (refusesUsers && pathname === '/api/users/') return Response.json({ detail: 'No.' }, { status: 403 });
    return handle(request);
  }, sandboxUsers[0]!.legacyToken);
  await engine.batch.setProject(1);
  return { engine, asked };
}

it('fixes all annotators given as e-mail address or name at once', async () => {
  const { engine } = await connected();
  const { problems } = await checkText(engine, table);
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [2, '“tomas.ferreira@northwind.example” is user 2. Use the ID.'],
    [3, '“Maya Lindqvist” is user 1. Use the ID.'],
    [
      4,
      '“unknown@northwind.example” isn’t the e-mail address or name of a user on this server. Use a user ID.',
    ],
  ]);
  await engine.batch.fix(problems[0]!, 'alike');
  expect(await engine.batch.cell(0, 2)).toBe('2');
  expect(await engine.batch.cell(1, 2)).toBe('1');
});

it('finds the annotators of an export by their e-mail addresses', async () => {
  const { engine, asked } = await connected();
  const result = [{ from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }];
  const by = (email: string) => ({ result, completed_by: { id: 91, email } });
  const exported = JSON.stringify([
    { id: 1, data: {}, annotations: [by('Tomas.Ferreira@northwind.example'), by('ada@elsewhere.example')] },
  ]);
  await checkText(engine, exported);
  expect(asked).not.toContain('/api/users/');
  expect(await engine.batch.exportNames()).toMatchObject({
    controls: [{ name: 'mood', proposed: 'sentiment' }],
    users: [{ id: 1 }, { id: 2 }],
    known: { 'tomas.ferreira@northwind.example': 2 },
  });
  await engine.batch.setImportSettings({
    controls: { mood: 'sentiment' },
    annotators: { 'tomas.ferreira@northwind.example': 2 },
  });
  const { errors, rows, problems } = await checkText(engine, exported);
  expect([errors, rows]).toEqual([0, 2]);
  expect(problems.map(({ message }) => message)).toContain(
    '1 annotation by ada@elsewhere.example will be yours. To keep the annotator, choose a user under Import settings.',
  );
});

it('reads the users only when needed, and not again if the role doesn’t allow it', async () => {
  const { engine, asked } = await connected(true);
  await checkText(engine, 'task,sentiment\n1,Positive\n');
  expect(asked).not.toContain('/api/users/');
  const { problems } = await checkText(engine, table);
  expect(problems[0]?.message).toMatch(/user ID/);
  await checkText(engine, `${table}\n`);
  expect(asked.filter((path) => path === '/api/users/')).toHaveLength(1);
});
