import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestPasswordReset, requestSignInLink, requestVerification, signIn, signUp } from '#features/accounts/index.server.ts';
import { requestContext } from '#platform/runtime.server.ts';
import { type Answer, attempt, openTarget, password, type Target } from './target.ts';

let target: Target;

/** Addresses of equal length, so that an answer that repeats one is as long as another. */
const addresses = {
  unknown: 'aaaaaaaaaa@school.test',
  known: 'bbbbbbbbbb@school.test',
  unconfirmed: 'cccccccccc@school.test',
  banned: 'dddddddddd@school.test',
  passwordless: 'eeeeeeeeee@school.test',
} as const;
type Kind = keyof typeof addresses;
const kinds = Object.keys(addresses) as Kind[];

beforeAll(async () => {
  // Nothing else works meanwhile: jobs wait, as they would on another machine.
  target = await openTarget({ JOBS: 'separate' });
  await target.make(addresses.known);
  await target.make(addresses.unconfirmed, { emailVerified: false });
  const banned = await target.make(addresses.banned);
  await target.owner.query('update users set banned = true where id = $1', [banned]);
  await target.make(addresses.passwordless, { password: undefined });
});
afterAll(() => target.close());

/** Everything that asks for an address before it is known who asks. */
const forms: Record<string, { path: string; fields: (email: string) => Record<string, string> }> = {
  'signing up': { path: '/sign-up?/signUp', fields: (email) => ({ name: 'Ada', email, password }) },
  'signing in with a wrong password': { path: '/sign-in?/signIn', fields: (email) => ({ email, password: 'not the words of ada' }) },
  'asking for a new password': { path: '/forgot-password?/request', fields: (email) => ({ email }) },
  'asking for a link that signs in': { path: '/magic-link?/request', fields: (email) => ({ email }) },
  'asking for the confirmation again': { path: '/verify-email?/resend', fields: (email) => ({ email }) },
};

/** An answer without what differs between any two: its number, its moment, its nonce and the address that was typed. */
function masked({ status, headers, setCookies, location, body }: Answer, email: string): string {
  const { date: _, 'x-request-id': __, etag: ___, ...kept } = headers;
  const text = JSON.stringify({ status, kept, setCookies, location, body });
  const nonces = [...text.matchAll(/nonce-([^']+)'/g)].map(([, nonce]) => nonce ?? '');
  return nonces.reduce(
    (rest, nonce) => rest.replaceAll(nonce, 'NONCE'),
    text.replaceAll(email, 'ADDRESS').replaceAll(encodeURIComponent(email), 'ADDRESS'),
  );
}

describe.each(Object.keys(forms))('%s', (form) => {
  test.each(kinds.filter((kind) => kind !== 'unknown'))('is answered byte by byte as for an unknown address: %s', async (kind) => {
    const { path, fields } = forms[form]!;
    const answers: string[] = [];
    for (const email of [addresses.unknown, addresses[kind]]) {
      await target.owner.query('truncate rate_limits');
      const answer = await attempt(target, path, {
        method: 'POST',
        headers: { origin: target.origin },
        body: new URLSearchParams(fields(email)),
      });
      answers.push(masked(answer, email));
    }
    // What was signed up under the unknown address is taken back, so that it stays unknown.
    await target.owner.query('delete from users where email = $1', [addresses.unknown]);
    expect(answers[1]).toBe(answers[0]);
  });

  test('is refused alike once it was asked too often, whether the address is known or not', async () => {
    const { path, fields } = forms[form]!;
    const answers: string[] = [];
    for (const email of [addresses.unknown, addresses.known]) {
      await target.owner.query('truncate rate_limits');
      const ask = () =>
        attempt(target, path, { method: 'POST', headers: { origin: target.origin }, body: new URLSearchParams(fields(email)) });
      let answer = await ask();
      let times = 1;
      for (; answer.status !== 429 && times < 30; times += 1) answer = await ask();
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      answers.push(
        `${times} ${masked({ ...answer, headers: { ...answer.headers, 'retry-after': 'LATER' } }, email).replaceAll(/\d+ (second|minute)s?/g, 'LATER')}`,
      );
    }
    await target.owner.query('delete from users where email = $1', [addresses.unknown]);
    expect(answers[1]).toBe(answers[0]);
  });
});

const client = { address: '203.0.113.7', userAgent: 'Test', cookieHeader: '' };
const ctx = () => requestContext();

/** The same, as commands: without a network between, their time can be compared. */
const commands: Record<string, (email: string) => Promise<unknown>> = {
  'signing up': (email) => signUp(ctx(), { name: 'Ada', email, password, client }),
  'signing in with a wrong password': (email) =>
    signIn(ctx(), { email, password: 'not the words of ada', remember: false, client }).catch(() => undefined),
  'asking for a new password': (email) => requestPasswordReset(ctx(), { email, client }),
  'asking for a link that signs in': (email) => requestSignInLink(ctx(), { email, client }),
  'asking for the confirmation again': (email) => requestVerification(ctx(), { email, client }),
};

/** What a quarter stays below: what else the machine does falls on the slower ones. */
const lowerQuartile = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;

/** The times, in milliseconds, that each takes by turns while the machine is calm. */
async function calmTimesOf(works: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times: number[][] = works.map(() => []);
  // The first rounds warm everything up.
  for (let round = -3; round < rounds; round += 1) {
    for (let turn = 0; turn < works.length; turn += 1) {
      // Who begins changes, so that what one leaves behind falls on all.
      const place = (turn + round + 3) % works.length;
      await target.owner.query('truncate rate_limits');
      const started = performance.now();
      await works[place]?.();
      if (round >= 0) times[place]?.push(performance.now() - started);
    }
  }
  return times.map(lowerQuartile);
}

test.each(Object.keys(commands))('%s takes about as long for every address', { timeout: 300_000 }, async (deed) => {
  const command = commands[deed]!;
  let count = 0;
  const work = (kind: Kind) => () => {
    count += 1;
    return command(kind === 'unknown' ? `nobody${count}@nowhere.test` : addresses[kind]);
  };
  // A moment in which the machine was busy with something else differs from the next one; what the command itself does differently shows each time.
  let unlike = await unlikeTimes(kinds.map(work));
  for (let again = 0; again < 2 && unlike.length > 0; again += 1) unlike = await unlikeTimes(kinds.map(work));
  expect(unlike).toEqual([]);
});

/** What takes another time than the first of the works, in words. */
async function unlikeTimes(works: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const [first = 0, ...others] = await calmTimesOf(works, 30);
  // Generous, for a busy machine: without a hash of the password it would be a tenth, with a mail sent meanwhile ten times as much.
  const slackMs = 15;
  const isAlike = (time: number) => time > first * 0.7 - slackMs && time < first * 1.4 + slackMs;
  return others.flatMap((time, place) =>
    isAlike(time) ? [] : [`${kinds[place + 1]}: ${time.toFixed(1)} ms beside ${first.toFixed(1)} ms for an unknown address`],
  );
}
