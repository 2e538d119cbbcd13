import { expect, test } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { requestContext } from '#platform/runtime.server.ts';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { auth } from '../auth.server.ts';
import {
  actorOf,
  changeRole,
  createUser,
  type SessionCookie,
  signIn,
  signOut,
  startImpersonation,
  stopImpersonation,
  suspendPerson,
} from '../index.server.ts';

const school = testSchool();

const { asProgram } = school;

/** A browser: it keeps cookies as one does, and sends requests. */
class Browser {
  readonly cookies = new Map<string, string>();

  keep(cookies: SessionCookie[]): void {
    for (const { name, value, options } of cookies) options.maxAge === 0 ? this.cookies.delete(name) : this.cookies.set(name, value);
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  }

  async request(now = new Date()): Promise<Context> {
    return requestContext(await actorOf(new Headers({ cookie: this.cookieHeader }), now), undefined, now, client.address);
  }

  async who(now = new Date()): Promise<Person | undefined> {
    const { actor } = await this.request(now);
    return actor.kind === 'person' ? actor : undefined;
  }

  async start(personId: string): Promise<void> {
    const ctx = await this.request();
    this.keep((await startImpersonation(ctx, { personId, cookieHeader: this.cookieHeader, client })).cookies);
  }

  async stop(now = new Date()) {
    const stopped = await stopImpersonation(await this.request(now), { cookieHeader: this.cookieHeader });
    this.keep(stopped.cookies);
    return stopped;
  }
}

let number = 0;
async function make(role: 'STUDENT' | 'INSTRUCTOR' | 'ADMIN') {
  number += 1;
  const email = `person${number}@school.test`;
  const { id } = await createUser(asProgram(), { name: `${role} ${number}`, email, password, role });
  return { id, email };
}

async function signedIn(email: string, remember = true): Promise<Browser> {
  const browser = new Browser();
  const answer = await signIn(school.asGuest(), { email, password, remember, client });
  if (answer.kind !== 'signed-in') throw new Error('Not signed in');
  browser.keep(answer.cookies);
  return browser;
}

const deeds = async (subjectId: string) => {
  const { rows } = await school.database.owner.query(
    "select action, actor_id as actor from audit_log where subject_id = $1 and action like 'accounts.impersonation%' order by sequence",
    [subjectId],
  );
  return rows;
};

test.each([true, false])(
  'an admin sees the school as a student does, and comes back to their own session (remembered: %s)',
  async (remember) => {
    const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
    const browser = await signedIn(admin.email, remember);
    const before = browser.cookieHeader;
    const own = await browser.who();
    await browser.start(student.id);
    expect(await browser.who()).toMatchObject({ id: student.id, role: 'STUDENT', session: { impersonator: { id: admin.id } } });
    expect((await auth().api.getSession({ headers: new Headers({ cookie: browser.cookieHeader }) }))?.user.id).toBe(student.id);
    expect(await browser.stop()).toMatchObject({ personId: student.id, isBack: true });
    expect((await browser.who())?.session?.id).toBe(own?.session?.id);
    expect(browser.cookieHeader).toBe(before);
    expect(await deeds(student.id)).toEqual([
      { action: 'accounts.impersonationStarted', actor: admin.id },
      { action: 'accounts.impersonationStopped', actor: admin.id },
    ]);
    expect((await school.database.owner.query('select 1 from sessions where user_id = $1', [student.id])).rowCount).toBe(0);
  },
);

test('an hour later it is over, even for a browser that hides that it should forget, and the admin can still come back', async () => {
  const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  browser.cookies.delete('lyceum.dont_remember');
  expect(await browser.who(new Date(Date.now() + 59 * 60_000))).toMatchObject({ id: student.id });
  const anHourLater = new Date(Date.now() + 61 * 60_000);
  expect(await browser.who(anHourLater)).toBeUndefined();
  expect(await browser.stop(anHourLater)).toMatchObject({ personId: null, isBack: true });
  expect(await browser.who(anHourLater)).toMatchObject({ id: admin.id });
});

