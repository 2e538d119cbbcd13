import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGuestPages, type GuestPages, guestPageHeader } from './guest-pages.server.ts';

let pages: GuestPages;
let server: Server;
let baseUrl: string;
let rendered: number;
let words: string;
/** What happens while a page is rendered. */
let meanwhile: () => void;
let nowMs: number;

beforeEach(async () => {
  nowMs = 0;
  rendered = 0;
  words = 'first';
  meanwhile = () => undefined;
  await serve(createGuestPages({ clock: () => nowMs }));
  pages.listening(true);
});
afterEach(() => stop());

async function serve(made: GuestPages): Promise<void> {
  pages = made;
  server = createServer((request, response) => {
    if (!pages.answer(request, response)) void render(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve));
}

async function render(request: IncomingMessage, response: ServerResponse): Promise<void> {
  rendered += 1;
  const edition = pages.edition();
  const html = `<p>${words}</p>`;
  meanwhile();
  const key = request.headers[guestPageHeader];
  const headers = new Headers({ 'content-type': 'text/html' });
  if (typeof key === 'string') await pages.keep({ key, edition, html, headers });
  response.setHeader('content-type', 'text/html');
  response.end(html);
}

const get = (path = '/', headers: Record<string, string> = {}) => fetch(baseUrl + path, { headers });

test('a page is rendered once and then comes from memory, in the encoding that the browser takes', async () => {
  expect(await (await get()).text()).toBe('<p>first</p>');
  words = 'second';
  for (const encoding of ['br', 'gzip', 'identity']) {
    const answer = await get('/', { 'accept-encoding': encoding });
    expect(await answer.text()).toBe('<p>first</p>');
    expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    expect(answer.headers.get('vary')).toBe('accept-encoding, cookie');
  }
  expect(rendered).toBe(1);
});

test('a browser that has the page is told so', async () => {
  await get();
  const answer = await get('/', { 'accept-encoding': 'br' });
  const again = await get('/', { 'accept-encoding': 'br', 'if-none-match': answer.headers.get('etag') ?? '' });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const plain = await get('/', { 'accept-encoding': 'identity', 'if-none-match': answer.headers.get('etag') ?? '' });
  expect(plain.status).toBe(200);
});

test('a question for the headers alone gets them', async () => {
  await get();
  const answer = await fetch(baseUrl, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/html', '']);
  expect(rendered).toBe(1);
});

test.each([
  ['with a session', { cookie: 'lyceum.session_token=x' }],
  ['with a session beside the colors', { cookie: 'theme=dark; lyceum.session_token=x' }],
  ['with any other cookie', { cookie: 'cart=1' }],
  ['with a key', { authorization: 'Bearer lyc_x' }],
])('whoever comes %s is answered by the framework, and their page is not kept', async (_, headers) => {
  await get();
  words = 'mine';
  expect(await (await get('/', headers as Record<string, string>)).text()).toBe('<p>mine</p>');
  expect(await (await get()).text()).toBe('<p>first</p>');
});

test('by whose link a guest came makes no page of their own', async () => {
  await get('/', { cookie: 'via=ada' });
  await get('/');
  await get('/', { cookie: 'theme=dark; via=ada' });
  await get('/', { cookie: 'via=ben; theme=dark' });
  expect(rendered).toBe(2);
});

test('nobody chooses the key of a page from outside', async () => {
  words = 'poison';
  await get('/', { [guestPageHeader]: 'system 127.0.0.1 /', cookie: 'lyceum.session_token=x' });
  words = 'first';
  expect(await (await get()).text()).toBe('<p>first</p>');
});

test('each place and each choice of colors has its own page', async () => {
  for (const [path, headers] of [
    ['/', {}],
    ['/?level=beginner', {}],
    ['/courses', {}],
    ['/', { cookie: 'theme=dark' }],
  ] as const) {
    words = `${path} ${JSON.stringify(headers)}`;
    await get(path, headers);
  }
  expect(rendered).toBe(4);
  expect(await (await get('/', { cookie: 'theme=dark' })).text()).toContain('dark');
  expect(await (await get('/')).text()).not.toContain('dark');
});

test('what has changed is rendered anew, also when it changed while the page was being rendered', async () => {
  await get();
  words = 'second';
  pages.drop();
  meanwhile = () => {
    meanwhile = () => undefined;
    pages.drop();
  };
  expect(await (await get()).text()).toBe('<p>second</p>');
  words = 'third';
  expect(await (await get()).text()).toBe('<p>third</p>');
});

test('while changes cannot be heard of nothing is kept', async () => {
  await get();
  pages.listening(false);
  words = 'second';
  expect(await (await get()).text()).toBe('<p>second</p>');
  words = 'third';
  expect(await (await get()).text()).toBe('<p>third</p>');
});

test('a page is as old as a minute at the most', async () => {
  await get();
  words = 'second';
  nowMs = 60_000;
  expect(await (await get()).text()).toBe('<p>first</p>');
  nowMs = 60_001;
  expect(await (await get()).text()).toBe('<p>second</p>');
});

test('memory is bounded: the page that nobody has asked for the longest goes first', async () => {
  await stop();
  await serve(createGuestPages({ sizeLimitBytes: 250 }));
  pages.listening(true);
  for (const path of ['/a', '/b', '/c']) await get(path);
  expect(rendered).toBe(3);
  await get('/a');
  await get('/d');
  const before = rendered;
  await get('/a');
  expect(rendered).toBe(before);
  for (let page = 0; page < 50; page += 1) await get(`/page-${page}`);
  await get('/a');
  expect(rendered).toBe(before + 51);
});
