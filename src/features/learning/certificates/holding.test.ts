import { describe, expect, test } from 'vitest';
import { closePerson } from '#features/accounts/index.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, system } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { certificatePdf, courseEntry, courseStanding, myCertificates, revokeCertificate } from '../index.server.ts';
import { certificateSchool } from './testing/certificate-school.ts';

const school = certificateSchool();
const { as, finish, finished, show } = school;

describe('whose holder closes their account', () => {
  test('it names nobody any more, and gives no paper', async () => {
    const { code, student, teacher } = await finished();
    expect(await closePerson(as(system), student.id)).toEqual({ kind: 'closed' });
    const shown = await show(code, teacher);
    expect(shown).toMatchObject({ state: 'nameless', name: null, course: { title: 'Looms & algebra' } });
    const { rows } = await school.database.owner.query(
      "select snapshot::text || coalesce(revoked_reason, '') as all from certificates where code = $1",
      [code],
    );
    expect(rows[0].all).not.toContain('Ada');
    await expect(certificatePdf(as(guest), { code })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('one’s own certificates', () => {
  test('are listed from the last one on, page by page, each once, in one query however many there are', async () => {
    const student = await aPerson(school.database);
    const instructorId = (await aPerson(school.database, 'INSTRUCTOR')).id;
    const none = await statementsOf(() => myCertificates(as(student), {}));
    for (let number = 1; number <= 26; number += 1) {
      const course = await aCourse(school.database, { title: `Course ${number}`, instructorId, chapters: [{ lessons: [{}] }] });
      await finish(student, course, new Date(Date.UTC(2026, 0, Math.ceil(number / 2))));
    }
    const first = await myCertificates(as(student), {});
    const second = await myCertificates(as(student), { before: first.older });
    expect([first.certificates.length, first.isFirstPage, second.certificates.length, second.isFirstPage, second.older]).toEqual([
      24,
      true,
      2,
      false,
      null,
    ]);
    const titles = [...first.certificates, ...second.certificates].map(({ course }) => course);
    expect(titles).toEqual(Array.from({ length: 26 }, (_, index) => `Course ${26 - index}`));
    expect(await statementsOf(() => myCertificates(as(student), {}))).toEqual(none);
    expect((await myCertificates(as(student), { before: 'anything' })).certificates).toEqual(first.certificates);
  });

  test('are one’s own alone, for an admin too, and for nobody who is not signed in', async () => {
    await finished();
    expect((await myCertificates(as(await aPerson(school.database, 'ADMIN')), {})).certificates).toEqual([]);
    await expect(myCertificates(as(guest), {})).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

test('who has finished is led to the certificate, by the course’s page and by the classroom, while it holds', async () => {
  const { code, student, teacher, course } = await finished();
  const ways = async () => [
    await courseStanding(as(student), { slug: course.slug }),
    await courseEntry(as(student), { slug: course.slug }),
  ];
  expect(await ways()).toMatchObject([
    { step: 'certificate', certificateCode: code },
    { kind: 'finished', course: { certificateCode: code } },
  ]);
  await revokeCertificate(as(teacher), { code, reason: 'Copied.' });
  expect(await ways()).toMatchObject([
    { step: 'review', certificateCode: null },
    { kind: 'finished', course: { certificateCode: null } },
  ]);
});
