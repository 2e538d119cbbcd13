import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../tests/support/courses.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { makeFolder, type TestFolder } from '../../tests/support/folder.ts';
import { lyceum } from '../../tests/support/school.ts';

const database = testDatabase();
let folder: TestFolder;
let ina: string;

beforeAll(async () => {
  folder = makeFolder('knots', { 'README.md': '# Knots\n\nTie them.\n', 'one/a.md': '# Bowline\n\nLoop.\n' });
  ina = (await aPerson(database, 'INSTRUCTOR')).email;
});
afterAll(async () => {
  folder.remove();
});

const run = (...words: string[]) => lyceum(words, { DATABASE_URL: database.ownerUrl, DATA_DIR: `${folder.path}-data` });
const courses = async () => (await database.owner.query('select title from courses')).rows;

test('an import is found in the list and undone from the terminal; what was changed since is lost only when that is said', async () => {
  const { output } = await run('import', folder.path, '--as', ina);
  const [, id = ''] = /lyceum imports undo (\S+) --as/.exec(output) ?? [];
  const list = await run('imports', 'list', '--as', ina);
  expect(list.output).toContain(id);
  expect(list.output).toMatch(/done {5}knots\S* → “Knots”/);
  await database.owner.query("update courses set subtitle = 'By hand'");

  const refused = await run('imports', 'undo', id, '--as', ina);
  expect(refused.output).toMatch(/^lyceum: The course was changed since this import\. Nothing was undone\./m);
  expect(refused.code).toBe(1);
  expect(await courses()).toEqual([{ title: 'Knots' }]);

  const done = await run('imports', 'undo', id, '--as', ina, '--despite-changes', '--json');
  expect(JSON.parse(done.output.slice(done.output.indexOf('{')))).toEqual({ id, undone: true });
  expect(done.code).toBe(0);
  expect(await courses()).toEqual([]);
  expect((await run('imports', 'list', '--as', ina)).output).toMatch(/undone {3}knots/);
});

test('nobody takes back what somebody else imported', async () => {
  const { output } = await run('import', folder.path, '--as', ina);
  const [, id = ''] = /lyceum imports undo (\S+) --as/.exec(output) ?? [];
  const other = (await aPerson(database, 'INSTRUCTOR')).email;
  expect((await run('imports', 'list', '--as', other)).output).toContain(`${other} has imported nothing`);
  const refused = await run('imports', 'undo', id, '--as', other);
  expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/^lyceum: There is no such import among yours\.$/m) });
  expect(await courses()).toEqual([{ title: 'Knots' }]);
});
