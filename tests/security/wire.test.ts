import { globSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, openTarget, password, signedIn, type Target } from './target.ts';

let target: Target;
/** What became of a request that arrives drop by drop, begun with the school. */
let dripped: Promise<{ seconds: number; answer: string }>;

beforeAll(async () => {
  target = await openTarget();
  dripped = drip();
  await target.make('ada@school.test');
});
afterAll(() => target.close());

/** Sends a header's byte a second, for as long as the school listens. */
function drip(): Promise<{ seconds: number; answer: string }> {
  const { port } = new URL(target.school.baseUrl);
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port: Number(port) });
    let answer = '';
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const drops = setInterval(() => socket.write('a'), 1_000);
    socket.on('data', (part) => (answer += part));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drops);
      resolve({ seconds: (performance.now() - started) / 1000, answer });
    });
  });
}

/** Sends bytes as they are and gives the answer's first line. */
function raw(bytes: string): Promise<string> {
  const { port } = new URL(target.school.baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: 'localhost', port: Number(port) }, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (part) => (answer += part));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

const form = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { origin: target.origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body,
});

describe('a request that is too much', () => {
  test('has a body beyond the limit', async () => {
    expect((await attempt(target, '/sign-in?/signIn', form(`email=${'a'.repeat(600_000)}`))).status).toBe(413);
    expect((await attempt(target, '/watch/x', form(`"${'a'.repeat(600_000)}"`, { 'content-type': 'application/json' }))).status).toBe(413);
  });

  test('has headers beyond the limit', async () => {
    expect((await attempt(target, '/', { headers: { 'x-long': 'a'.repeat(20_000) } })).status).toBe(431);
    expect((await attempt(target, '/', { headers: { cookie: `a=${'b'.repeat(20_000)}` } })).status).toBe(431);
  });

  test('has more fields than a form has', async () => {
    const answer = await attempt(target, '/sign-in?/signIn', form(Array.from({ length: 20_000 }, (_, index) => `f${index}=1`).join('&')));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test('lies about its length', async () => {
    const head = `POST /sign-in?/signIn HTTP/1.1\r\nHost: localhost\r\nOrigin: ${target.origin}\r\nConnection: close\r\n`;
    const both = `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect(await raw(both)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await raw(`${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`${head}Content-Length: -1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test.each(['TRACE', 'PUT', 'DELETE', 'PATCH'])('%s does nothing to a page', async (method) => {
  const answer = await attempt(target, '/courses', { method, headers: { origin: target.origin, cookie: 'secret=1' } });
  expect([400, 405, 501]).toContain(answer.status);
  expect(answer.body).not.toContain('secret=1');
});

test('no other host is reached through the school', async () => {
  expect(await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')).not.toMatch(/^HTTP\/1\.1 2/);
  const proxied = await raw('GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
  expect(proxied).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
  expect(proxied.toLowerCase()).not.toContain('location: http');
});

describe('a path that climbs', () => {
  const climbing = [
    '/files/../../etc/passwd',
    '/files/..%2f..%2fetc%2fpasswd',
    '/files/%2e%2e/%2e%2e/etc/passwd',
    '/files/%2e%2e%2f%2e%2e%2fsecret',
    '/files/..%5c..%5csecret',
    '/files/....//....//secret',
    '/files/%252e%252e%252fsecret',
    '/files/ab/../../secret',
    '/files//etc/passwd',
    '/files/%00',
    '/files/ab/%00.webp',
    '/_app/../../package.json',
    '/_app/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.env',
    '/.git/config',
    '/data/secret',
    '/package.json',
  ];

  test.each(climbing)('%s leads nowhere', async (path) => {
    const answer = await attempt(target, path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/root:[^:]*:0:|"dependencies"|\[core\]/);
  });
});

describe('a character that no text can hold', () => {
  test.each(['/reset-password?token=%00', '/magic-link/open?token=%00', '/courses?q=%00', '/certificates/%00'])(
    '%s is no fault of the school',
    async (path) => {
      expect((await attempt(target, path)).status).toBeLessThan(500);
    },
  );
});

describe('a line break in a value', () => {
  test('begins no header of the answer', async () => {
    const split = 'dark\r\nset-cookie: planted=1';
    const answer = await attempt(target, '/theme', form(new URLSearchParams({ theme: split, returnTo: `/courses${split}` }).toString()));
    expect(answer.status).toBeLessThan(500);
    expect(answer.setCookies.join('\n')).not.toMatch(/planted/);
    expect(answer.location).toBe('/');
    for (const path of [
      '/sign-in?next=/%0d%0aset-cookie:%20planted=1',
      '/dashboard?a=%0d%0aset-cookie:%20planted=1',
      '/%0d%0aset-cookie:%20planted=1',
    ]) {
      const led = await attempt(target, path);
      expect([path, led.status < 500, led.setCookies.join().includes('planted')]).toEqual([path, true, false]);
    }
  });

  test('in a cookie of the browser is not given back', async () => {
    const answer = await attempt(target, '/courses', {
      headers: { cookie: 'theme=dark%0d%0aset-cookie:%20planted=1' },
    });
    expect(answer.status).toBe(200);
    expect(answer.setCookies).toEqual([]);
    expect(answer.body).toMatch(/data-theme="(system|dark)"/);
  });

  test('writes no line of its own into the log', async () => {
    const { headers } = await attempt(target, '/courses', {
      headers: { 'user-agent': 'x', 'x-request-id': 'mine"}\\n{"level":60,"msg":"forged' },
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    await attempt(target, '/%7B%22msg%22:%22forged%22%7D%0A%7B%22msg%22:%22forged%22%7D');
    const forged = target.school
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"msg":"forged"'));
    expect(forged).toEqual([]);
  });
});

describe('every answer carries the headers that keep a browser careful', () => {
  const everyWhere: Record<string, string | RegExp> = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': /camera=\(\)/,
    'content-security-policy': /frame-ancestors 'none'|default-src 'none'/,
  };
  const asset = () => `/_app/${globSync('**/*.js', { cwd: 'build/client/_app' })[0]}`;

  test.each<[string, number, () => Parameters<typeof attempt>[1], (() => Parameters<typeof attempt>[2])?]>([
    ['a page', 200, () => '/courses'],
    ['a page that is not there', 404, () => '/nowhere'],
    ['a file that is not there', 404, () => '/files/ab/cd.webp'],
    ['a redirect to the sign-in page', 303, () => '/dashboard'],
    ['a redirect after a form', 303, () => '/theme', () => form('theme=dark')],
    ['a form that is refused', 422, () => '/sign-up?/signUp', () => form('email=x')],
    ['a form of another site', 403, () => '/sign-in?/signIn', () => ({ ...form('email=x'), headers: { origin: 'https://evil.example' } })],
    ['a body that is too large', 413, () => '/sign-in?/signIn', () => form('a'.repeat(600_000))],
    ['a method that is not known', 405, () => '/courses', () => ({ method: 'DELETE', headers: { origin: target.origin } })],
    ['a broken address', 400, () => '/%E0%A4%A'],
    ['a script', 200, asset],
    ['health', 200, () => '/healthz'],
    ['the data of a page', 200, () => '/courses/__data.json'],
  ])('%s', async (_, status, path, how) => {
    const answer = await attempt(target, path(), how?.());
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(everyWhere))
      expect([name, answer.headers[name]]).toEqual([name, expect.stringMatching(value)]);
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  test('nothing of someone signed in is kept by anything between', async () => {
    const browser = await signedIn(target, 'ada@school.test');
    for (const path of ['/dashboard', '/settings/security', '/courses', '/nowhere']) {
      const answer = await browser.get(path);
      expect([path, answer.headers['cache-control']]).toEqual([path, expect.stringMatching(/private|no-store/)]);
    }
    expect(password).not.toBe('');
  });
});

// Last, because it takes as long as the school's patience does.
test('a request that arrives drop by drop is cut', async () => {
  const { seconds, answer } = await dripped;
  expect(answer === '' || answer.startsWith('HTTP/1.1 408')).toBe(true);
  expect(seconds).toBeGreaterThan(10);
  expect(seconds).toBeLessThan(60);
});
