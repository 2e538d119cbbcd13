import { beforeAll, expect, test } from 'vitest';
import { openFile } from '#features/media/index.server.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { enrollInCourse, lessonPage } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let course: MadeCourse;
let student: Awaited<ReturnType<typeof aPerson>>;

beforeAll(async () => {
  course = await aCourse(database);
  student = await aPerson(database);
  await enrollInCourse(database.context(student), { courseSlug: course.slug });
  const slides = await aFile('Slides, week 1.pdf', 'READY');
  const unfinished = await aFile('half.zip', 'UPLOADING');
  await aResource({ title: 'Slides', type: 'PDF', file_id: slides });
  await aResource({ title: 'Half a file', type: 'ARCHIVE', file_id: unfinished });
  await aResource({ title: 'Further reading', type: 'LINK', url: 'https://ropes.example/reading' });
  await aResource({ title: 'A trap', type: 'PDF', url: 'javascript:alert(1)' });
});

async function aFile(name: string, state: string): Promise<string> {
  const id = newId();
  await database.owner.query(
    `insert into files (id, key, name, content_type, size_bytes, sha256, visibility, state)
     values ($1, $2, $3, 'application/pdf', 240000, repeat('a', 64), 'PRIVATE', $4)`,
    [id, `${id.slice(-2)}/${id.replaceAll('-', '')}${'0'.repeat(30)}.pdf`, name, state],
  );
  return id;
}

let position = 0;
async function aResource(row: { title: string; type: string; file_id?: string; url?: string }): Promise<void> {
  position += 1;
  await database.owner.query(
    'insert into resources (id, lesson_id, title, type, file_id, url, position) values ($1, $2, $3, $4, $5, $6, $7)',
    [newId(), course.lessons[0]!.id, row.title, row.type, row.file_id ?? null, row.url ?? null, position],
  );
}

const page = (actor: Parameters<TestDatabase['context']>[0]) =>
  lessonPage(database.context(actor), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });

test('a lesson lists its resources in order; one that is not there yet and one that would run in the page are none', async () => {
  expect((await page(student)).content).toMatchObject({
    kind: 'open',
    resources: [
      { title: 'Slides', words: 'PDF', sizeBytes: 240_000, isDownload: true },
      { title: 'Further reading', words: 'ropes.example', sizeBytes: null, isDownload: false, href: 'https://ropes.example/reading' },
    ],
  });
});

test('a file opens by a link that is sealed for who asked, and is saved under its own name', async () => {
  const { content } = await page(student);
  const href = content.kind === 'open' ? content.resources[0]!.href : '';
  const link = new URL(href, 'http://localhost');
  expect(link.searchParams.has('download')).toBe(true);
  const asked = {
    key: link.pathname.replace('/files/', ''),
    until: link.searchParams.get('until'),
    seal: link.searchParams.get('seal'),
  };
  expect(await openFile(database.context(student), asked)).toMatchObject({ name: 'Slides, week 1.pdf', isPublic: false });
  await expect(openFile(database.context(await aPerson(database)), asked)).rejects.toMatchObject({ code: 'not-found' });
  const tomorrow = new Date(database.context(student).now.getTime() + 86_400_000);
  await expect(openFile(database.context(student, tomorrow), asked)).rejects.toMatchObject({ code: 'not-found' });
});

test('nobody to whom the lesson is closed learns of its resources', async () => {
  for (const actor of [guest, await aPerson(database)]) {
    const shown = JSON.stringify(await page(actor));
    expect(shown).not.toContain('Slides');
    expect(shown).not.toContain('/files/');
  }
});
