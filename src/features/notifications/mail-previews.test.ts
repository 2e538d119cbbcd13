import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Mail, registerMails, writeMail } from '#platform/mail.server.ts';
import { guest, person, system } from '../../../tests/support/database.ts';
import { nasty, tagsIn } from '../../../tests/support/html.ts';
import { mails } from '../../registry.server.ts';
import { mailPreview, mailPreviews } from './index.server.ts';

const every = (mails as unknown as Mail<Record<string, unknown>>[]).map((mail) => [mail.kind, mail] as const);
const contextOf = (actor: Parameters<typeof person>[0] | typeof guest) =>
  ({ actor: typeof actor === 'string' ? person(actor) : actor }) as Parameters<typeof mailPreviews>[0];

const linksOf = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&').replaceAll('&quot;', '"'));
const addressesIn = (text: string) => text.match(/https?:\/\/[^\s]+/g) ?? [];
/** A way in stands in the query, or is the address itself: a gift, a seat. */
const isSecretLink = (text: string) =>
  addressesIn(text).some((address) => new URL(address).searchParams.has('token') || /^\/(gifts|seats)\/./.test(new URL(address).pathname));
/** The mail's HTML without its head, whose style is ours. */
const bodyOf = (html: string) => html.slice(html.indexOf('<body'));

describe.each(every)('%s', (kind, mail) => {
  const written = writeMail(mail, mail.schema.parse(mail.example));

  test('has a subject of one line, and lines that every screen holds', () => {
    expect(kind).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/);
    expect(mail.subject(mail.example)).toBe(written.subject);
    expect(written.subject).toMatch(/^\S.{3,70}\S$/);
    for (const line of written.text.split('\n').filter((line) => !line.includes('://'))) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('says the same in both forms: the same links, and no value that is missing', () => {
    const { subject, text, html } = written;
    expect(new Set(linksOf(html))).toEqual(new Set(addressesIn(text)));
    for (const form of [subject, text, bodyOf(html)]) expect(form).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
  });

  test('is forgotten once it is sent exactly when a link in it opens an account', () => {
    expect(isSecretLink(written.text)).toBe(mail.secret !== false);
  });

  test('loads nothing and lets nobody write markup or a link into it, whatever they are called', () => {
    const words = Object.entries(mail.example).filter(([, value]) => typeof value === 'string' && !/^(https?:|[0-9a-f-]{36}$)/.test(value));
    const ours = tagsIn(bodyOf(written.html));
    fc.assert(
      fc.property(nasty, (attack) => {
        const hostile = { ...mail.example, ...Object.fromEntries(words.map(([field]) => [field, attack])) };
        if (!mail.schema.safeParse(hostile).success) return;
        expect(tagsIn(bodyOf(writeMail(mail, hostile).html))).toEqual(ours);
      }),
    );
    const lured = { ...mail.example, ...('name' in mail.example ? { name: 'Win at https://evil.example now' } : {}) };
    expect(linksOf(writeMail(mail, lured).html)).toEqual(linksOf(written.html));
    expect(addressesIn(writeMail(mail, lured).text)).toEqual(addressesIn(written.text));
    expect(written.html).not.toMatch(/<(img|script|link|iframe|form|input)|url\(|\son[a-z]+=/i);
  });
});

test('every mail of the source is registered', async () => {
  const features = join(import.meta.dirname, '..');
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\/emails\/(?!.*\.test\.ts$)[^/]+\.ts$/.test(path),
  );
  const declared: string[] = [];
  for (const file of files) {
    const values: unknown[] = Object.values(await import(pathToFileURL(join(features, file)).href));
    declared.push(...values.flatMap((value) => (isMail(value) ? [value.kind] : [])));
  }
  expect(declared.sort()).toEqual(every.map(([kind]) => kind).sort());
});

function isMail(value: unknown): value is { kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'letter' in value;
}

describe('the previews', () => {
  beforeAll(() => registerMails(mails));

  test('show an admin every kind of mail with its example', () => {
    const previews = mailPreviews(contextOf('ADMIN'));
    expect(previews.map(({ kind }) => kind).sort()).toEqual(every.map(([kind]) => kind).sort());
    expect(mailPreview(contextOf('ADMIN'), { kind: 'accounts.resetPassword' })).toMatchObject({
      subject: 'Choose a new password',
      isSecret: true,
    });
    expect(() => mailPreview(contextOf('ADMIN'), { kind: '__proto__' })).toThrow('no such mail');
  });

  test.each([guest, system, person('STUDENT'), person('INSTRUCTOR')])('are for nobody else: %#', (actor) => {
    expect(() => mailPreviews(contextOf(actor as typeof guest))).toThrow('Only admins');
    expect(() => mailPreview(contextOf(actor as typeof guest), { kind: 'accounts.resetPassword' })).toThrow('Only admins');
  });
});
