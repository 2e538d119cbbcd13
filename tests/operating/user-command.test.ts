import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDataDir, lyceum } from '../support/school.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await emptyDataDir();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const run = (...words: string[]) => lyceum(['user', ...words], { DATA_DIR: dataDir });
const json = (output: string) => JSON.parse(output.slice(output.indexOf('{'))) as Record<string, string>;

test('the command line makes people, changes their role and gives them a new password', async () => {
  const made = await run('create', '--email', 'ada@school.test', '--name', 'Ada', '--role', 'admin', '--json');
  expect(made.code).toBe(0);
  expect(json(made.output)).toMatchObject({
    email: 'ada@school.test',
    role: 'admin',
    password: expect.stringMatching(/^([0-9a-f]{6}-){4}[0-9a-f]{6}$/),
  });

  const role = await run('role', 'ada@school.test', 'student');
  expect(role).toMatchObject({ code: 1, output: 'lyceum: The school needs an admin. Make someone else one first.\n' });

  const reset = await run('reset-password', 'ada@school.test', '--json');
  expect(json(reset.output).password).not.toBe(json(made.output).password);
});

test('what is wrong is said in one line, and the exit code tells of it', async () => {
  expect(await run('create', '--email', 'nobody', '--name', 'Ada')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^lyceum: .*such as ada@example\.org\.\n$/),
  });
  expect(await run('role', 'nobody@school.test', 'admin')).toMatchObject({
    code: 1,
    output: 'lyceum: Nobody here has the address nobody@school.test.\n',
  });
  expect(await run('role', 'ada@school.test', 'teacher')).toMatchObject({ code: 1 });
});
