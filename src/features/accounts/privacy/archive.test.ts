import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { inBrowser } from '../../../../tests/support/in-browser.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { unzip } from '../../../../tests/support/unzip.ts';
import { askForData, closePerson, openArchive, ownData } from '../index.server.ts';
import { archiveKey } from './archive.ts';
import { makeArchiveJob } from './make-archive.ts';
import { sweepArchivesJob } from './sweep-archives.ts';

const school = testSchool();

const dayMs = 86_400_000;
const after = (ms: number) => new Date(Date.now() + ms);
const as = (actor: Person, now = new Date()) => school.database.context(actor, now);

async function ada(): Promise<Person> {
  return inBrowser(school.database, await aPerson(school.database, 'STUDENT', { name: 'Ada Lovelace' }), new Date());
}

async function idOfArchive(actor: Person): Promise<string> {
  return (await ownData(as(actor))).archive?.id ?? '';
}

/** Fetches the archive and gives its files by path. */
async function fetchArchive(actor: Person): Promise<Map<string, Buffer>> {
  const archive = await openArchive(as(actor), { id: await idOfArchive(actor) });
  const bytes = await buffer(archive.read({ start: 0, end: archive.sizeBytes - 1 }));
  expect(bytes).toHaveLength(archive.sizeBytes);
  return unzip(bytes);
}

async function aFile(actor: Person, name: string, content: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(content).update(actor.id).digest('hex');
  const key = `${sha256.slice(0, 2)}/${sha256.slice(2)}.bin`;
  await runtime().storage.put(key, content);
  await school.database.owner.query(
    `insert into files (id, key, name, content_type, size_bytes, sha256, visibility, state, owner_id)
     values ($1, $2, $3, 'application/octet-stream', $4, $5, 'PRIVATE', 'READY', $6)`,
    [newId(), key, name, content.length, sha256, actor.id],
  );
}

test('everything of a person comes in one archive that says what is what', async () => {
  const actor = await ada();
  const course = await aCourse(school.database, { title: 'Sorting by hand' });
  await school.database.owner.query('insert into enrollments (id, user_id, course_id) values ($1, $2, $3)', [newId(), actor.id, course.id]);
  await school.database.owner.query(
    "insert into accounts (id, user_id, provider_id, account_id, password) values ($1, $2, 'credential', 'ada', 'scrypt:hash')",
    [newId(), actor.id],
  );
  const film = Buffer.alloc(3_000_000, 'film ');
  await aFile(actor, 'my film?.bin', film);
  expect(await askForData(as(actor))).toEqual({ kind: 'asked' });
  await school.runJobs();
  const files = await fetchArchive(actor);
  const readme = files.get('README.txt')?.toString() ?? '';
  expect(readme).toContain('Ada Lovelace');
  const [user] = JSON.parse(files.get('accounts/users.json')?.toString() ?? '');
  expect(user).toMatchObject({ id: actor.id, name: 'Ada Lovelace', email: actor.email });
  const [enrollment] = JSON.parse(files.get('learning/enrollments.json')?.toString() ?? '');
  expect(enrollment).toMatchObject({ course: 'Sorting by hand', progress_percent: 0 });
  for (const path of files.keys()) if (path.endsWith('.json')) expect(readme).toContain(path);
  const stored = [...files].find(([path]) => path.startsWith('files/'));
  expect(stored?.[0]).toMatch(/^files\/[0-9a-f-]{36}-my film_\.bin$/);
  expect(stored?.[1].equals(film)).toBe(true);
  const everything = Buffer.concat([...files.values()]).toString();
  expect(everything).not.toContain('scrypt:hash');
  expect(everything).not.toContain(`token of ${actor.session?.id}`);
  expect((await school.mailsTo(actor.email)).map((mail) => mail.kind)).toEqual(['accounts.exportReady']);
});

test('a long life is read a page at a time and comes whole', async () => {
  const actor = await ada();
  await school.database.owner.query(
    "insert into learning_days (id, user_id, local_date) select gen_random_uuid(), $1, '2020-01-01'::date + day from generate_series(1, 1207) day",
    [actor.id],
  );
  await askForData(as(actor));
  await school.runJobs();
  const days: { local_date: string }[] = JSON.parse((await fetchArchive(actor)).get('learning/learning-days.json')?.toString() ?? '');
  expect(new Set(days.map((day) => day.local_date)).size).toBe(1207);
});

