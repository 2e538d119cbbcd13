import { expect, test } from 'vitest';
import { type Mail, writeMail } from '#platform/mail.server.ts';
import { accountMails } from '../registered.ts';

const mails = accountMails as unknown as Mail<Record<string, string>>[];

test.each(mails.map((mail) => [mail.kind, mail] as const))('%s reads well as text and as HTML', (kind, mail) => {
  const example = mail.schema.parse(mail.example);
  const { text, html } = writeMail(mail, example);
  expect(kind).toMatch(/^accounts\.[a-z][A-Za-z]+$/);
  expect(mail.subject(example)).toMatch(/^\S.{5,60}\S$/);
  expect(text).toContain(`Hello ${example.name},`);
  expect(html).toContain(`Hello ${example.name},`);
  for (const url of Object.values(example).filter((value) => String(value).startsWith('https:'))) {
    expect(text).toContain(url);
    expect(html).toContain(url);
  }
});
