import { afterAll, beforeAll, expect, test } from 'vitest';
import { type School, startSchool } from '../support/school.ts';

let school: School;
beforeAll(async () => {
  school = await startSchool({ words: ['--empty'] });
});
afterAll(() => school.stop());

test('every page carries a policy with a fresh nonce and no way around it, and the headers beside it', async () => {
  const answers = await Promise.all([
    fetch(`${school.baseUrl}/sign-in`),
    fetch(`${school.baseUrl}/sign-in`),
    fetch(`${school.baseUrl}/nowhere`),
  ]);
  const nonces = answers.map(({ headers }) => {
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    return /'nonce-([^']+)'/.exec(policy)?.[1];
  });
  expect(new Set(nonces).size).toBe(answers.length);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 404]);
});

test('a form sent from another origin is refused', async () => {
  const send = (origin: string) =>
    fetch(`${school.baseUrl}/sign-in?/signIn`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ email: 'a@b.c' }),
      redirect: 'manual',
    });
  expect((await send('https://evil.example')).status).toBe(403);
  expect((await send(school.baseUrl)).status).not.toBe(403);
});

test('a guest who asks for a page of someone signed in is led to the sign-in page and back', async () => {
  const answer = await fetch(`${school.baseUrl}/dashboard?week=1`, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fdashboard%3Fweek%3D1');
});

test('a body beyond the limit is refused', async () => {
  const answer = await fetch(`${school.baseUrl}/sign-in?/signIn`, {
    method: 'POST',
    headers: { origin: school.baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
    body: `email=${'a'.repeat(600_000)}`,
  });
  expect(answer.status).toBe(413);
});

test('each request is one line in the log, with its id and without its words', async () => {
  const answer = await fetch(`${school.baseUrl}/courses?level=hidden-words`);
  const requestId = answer.headers.get('x-request-id');
  await expect.poll(() => school.output()).toContain(requestId);
  const lines = school
    .output()
    .split('\n')
    .filter((line) => line.includes(requestId ?? ''));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ route: '/courses', method: 'GET', status: 200 });
  expect(lines[0]).not.toContain('hidden-words');
});
