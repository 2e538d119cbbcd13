import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { type School, startSchool, temporaryDataDir } from '../support/school.ts';

/** Two processes of one school: the same database and the same secret, each on a port of its own. */
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let processes: School[];
const dataDir = temporaryDataDir();

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir, database: 'academy', dangerouslyWithoutDurability: true });
  const environment = {
    DATABASE_URL: server.ownerUrl,
    HOST: '127.0.0.1',
    SECRET: 'one secret for both of the processes',
  };
  processes = await Promise.all([startSchool({ environment }), startSchool({ environment })]);
});
afterAll(async () => {
  await Promise.all((processes ?? []).map((school) => school.stop()));
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends a form of the school, as a page would (`json`: as a page with scripts would), to the process whose turn it is. */
async function send(turn: number, path: string, fields: Record<string, string>, json = false): Promise<Response> {
  const { baseUrl } = processes[turn % 2]!;
  return fetch(baseUrl + path, {
    method: 'POST',
    headers: { origin: baseUrl, ...(json ? { accept: 'application/json', 'x-sveltekit-action': 'true' } : {}) },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
}

/** Sends until the limit is met; gives the answers, the last one the refusal. */
async function untilRefused(path: string, fieldsOf: (turn: number) => Record<string, string>, most = 70): Promise<Response[]> {
  const answers: Response[] = [];
  for (let turn = 0; turn < most && answers.at(-1)?.status !== 429; turn += 1) answers.push(await send(turn, path, fieldsOf(turn)));
  return answers;
}

function expectRetryAfter(answer: Response, mostSeconds: number): void {
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(Number.isInteger(seconds)).toBe(true);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(mostSeconds);
}

test('ten wrong passwords for one account are all, over both processes together, and each then says when to come back', async () => {
  const fields = { email: 'ada@school.test', password: 'wrong wrong wrong' };
  const answers = await untilRefused('/sign-in?/signIn', () => fields);
  expect(answers.map((answer) => answer.status)).toEqual([...Array.from({ length: 10 }, () => 422), 429]);
  for (const turn of [0, 1]) expectRetryAfter(await send(turn, '/sign-in?/signIn', fields), 15 * 60);
  expect((await send(0, '/sign-in?/signIn', { ...fields, email: 'bea@school.test' })).status).toBe(422);
});

test('a page with scripts is told as well', async () => {
  const fields = { email: 'ada@school.test', password: 'wrong wrong wrong' };
  const answer = await send(0, '/sign-in?/signIn', fields, true);
  expect(await answer.json()).toMatchObject({ type: 'failure', status: 429 });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('mails that are asked for are counted over both processes, for each address', async () => {
  const answers = await untilRefused('/forgot-password?/request', () => ({ email: 'cleo@school.test' }));
  expect(answers.filter((answer) => answer.status !== 429)).toHaveLength(5);
  expectRetryAfter(answers.at(-1)!, 60 * 60);
});

test('one machine that tries many accounts is stopped, whichever process it asks', async () => {
  const answers = await untilRefused('/forgot-password?/request', (turn) => ({ email: `person${turn}@school.test` }));
  expectRetryAfter(answers.at(-1)!, 60 * 60);
  expect(answers.length).toBeGreaterThan(40);
});

test('an answer that is no page and no form says it too', async () => {
  const answers = await untilRefused('/passkeys/sign-in/options', () => ({}), 310);
  expect(answers).toHaveLength(301);
  expectRetryAfter(answers.at(-1)!, 15 * 60);
});

test('what is not refused for its number says nothing of coming back', async () => {
  const answer = await fetch(`${processes[0]!.baseUrl}/courses`);
  expect(answer.headers.has('retry-after')).toBe(false);
});
