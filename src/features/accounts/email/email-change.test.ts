import { expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { inBrowser } from '../../../../tests/support/in-browser.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import {
  cancelEmailChange,
  confirmEmailChange,
  createUser,
  emailChangeLink,
  ownEmailChange,
  refuseEmailChange,
  requestEmailChange,
  requestPasswordReset,
  setPassword,
} from '../index.server.ts';

const school = testSchool();

const asGuest = (now = new Date()) => school.database.context(guest, now);
const as = (actor: Person, now = new Date()) => school.database.context(actor, now);
let machines = 0;

/** Each from a machine of its own, so that the limits of one test do not reach the next. */
function machine() {
  machines += 1;
  return { address: `198.51.${machines >> 8}.${machines & 255}`, userAgent: 'Test' };
}

async function ada(): Promise<Person> {
  return inBrowser(school.database, await aPerson(school.database, 'STUDENT', { name: 'Ada Lovelace' }), new Date());
}

const ask = (actor: Person, email: string) => requestEmailChange(as(actor), { email, client: machine() });
const confirm = (token: string, now = new Date()) => confirmEmailChange(asGuest(now), { token, client: machine() });
const newAddress = () => `new-${newId()}@school.test`;

async function kindsTo(address: string): Promise<string[]> {
  await school.runJobs();
  return (await school.mailsTo(address)).map((mail) => mail.kind.replace('accounts.', ''));
}

/** The token of the newest link mailed to an address. */
async function linkTo(address: string): Promise<string> {
  await school.runJobs();
  const mail = (await school.mailsTo(address)).filter(({ text }) => text.includes('/confirm-email-change')).at(-1);
  return new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
}

async function emailOf(person: Person): Promise<string | undefined> {
  const { rows } = await school.database.owner.query<{ email: string }>('select email from users where id = $1', [person.id]);
  return rows[0]?.email;
}

test.each(['the old address first', 'the new address first'])('an address is changed once both have confirmed: %s', async (order) => {
  const actor = await ada();
  const elsewhere = await inBrowser(school.database, actor, new Date());
  const to = newAddress();
  await ask(actor, to.toUpperCase());
  const links = [await linkTo(actor.email), await linkTo(to)];
  if (order === 'the new address first') links.reverse();
  expect(await confirm(links[0]!)).toMatchObject({ kind: 'waiting' });
  expect(await emailOf(actor)).toBe(actor.email);
  expect(await confirm(links[1]!)).toEqual({ kind: 'changed', email: to });
  expect(await emailOf(actor)).toBe(to);
  expect(await kindsTo(actor.email)).toEqual(['emailChangeAllow', 'emailChanged']);
  expect(await kindsTo(to)).toEqual(['emailChangeProve', 'emailChanged']);
  const sessions = await school.database.owner.query<{ id: string }>('select id from sessions where user_id = $1', [actor.id]);
  expect(sessions.rows).toEqual([{ id: actor.session?.id }]);
  expect(sessions.rows).not.toContainEqual({ id: elsewhere.session?.id });
  const lines = await school.database.owner.query('select action from audit_log where subject_id = $1', [actor.id]);
  expect(lines.rows).toEqual([{ action: 'accounts.emailChanged' }]);
});

test('each link works once and only for its own address', async () => {
  const actor = await ada();
  const to = newAddress();
  await ask(actor, to);
  const link = await linkTo(actor.email);
  expect(await emailChangeLink(asGuest(), { token: link })).toEqual({ kind: 'open', side: 'current', newEmail: to, isConfirmed: false });
  await confirm(link);
  expect(await confirm(link)).toEqual({ kind: 'expired' });
  expect(await emailChangeLink(asGuest(), { token: link })).toMatchObject({ isConfirmed: true });
  expect(await emailOf(actor)).toBe(actor.email);
});

test('both links pressed in one moment make one change', async () => {
  const actor = await ada();
  const to = newAddress();
  await ask(actor, to);
  const links = [await linkTo(actor.email), await linkTo(to)];
  const answers = await Promise.all(links.map((link) => confirm(link)));
  expect(answers.map((answer) => answer.kind).sort()).toEqual(['changed', 'waiting']);
  expect(await emailOf(actor)).toBe(to);
});

test('opening a link changes nothing: only its button does', async () => {
  const actor = await ada();
  const to = newAddress();
  await ask(actor, to);
  for (const address of [actor.email, to]) await emailChangeLink(asGuest(), { token: await linkTo(address) });
  expect(await emailOf(actor)).toBe(actor.email);
  expect(await ownEmailChange(as(actor))).toMatchObject({ newEmail: to, isAllowed: false, isProven: false });
});

