import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeShown, midOfCode } from '../../../../tests/support/authenticator-app.ts';
import type { TestBrowser } from '../../../../tests/support/test-browser.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { beginSetUp, makeRecoveryCodes, secondFactorOf, setUpOf, switchOff, switchOn } from '../index.server.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: midOfCode() }));
afterAll(() => void vi.useRealTimers());

const school = testSchool();

async function begin(browser: TestBrowser): Promise<string> {
  await beginSetUp(await browser.request());
  return (await setUpOf(await browser.request()))?.secret ?? '';
}

const kindsOfMails = async (email: string) => {
  await school.runJobs();
  return (await school.mailsTo(email)).map(({ kind }) => kind);
};

const auditOf = async (email: string) =>
  (
    await school.database.owner.query<{ action: string }>(
      'select action from audit_log a join users u on u.id = a.actor_id where u.email = $1 order by a.sequence',
      [email],
    )
  ).rows.map(({ action }) => action);

test('the app is taught by a square and by letters, and is asked for only after it has shown a right code', async () => {
  const browser = await school.signedUp('learner@school.test');
  const secret = await begin(browser);
  const setUp = await setUpOf(await browser.request());
  expect(secret).toMatch(/^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$/);
  expect(setUp?.url).toContain(`secret=${secret.replaceAll(' ', '')}&issuer=Lyceum`);
  expect(setUp?.qr.path).toMatch(/^(M\d+ \d+h1v1h-1z){200,}$/);
  expect(await secondFactorOf(await browser.request())).toEqual({ isOn: false });
  expect(await browser.enter()).toBe('signed-in');

  const answer = switchOn(await browser.request(), { code: '000 000', client: browser.client });
  await expect(answer).rejects.toMatchObject({ code: 'invalid', fields: { code: expect.stringContaining('not right') } });
  await expect(switchOn(await browser.request(), { code: 'abc', client: browser.client })).rejects.toMatchObject({ code: 'invalid' });
  expect(await secondFactorOf(await browser.request())).toEqual({ isOn: false });
  expect(await browser.enter()).toBe('signed-in');

  const code = codeShown(secret);
  const { recoveryCodes } = await switchOn(await browser.request(), {
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    client: browser.client,
  });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await secondFactorOf(await browser.request())).toEqual({ isOn: true, recoveryCodesLeft: 10 });
  expect(await setUpOf(await browser.request())).toBeUndefined();
  expect(await kindsOfMails('learner@school.test')).toEqual(['accounts.secondFactorOn']);
  expect(await auditOf('learner@school.test')).toEqual(['accounts.secondFactorOn']);
});

test('neither the secret nor a recovery code is kept in the clear', async () => {
  const browser = await school.signedUp('private@school.test');
  const secret = await begin(browser);
  const { recoveryCodes } = await switchOn(await browser.request(), { code: codeShown(secret), client: browser.client });
  const { rows } = await school.database.owner.query('select to_jsonb(t)::text as row from two_factors t');
  const kept = rows.map(({ row }) => row).join();
  for (const clear of [secret.replaceAll(' ', ''), ...recoveryCodes]) expect(kept).not.toContain(clear);
});

test('beginning again replaces the secret; what is on cannot be begun again', async () => {
  const browser = await school.signedUp('again@school.test');
  const first = await begin(browser);
  const second = await begin(browser);
  expect(second).not.toBe(first);
  await expect(switchOn(await browser.request(), { code: codeShown(first), client: browser.client })).rejects.toMatchObject({
    code: 'invalid',
  });
  await switchOn(await browser.request(), { code: codeShown(second), client: browser.client });
  await expect(begin(browser)).rejects.toMatchObject({ code: 'conflict' });
  await expect(switchOn(await browser.request(), { code: codeShown(second, 1), client: browser.client })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('new recovery codes replace the old, and switching off deletes everything; the owner hears of both', async () => {
  const browser = await school.signedUp('changer@school.test');
  await expect(makeRecoveryCodes(await browser.request())).rejects.toMatchObject({ code: 'conflict' });
  const secret = await begin(browser);
  const first = await switchOn(await browser.request(), { code: codeShown(secret), client: browser.client });
  const second = await makeRecoveryCodes(await browser.request());
  expect(second.recoveryCodes.filter((code) => first.recoveryCodes.includes(code))).toEqual([]);
  await switchOff(await browser.request());
  await switchOff(await browser.request());
  expect(await secondFactorOf(await browser.request())).toEqual({ isOn: false });
  expect(await browser.enter()).toBe('signed-in');
  expect(await kindsOfMails('changer@school.test')).toEqual(
    expect.arrayContaining(['accounts.secondFactorOn', 'accounts.recoveryCodesMade', 'accounts.secondFactorOff']),
  );
  expect(await auditOf('changer@school.test')).toEqual([
    'accounts.secondFactorOn',
    'accounts.recoveryCodesMade',
    'accounts.secondFactorOff',
  ]);
});

test('nothing of it is done by a guest, with an old proof, or by an admin who acts as somebody else', async () => {
  const browser = await school.signedUp('guarded@school.test');
  await begin(browser);
  const fresh = await browser.request();
  const old = await browser.request(20);
  const session = fresh.actor.kind === 'person' ? fresh.actor.session : undefined;
  if (fresh.actor.kind !== 'person' || !session) throw new Error('Nobody is signed in');
  const impersonator = { id: fresh.actor.id, name: 'An admin' };
  const impersonated = { ...fresh, actor: { ...fresh.actor, session: { ...session, impersonator } } };
  const client = browser.client;
  for (const deed of [beginSetUp, switchOff, makeRecoveryCodes, (ctx: typeof old) => switchOn(ctx, { code: '123456', client })]) {
    await expect(deed(school.database.context())).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(deed(old)).rejects.toMatchObject({ code: 'forbidden', message: 'Confirm that it is you first.' });
    await expect(deed(impersonated)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('acting as them') });
  }
  expect(await setUpOf(old)).toBeUndefined();
  expect(await setUpOf(impersonated)).toBeUndefined();
});
