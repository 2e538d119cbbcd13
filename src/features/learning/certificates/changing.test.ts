import { describe, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { certificatePdf, reissueCertificate, restoreCertificate, revokeCertificate } from '../index.server.ts';
import { certificateSchool, type Finished } from './testing/certificate-school.ts';

const school = certificateSchool();
const { as, finished, show } = school;

describe('issued anew', () => {
  async function renamed(now?: Date): Promise<Finished> {
    const made = await finished();
    const student = { ...made.student, name: 'Ada King' };
    await school.database.owner.query('update users set name = $2 where id = $1', [student.id, student.name]);
    if (now) await reissueCertificate(as(student, now), { code: made.code });
    return { ...made, student };
  }

  test('it bears the present name under the same code, and papers from before are replaced', async () => {
    const { code, student } = await renamed();
    expect(await show(code, student)).toMatchObject({ name: 'Ada Lovelace', newName: 'Ada King' });
    await reissueCertificate(as(student, new Date('2026-06-01T10:00:00Z')), { code });
    expect(await show(code, student)).toMatchObject({
      state: 'valid',
      name: 'Ada King',
      newName: null,
      edition: 2,
      firstIssuedOn: '2026-05-04',
      issuedOn: '2026-06-01',
      facts: ['Completed on May 4, 2026', '2 lessons'],
    });
    expect((await show(code, guest, '1')).state).toBe('replaced');
    expect((await show(code, guest, '2')).state).toBe('valid');
  });

  test('it stays as it is where the name is the same, however often that is asked', async () => {
    const { code, student } = await finished();
    for (let time = 0; time < 5; time += 1) await reissueCertificate(as(student), { code });
    expect(await show(code)).toMatchObject({ edition: 1, issuedOn: '2026-05-04' });
  });

  test('it is a few times a day, and no more', async () => {
    const { code, student } = await renamed(new Date('2026-06-01T10:00:00Z'));
    const rename = (name: string) => school.database.owner.query('update users set name = $2 where id = $1', [student.id, name]);
    for (const name of ['Ada Byron', 'Augusta Ada King']) {
      await rename(name);
      await reissueCertificate(as(student), { code });
    }
    await rename('Countess of Lovelace');
    await expect(reissueCertificate(as(student), { code })).rejects.toMatchObject({ code: 'too-many' });
    expect((await show(code)).name).toBe('Augusta Ada King');
  });

  test('it is by its holder alone, and only while it holds', async () => {
    const { code, student, teacher } = await renamed();
    for (const actor of [await aPerson(school.database), teacher, await aPerson(school.database, 'ADMIN')])
      await expect(reissueCertificate(as(actor), { code })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reissueCertificate(as(guest), { code })).rejects.toMatchObject({ code: 'sign-in-required' });
    await revokeCertificate(as(teacher), { code, reason: 'Copied.' });
    await expect(reissueCertificate(as(student), { code })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('revoked', () => {
  test('it says so and since when to everybody, and why to its holder and its judges alone', async () => {
    const { code, student, teacher } = await finished();
    await revokeCertificate(as(teacher, new Date('2026-06-02T10:00:00Z')), { code, reason: 'Somebody else’s work.' });
    const shown = await show(code);
    expect(shown).toMatchObject({ state: 'revoked', revokedOn: '2026-06-02', revokedReason: null, name: 'Ada Lovelace' });
    expect(JSON.stringify(shown)).not.toContain('Somebody else');
    for (const actor of [student, teacher, await aPerson(school.database, 'ADMIN')])
      expect((await show(code, actor)).revokedReason).toBe('Somebody else’s work.');
    await expect(certificatePdf(as(student), { code })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('it is by who may change the course, and by admins; for nobody else, and never one’s own', async () => {
    const { code, student, teacher, course } = await finished();
    const assistant = await aPerson(school.database);
    const second = await aPerson(school.database);
    const help = 'insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)';
    await school.database.owner.query(help, [course.id, assistant.id, 'ASSISTANT']);
    await school.database.owner.query(help, [course.id, second.id, 'CO_INSTRUCTOR']);
    const revoke = (actor: Actor) => revokeCertificate(as(actor), { code, reason: 'Copied.' });
    for (const actor of [student, assistant, await aPerson(school.database), await aPerson(school.database, 'INSTRUCTOR')])
      await expect(revoke(actor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revoke({ ...student, role: 'ADMIN' })).rejects.toMatchObject({ code: 'conflict' });
    for (const actor of [teacher, second, await aPerson(school.database, 'ADMIN')]) {
      await revoke(actor);
      await expect(revoke(actor)).rejects.toMatchObject({ code: 'conflict' });
      expect((await show(code)).state).toBe('revoked');
      await restoreCertificate(as(actor), { code });
      expect((await show(code)).state).toBe('valid');
    }
    await expect(revokeCertificate(as(teacher), { code, reason: '  ' })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('it is by nobody past the program either', async () => {
    const { code, student } = await finished();
    const client = await school.database.connections.pool.connect();
    for (const person of [student, await aPerson(school.database), await aPerson(school.database, 'INSTRUCTOR')]) {
      await client.query('begin');
      await client.query("select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true)", [person.id, person.role]);
      await expect(client.query("select * from judge_certificate($1, 'No.', now())", [code])).rejects.toMatchObject({ code: '42501' });
      await client.query('rollback');
    }
    client.release();
  });

  test('its holder is told by mail, also when it holds again, and both deeds are written down', async () => {
    const { code, student, teacher } = await finished();
    await revokeCertificate(as(teacher), { code, reason: 'Somebody else’s work.' });
    await restoreCertificate(as(teacher), { code });
    await school.runJobs();
    const mails = (await school.mailsTo(student.email)).filter(({ kind }) => kind.startsWith('learning.'));
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Your certificate for “Looms & algebra” was revoked',
      'Your certificate for “Looms & algebra” holds again',
    ]);
    expect(mails[0]!.text).toContain('Somebody else’s work.');
    expect(mails[0]!.text).toContain(`http://localhost:3000/certificates/${code}`);
    const { rows } = await school.database.owner.query('select action, after from audit_log where subject_id = $1 order by sequence', [
      student.id,
    ]);
    expect(rows).toEqual([
      { action: 'learning.certificateRevoked', after: { code, reason: 'Somebody else’s work.' } },
      { action: 'learning.certificateRestored', after: { code } },
    ]);
  });
});