test('an address that has an account gets the same answer; its owner learns of it, and no link leads there', async () => {
  const actor = await ada();
  const owner = await aPerson(school.database, 'STUDENT', { name: 'Grace Hopper' });
  const free = newAddress();
  expect(await ask(actor, free)).toEqual(await ask(actor, owner.email));
  expect(await kindsTo(owner.email)).toEqual(['emailChangeTaken']);
  const mails = await school.mailsTo(owner.email);
  expect(mails[0]?.text).toContain('Hello Grace Hopper,');
  expect(mails[0]?.text).not.toContain(actor.email);
  expect(await confirm(await linkTo(actor.email))).toMatchObject({ kind: 'waiting' });
  expect(await ownEmailChange(as(actor))).toMatchObject({ newEmail: owner.email, isAllowed: true, isProven: false });
});

test('whoever makes an account with the address meanwhile keeps it, and the change is refused in words', async () => {
  const actor = await ada();
  const to = newAddress();
  await ask(actor, to);
  const links = [await linkTo(actor.email), await linkTo(to)];
  await createUser(school.asProgram(), { name: 'Grace Hopper', email: to });
  await confirm(links[0]!);
  expect(await confirm(links[1]!)).toEqual({ kind: 'taken' });
  expect(await emailOf(actor)).toBe(actor.email);
  expect(await ownEmailChange(as(actor))).toBeNull();
});

test('a refusal, a cancellation, a new request and a new password each spend every link before', async () => {
  const spendings: ((actor: Person, link: string) => Promise<unknown>)[] = [
    (_, link) => refuseEmailChange(asGuest(), { token: link, client: machine() }),
    (actor) => cancelEmailChange(as(actor)),
    (actor) => ask(actor, newAddress()),
    (actor) => setPassword(school.asProgram(), { email: actor.email, password: 'eleven quiet green lamps' }),
  ];
  for (const spend of spendings) {
    const actor = await ada();
    const to = newAddress();
    await ask(actor, to);
    const links = [await linkTo(actor.email), await linkTo(to)];
    await spend(actor, links[0]!);
    for (const link of links) {
      expect(await emailChangeLink(asGuest(), { token: link })).toEqual({ kind: 'expired' });
      expect(await confirm(link)).toEqual({ kind: 'expired' });
    }
    expect(await emailOf(actor)).toBe(actor.email);
  }
});

test('a link of more than a day, a made-up one and one of another kind do nothing', async () => {
  const actor = await ada();
  await ask(actor, newAddress());
  const link = await linkTo(actor.email);
  const later = new Date(Date.now() + 86_401_000);
  expect(await confirm(link, later)).toEqual({ kind: 'expired' });
  const other = newId();
  await school.database.owner.query(
    "insert into verifications (id, identifier, value, expires_at) values ($1, 'x', 'x', now() + interval '1 day')",
    [other],
  );
  for (const token of ['', 'nonsense', `${link}x`, link.split('.')[0]!, `${other}.x`, `${newId()}.${link.split('.')[1]}`])
    expect(await confirm(token)).toEqual({ kind: 'expired' });
});

test('no link can be read out of the database', async () => {
  const actor = await ada();
  await ask(actor, newAddress());
  const secret = (await linkTo(actor.email)).split('.')[1] ?? '';
  expect(secret).toHaveLength(43);
  const { rows } = await school.database.owner.query('select value from verifications');
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('a link by which a password is chosen, mailed to the old address, is worthless after the change', async () => {
  const actor = await ada();
  const to = newAddress();
  await requestPasswordReset(asGuest(), { email: actor.email, client: machine() });
  await ask(actor, to);
  const links = [await linkTo(actor.email), await linkTo(to)];
  for (const link of links) await confirm(link);
  const { rows } = await school.database.owner.query('select 1 from verifications where value = $1', [actor.id]);
  expect(rows).toEqual([]);
});

test('only the person, with a fresh proof, asks for a change', async () => {
  const actor = await ada();
  const session = actor.session!;
  const stale = { ...actor, session: { ...session, startedAt: new Date(Date.now() - 3_600_000) } };
  const impersonated = { ...actor, session: { ...session, impersonator: { id: newId<'user'>(), name: 'Ines' } } };
  const byKey = { ...actor, session: undefined, apiKey: { id: newId<'apiKey'>(), scopes: ['profile:read'] } };
  for (const [who, code] of [
    [stale, 'forbidden'],
    [impersonated, 'forbidden'],
    [byKey, 'forbidden'],
  ] as const)
    await expect(ask(who, newAddress())).rejects.toMatchObject({ code });
  await expect(cancelEmailChange(as(impersonated))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(requestEmailChange(asGuest(), { email: newAddress(), client: machine() })).rejects.toMatchObject({
    code: 'sign-in-required',
  });
});

test('one’s own address, a demo address and nonsense are refused at the field; more than five requests an hour as too many', async () => {
  const actor = await ada();
  for (const email of [actor.email, 'ada@demo.school', 'ada'])
    await expect(ask(actor, email)).rejects.toMatchObject({ code: 'invalid', fields: { email: expect.any(String) } });
  for (let count = 0; count < 5; count += 1) await ask(actor, newAddress());
  await expect(ask(actor, newAddress())).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
});
