import { beforeEach, expect, test } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import {
  changeNotifications,
  changePreferences,
  isNotificationWanted,
  keepTheme,
  keptTheme,
  ownNotifications,
  ownPreferences,
} from '../index.server.ts';

const database = testDatabase();
let ada: Person;
let ctx: Context;

beforeEach(async () => {
  ada = await aPerson(database);
  ctx = database.context(ada);
});

const wish = { theme: 'dark', language: 'en', timeZone: 'Europe/Berlin' };
const timeZoneOf = async () => (await database.owner.query('select time_zone as zone from users where id = $1', [ada.id])).rows[0]?.zone;

test('colors, language and time zone are kept', async () => {
  expect(await ownPreferences(ctx)).toMatchObject({ theme: null, language: 'en', timeZone: 'UTC' });
  await Promise.all([changePreferences(ctx, wish), changePreferences(ctx, wish)]);
  expect(await keptTheme(ctx)).toBe('dark');
  expect(await timeZoneOf()).toBe('Europe/Berlin');
  const preferences = await ownPreferences(database.context({ ...ada, timeZone: 'Europe/Berlin' }));
  expect(preferences).toMatchObject({ theme: 'dark', language: 'en', timeZone: 'Europe/Berlin' });
  expect(preferences.timeZones).toContain('Pacific/Auckland');
});

test('a time zone that goes by an older name stays among the choices', async () => {
  const { timeZones } = await ownPreferences(database.context({ ...ada, timeZone: 'Asia/Calcutta' }));
  expect(timeZones).toEqual(expect.arrayContaining(['Asia/Calcutta', 'UTC']));
  expect(new Set(timeZones).size).toBe(timeZones.length);
});

test.each([
  ['theme', 'purple'],
  ['language', 'tlh'],
  ['timeZone', 'Mars/Olympus'],
  ['timeZone', '+02:00'],
  ['timeZone', ''],
])('what cannot be chosen is refused at its field: %s %s', async (field, value) => {
  await expect(changePreferences(ctx, { ...wish, [field]: value })).rejects.toMatchObject({
    code: 'invalid',
    fields: { [field]: expect.any(String) },
  });
  expect(await keptTheme(ctx)).toBeNull();
});

test('colors chosen in passing are kept and leave the rest alone', async () => {
  await changeNotifications(ctx, { isEnabled: false, chosen: [] });
  await keepTheme(ctx, { theme: 'light' });
  expect(await keptTheme(ctx)).toBe('light');
  expect((await ownNotifications(ctx)).isEnabled).toBe(false);
});

test('everybody is told everything until they choose', async () => {
  const { isEnabled, kinds } = await ownNotifications(ctx);
  expect(isEnabled).toBe(true);
  expect(kinds.flatMap((kind) => kind.channels).every((channel) => channel.isChosen)).toBe(true);
});

test('what is not ticked is not sent; what keeps the account safe is, whatever is ticked', async () => {
  const asProgram = database.context(system);
  const wanted = (kind: 'security' | 'courseCompleted' | 'teachingAnswered') =>
    isNotificationWanted(asProgram, { userId: ada.id, kind, channel: 'email' });
  await changeNotifications(ctx, { isEnabled: true, chosen: ['teachingAnswered.email', 'nonsense', 'courseCompleted.pigeon'] });
  expect([await wanted('security'), await wanted('teachingAnswered'), await wanted('courseCompleted')]).toEqual([true, true, false]);
  await changeNotifications(ctx, { isEnabled: false, chosen: ['teachingAnswered.email', 'courseCompleted.email'] });
  expect([await wanted('security'), await wanted('teachingAnswered'), await wanted('courseCompleted')]).toEqual([true, false, false]);
  // The choices outlive the master switch.
  const chosen = (await ownNotifications(ctx)).kinds.flatMap((kind) =>
    kind.channels.every((channel) => channel.isChosen) ? [kind.id] : [],
  );
  expect(chosen).toEqual(['security', 'teachingAnswered', 'courseCompleted']);
  await database.owner.query('update users set deleted_at = now() where id = $1', [ada.id]);
  expect(await wanted('security')).toBe(false);
});

test('an admin who acts as somebody else changes none of it, and a guest has none', async () => {
  const session = { id: newId<'session'>(), startedAt: ctx.now, impersonator: { id: newId<'user'>(), name: 'Ines' } };
  for (const change of [
    (as: Context) => changePreferences(as, wish),
    (as: Context) => keepTheme(as, { theme: 'dark' }),
    (as: Context) => changeNotifications(as, { isEnabled: true, chosen: [] }),
  ]) {
    await expect(change(database.context({ ...ada, session }))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(change(database.context(guest))).rejects.toMatchObject({ code: 'sign-in-required' });
  }
  await expect(ownPreferences(database.context(guest))).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(ownNotifications(database.context(guest))).rejects.toMatchObject({ code: 'sign-in-required' });
});