test('what the admin may do there is what the person may, and they cannot act as a third', async () => {
  const [admin, student, other] = [await make('ADMIN'), await make('STUDENT'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  await expect(browser.start(other.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(suspendPerson(await browser.request(), { id: other.id, reason: 'Spam' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('not as an admin, oneself, somebody suspended, or nobody; and nobody but an admin', async () => {
  const [admin, other, student, suspended] = [await make('ADMIN'), await make('ADMIN'), await make('STUDENT'), await make('STUDENT')];
  await suspendPerson(asProgram(), { id: suspended.id, reason: 'Spam' });
  const browser = await signedIn(admin.email);
  for (const id of [other.id, admin.id, suspended.id]) await expect(browser.start(id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(browser.start('nobody')).rejects.toMatchObject({ code: 'not-found' });
  await expect((await signedIn(student.email)).start(other.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(new Browser().start(student.id)).rejects.toMatchObject({ code: 'forbidden' });
});

test('signing out ends both sessions', async () => {
  const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  browser.keep(await signOut(await browser.request(), { cookieHeader: browser.cookieHeader }));
  expect(browser.cookies.size).toBe(0);
  expect((await school.database.owner.query('select 1 from sessions where user_id = any($1)', [[admin.id, student.id]])).rowCount).toBe(0);
  expect((await deeds(student.id)).map(({ action }) => action)).toEqual(['accounts.impersonationStarted', 'accounts.impersonationStopped']);
});

test('it ends at once when the admin is none anymore, or the person becomes one', async () => {
  const [admin, student, other] = [await make('ADMIN'), await make('STUDENT'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  await changeRole(asProgram(), { id: student.id, role: 'ADMIN' });
  expect(await browser.who()).toBeUndefined();
  await browser.stop();
  await browser.start(other.id);
  await changeRole(asProgram(), { id: admin.id, role: 'STUDENT' });
  expect(await browser.who()).toBeUndefined();
});

test('an admin who is suspended while they act as somebody loses that session at once, for as long as the suspension lasts', async () => {
  const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  const until = new Date(Date.now() + 30 * 60_000);
  await school.database.owner.query('update users set banned = true, ban_expires = $2 where id = $1', [admin.id, until]);
  expect(await browser.who()).toBeUndefined();
  expect(await browser.who(until)).toMatchObject({ id: student.id });
  await school.database.owner.query('update users set ban_expires = null where id = $1', [admin.id]);
  expect(await browser.who(until)).toBeUndefined();
});

test('an admin whose own session has ended meanwhile signs in again', async () => {
  const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  await school.database.owner.query('delete from sessions where user_id = $1', [admin.id]);
  expect(await browser.stop()).toMatchObject({ isBack: false });
  expect(browser.cookies.size).toBe(0);
});

test('a session that waits is no way in for anybody else, nor forged, nor while one is oneself', async () => {
  const [admin, student] = [await make('ADMIN'), await make('STUDENT')];
  const browser = await signedIn(admin.email);
  await browser.start(student.id);
  const kept = browser.cookies.get('lyceum.kept_session') ?? '';
  expect(kept).not.toBe('');
  // Beside a student's own session it gives nothing, and is forgotten.
  const theirs = await signedIn(student.email);
  theirs.cookies.set('lyceum.kept_session', kept);
  await theirs.stop();
  expect(await theirs.who()).toMatchObject({ id: student.id });
  expect(theirs.cookies.has('lyceum.kept_session')).toBe(false);
  // Another admin who acts as somebody does not come back as the first.
  const other = await make('ADMIN');
  const otherBrowser = await signedIn(other.email);
  await otherBrowser.start(student.id);
  otherBrowser.cookies.set('lyceum.kept_session', kept);
  expect(await otherBrowser.stop()).toMatchObject({ isBack: false });
  // Put where a session belongs, it is none.
  const forged = new Browser();
  forged.cookies.set('lyceum.session_token', kept);
  expect(await forged.who()).toBeUndefined();
  const changed = new Browser();
  changed.cookies.set('lyceum.kept_session', kept.replace('remembered', 'passing'));
  expect(await changed.stop()).toMatchObject({ isBack: false });
});
