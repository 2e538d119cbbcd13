import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../tests/support/courses.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { makeFolder, type TestFolder } from '../../tests/support/folder.ts';
import { lyceum } from '../../tests/support/school.ts';

const database = testDatabase();
let folder: TestFolder;
let instructor: string;
let student: string;

beforeAll(async () => {
  folder = makeFolder('knots', {
    'README.md': '# Knots\n\nTie them.\n',
    'one/a.md': '# Bowline\n\n<b>Loop</b> ![x](x.png)\n',
    'one/b.md': 'a\0b',
  });
  instructor = (await aPerson(database, 'INSTRUCTOR')).email;
  student = (await aPerson(database, 'STUDENT')).email;
});
afterAll(async () => {
  folder.remove();
});

const run = (...words: string[]) => lyceum(['import', ...words], { DATABASE_URL: database.ownerUrl, DATA_DIR: `${folder.path}-data` });

test('the terminal says what came in, what changed and what was left out, each in a line', async () => {
  const { code, output } = await run(folder.path, '--as', instructor.toUpperCase(), '--publish');
  expect(output).toContain('Made the course “Knots” (/courses/knots): 1 chapter, 1 lesson, 0 pictures, 1 min');
  expect(output).toContain('1. One\n   + Bowline (one/a.md)');
  expect(output).toContain('Changed on the way in:\n   one/a.md: raw HTML: 1 × <b> turned into Markdown');
  expect(output).toContain(
    'Left out:\n   one/b.md: broken: not a text: it holds null characters\n   one/a.md: the picture x.png is missing',
  );
  expect(output).toContain('It is published: everybody sees it.');
  expect(code).toBe(0);
  const again = await run(folder.path, '--as', instructor, '--json');
  expect(JSON.parse(again.output.slice(again.output.indexOf('{')))).toMatchObject({
    outcome: 'unchanged',
    counts: { lessons: 1 },
    publishing: { kind: 'not-asked' },
  });
});

test.each([
  ['somebody unknown', () => [folder.path, '--as', 'nobody@school.test'], /^lyceum: Nobody has the e-mail address nobody@school\.test\./m],
  ['a student', () => [folder.path, '--as', student], /^lyceum: .* is a student\./m],
  ['a folder that is not there', () => ['nowhere', '--as', instructor], /^lyceum: nowhere cannot be read \(ENOENT/m],
  ['nobody at all', () => [folder.path], /required option '--as <e-mail>' not specified/],
])('importing as or from %s ends in one line and a failure', async (_, words, line) => {
  const { code, output } = await run(...words());
  expect(output).toMatch(line);
  expect(output).not.toMatch(/ {4}at /);
  expect(code).toBe(1);
});

test('a course that was exported comes in again, for somebody else', async () => {
  const settings = { DATABASE_URL: database.ownerUrl, DATA_DIR: `${folder.path}-data` };
  const archive = `${folder.path}.zip`;
  const exported = await lyceum(['export', 'knots', archive], settings);
  expect(exported).toMatchObject({ code: 0, output: expect.stringContaining(`Wrote ${archive}`) });
  const other = (await aPerson(database, 'INSTRUCTOR')).email;
  const { code, output } = await run(archive, '--as', other);
  expect(output).toContain('Made the course “Knots” (/courses/knots-2): 1 chapter, 1 lesson');
  expect(code).toBe(0);
  const nowhere = await lyceum(['export', 'no-such-course'], settings);
  expect(nowhere).toMatchObject({ code: 1, output: expect.stringMatching(/^lyceum: There is no such course among yours\.$/m) });
});