test('only its owner, in their own browser, fetches an archive, and only for seven days', async () => {
  const actor = await ada();
  await askForData(as(actor));
  await school.runJobs();
  const id = await idOfArchive(actor);
  await expect(openArchive(as(await ada()), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(openArchive(as({ ...(await ada()), role: 'ADMIN' }), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(openArchive(school.database.context(guest), { id })).rejects.toMatchObject({ code: 'sign-in-required' });
  const impersonated = { ...actor, session: { ...actor.session!, impersonator: { id: newId<'user'>(), name: 'Ines' } } };
  await expect(openArchive(as(impersonated), { id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(openArchive(as(actor, after(6.9 * dayMs)), { id })).resolves.toMatchObject({
    name: expect.stringMatching(/^lyceum-data-.*\.zip$/),
  });
  await expect(openArchive(as(actor, after(7.1 * dayMs)), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(openArchive(as(actor), { id: 'nonsense' })).rejects.toMatchObject({ code: 'not-found' });
});

test('one archive is made at a time, one a day, and the new one takes the place of the old', async () => {
  const actor = await ada();
  const answers = await Promise.all([askForData(as(actor)), askForData(as(actor))]);
  expect(answers.map((answer) => answer.kind).sort()).toEqual(['asked', 'in-the-making']);
  await school.runJobs();
  const first = await idOfArchive(actor);
  expect(await askForData(as(actor))).toEqual({ kind: 'too-soon', again: expect.any(Date) });
  const tomorrow = after(1.01 * dayMs);
  const again = { ...actor, session: { ...actor.session!, startedAt: tomorrow } };
  expect(await askForData(as(again, tomorrow))).toEqual({ kind: 'asked' });
  await school.runJobs();
  expect(await idOfArchive(actor)).not.toBe(first);
  expect(await runtime().storage.exists(archiveKey(first))).toBe(false);
  expect((await school.database.owner.query('select 1 from data_exports where user_id = $1', [actor.id])).rows).toHaveLength(1);
});

test('only the person, with a fresh proof, asks', async () => {
  const actor = await ada();
  const session = actor.session!;
  for (const who of [
    { ...actor, session: { ...session, startedAt: after(-3_600_000) } },
    { ...actor, session: { ...session, impersonator: { id: newId<'user'>(), name: 'Ines' } } },
    { ...actor, session: undefined, apiKey: { id: newId<'apiKey'>(), scopes: [] } },
  ])
    await expect(askForData(as(who))).rejects.toMatchObject({ code: 'forbidden' });
});

test('a process killed in the middle of an archive leaves none that anybody finds; the next run makes it, once', async () => {
  const actor = await ada();
  await askForData(as(actor));
  const exportId = await idOfArchive(actor);
  const before = await storedArchives();
  const program = fileURLToPath(new URL('./testing/endless-archive.ts', import.meta.url));
  const input = { url: school.database.applicationUrl, dataDir: join(tmpdir(), school.database.name), exportId };
  const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => child.kill('SIGKILL'));
  expect(await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL');
  expect(await storedArchives()).toEqual(before);
  expect((await ownData(as(actor))).archive?.state).toBe('QUEUED');
  await school.runJobs();
  expect((await fetchArchive(actor)).has('README.txt')).toBe(true);
  expect(await storedArchives()).toHaveLength(before.length + 1);
});

test('a run that died before it could say so and one that comes again leave one archive and send one mail', async () => {
  const actor = await ada();
  await askForData(as(actor));
  const exportId = await idOfArchive(actor);
  await runtime().storage.put(archiveKey(exportId), 'the bytes of a run that was killed after storing them');
  await school.runJobs();
  expect((await fetchArchive(actor)).has('README.txt')).toBe(true);
  const before = await storedArchives();
  await makeArchiveJob.handler(systemContext(), { exportId });
  await school.runJobs();
  expect(await storedArchives()).toEqual(before);
  expect(await school.mailsTo(actor.email)).toHaveLength(1);
});

test('an archive that cannot be stored is tried again, and after the last try its person may ask anew', async () => {
  const actor = await ada();
  await askForData(as(actor));
  const exportId = await idOfArchive(actor);
  const { storage } = runtime();
  const receive = storage.receive.bind(storage);
  storage.receive = async (content, meter) => receive(content, meter).then(() => Promise.reject(new Error('The disk is full')));
  try {
    await expect(makeArchiveJob.handler(systemContext(), { exportId }, { isLast: false })).rejects.toThrow('full');
    expect((await ownData(as(actor))).archive?.state).toBe('QUEUED');
    await expect(makeArchiveJob.handler(systemContext(), { exportId }, { isLast: true })).rejects.toThrow('full');
  } finally {
    storage.receive = receive;
  }
  expect(await ownData(as(actor))).toMatchObject({ archive: { state: 'FAILED' }, askAgainAt: null });
  expect(await askForData(as(actor))).toEqual({ kind: 'asked' });
});

test('an account that closes while its archive is made gets none', async () => {
  const actor = await ada();
  await askForData(as(actor));
  const exportId = await idOfArchive(actor);
  await closePerson(systemContext(), actor.id);
  await school.runJobs();
  expect(await runtime().storage.exists(archiveKey(exportId))).toBe(false);
  expect((await school.mailsTo(actor.email)).map((mail) => mail.kind)).toEqual(['accounts.accountClosed']);
});

test('the night takes archives that are no longer kept, and gives up on what nobody finishes', async () => {
  const [kept, ended, stuck] = [await ada(), await ada(), await ada()];
  for (const actor of [kept, ended]) await askForData(as(actor));
  await school.runJobs();
  const [keptId, endedId] = [await idOfArchive(kept), await idOfArchive(ended)];
  await school.database.owner.query('update data_exports set expires_at = $1 where id = $2', [after(30 * dayMs), keptId]);
  await school.database.owner.query("insert into data_exports (id, user_id, created_at) values ($1, $2, now() - interval '3 days')", [
    newId(),
    stuck.id,
  ]);
  await sweepArchivesJob.handler(systemContext(after(8 * dayMs)), {});
  expect(await runtime().storage.exists(archiveKey(keptId))).toBe(true);
  expect(await runtime().storage.exists(archiveKey(endedId))).toBe(false);
  expect((await school.database.owner.query('select 1 from data_exports where id = $1', [endedId])).rows).toEqual([]);
  expect((await ownData(as(stuck))).archive?.state).toBe('FAILED');
});

async function storedArchives(): Promise<string[]> {
  return [...(await runtime().storage.listAll('exports')).objects].map((object) => object.name).sort();
}
