import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { aCourse, aPerson, type MadeCourse } from '../support/courses.ts';
import { type School, startSchool } from '../support/school.ts';
import { startServer } from '../support/server.ts';
import { beginSession } from '../support/session.ts';

/** Two processes of one school. */
const secret = 'one secret for both of the processes';
let server: EmbeddedPostgres;
let owner: pg.Client;
let processes: School[];
let course: MadeCourse;

beforeAll(async () => {
  server = await startServer();
  const environment = { DATABASE_URL: server.ownerUrl, HOST: '127.0.0.1', SECRET: secret };
  processes = await Promise.all([startSchool({ environment }), startSchool({ environment })]);
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  course = await aCourse({ owner }, { isFree: true, chapters: [{ lessons: [{}] }] });
});
afterAll(async () => {
  await owner?.end();
  await Promise.all((processes ?? []).map((school) => school.stop()));
  await server?.stop();
});

const page = (turn = 0, headers: Record<string, string> = {}) =>
  fetch(`${processes[turn % 2]?.baseUrl}/courses/${course.slug}`, { headers, redirect: 'manual' });
const words = async (turn = 0, headers: Record<string, string> = {}) => (await page(turn, headers)).text();
/** Only what comes from memory differs by encoding and cookie. */
const isFromMemory = ({ headers }: Response) => headers.get('vary') === 'accept-encoding, cookie';
const isReady = async (turn: number) => isFromMemory(await page(turn));
const renamed = (title: string) => owner.query('update courses set title = $1 where id = $2', [title, course.id]);

async function untilReady(turn: number): Promise<void> {
  await expect.poll(() => isReady(turn), { timeout: 5_000 }).toBe(true);
}

test('a guest’s page comes from memory, smaller than it is, and a browser runs its scripts once it is painted, by their hashes', async () => {
  await untilReady(0);
  const answer = await page(0, { 'accept-encoding': 'br' });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/);
  expect(answer.headers.get('content-security-policy')).not.toContain('nonce');
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
  expect(await answer.text()).not.toContain('rel="modulepreload"');
  const browser = await launchBrowser();
  const visitor = await visit(browser, processes[0]?.baseUrl ?? '');
  for (let visits = 0; visits < 2; visits += 1) {
    await visitor.page.goto(`/courses/${course.slug}`);
    await visitor.page.waitForLoadState('networkidle');
  }
  await visitor.page.getByRole('link', { name: 'Courses' }).first().click();
  await visitor.page.waitForURL('**/courses');
  await visitor.close();
  await browser.close();
});

test('what is committed elsewhere shows in every process in a moment', async () => {
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([untilReady(0), untilReady(1)]);
    await renamed(`Title ${round}`);
    for (const turn of [0, 1]) await expect.poll(() => words(turn), { interval: 5, timeout: 1_000 }).toContain(`Title ${round}<`);
    for (const turn of [0, 1, 0, 1]) expect(await words(turn)).toContain(`Title ${round}<`);
  }
});

test('what a person’s form has committed shows to the next guest, never the page before it', async () => {
  for (let students = 1; students <= 15; students += 1) {
    await untilReady(0);
    const cookie = await beginSession({ owner, secret }, (await aPerson({ owner })).id);
    const { baseUrl } = processes[0]!;
    const answer = await fetch(`${baseUrl}/courses/${course.slug}?/enroll`, {
      method: 'POST',
      headers: { cookie, origin: baseUrl, accept: 'text/html' },
      body: new URLSearchParams(),
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    expect(await words(0)).toContain(students === 1 ? '1 student<' : `${students} students<`);
  }
});

test('a signed-in person’s page is theirs: never from memory, never another’s', async () => {
  await untilReady(0);
  const ada = await aPerson({ owner }, 'STUDENT', { name: 'Ada Unmistakable' });
  const cookie = await beginSession({ owner, secret }, ada.id);
  for (let round = 0; round < 5; round += 1) {
    const own = await page(0, { cookie });
    expect(isFromMemory(own)).toBe(false);
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect(await own.text()).toContain('Ada Unmistakable');
    expect(await words(0)).not.toContain('Ada Unmistakable');
  }
});

test('a course that is taken back is gone for guests at once', async () => {
  await untilReady(0);
  await owner.query("update courses set status = 'DRAFT', published_at = null where id = $1", [course.id]);
  await expect.poll(async () => (await page(0)).status, { interval: 5, timeout: 1_000 }).toBe(404);
  await owner.query("update courses set status = 'PUBLISHED', published_at = now() where id = $1", [course.id]);
  await expect.poll(async () => (await page(0)).status).toBe(200);
});

test('while changes cannot be heard nothing old is shown, and afterwards pages are ready again', async () => {
  await untilReady(0);
  await owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen guest_pages' and pid <> pg_backend_pid()",
  );
  await renamed('After the silence');
  await expect.poll(() => words(0), { timeout: 5_000 }).toContain('After the silence<');
  await untilReady(0);
  expect(await words(0)).toContain('After the silence<');
});
