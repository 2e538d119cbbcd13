import { describe, expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { playSeal } from '../../packages/index.server.ts';
import { beginPart } from '../index.server.ts';
import { later, now, packageSchool } from './testing/package-school.ts';

const school = packageSchool();
const { player, putParts, sealFor, visiting } = school;

describe('who looks leaves nothing behind', () => {
  const teacher = async () => ({ ...(await aPerson(school.database, 'INSTRUCTOR')), id: school.course.instructorId });

  test('who teaches the course sees the package as new, without credit, and is refused when it reports', async () => {
    const staff = await player('one', await teacher());
    expect(staff.begun).toMatchObject({ records: false, values: { 'cmi.core.credit': 'no-credit', 'cmi.core.lesson_mode': 'browse' } });
    await expect(staff.report()).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('so is an admin who acts as the learner', async () => {
    const actedFor: Actor = {
      ...school.student,
      session: { id: newId<'session'>(), startedAt: now, impersonator: { id: newId<'user'>(), name: 'Ines' } },
    };
    expect((await player('one', actedFor)).begun.records).toBe(false);
  });

  test('and a guest at a preview', async () => {
    await school.database.owner.query(`update lessons set visibility = 'PREVIEW' where id = $1`, [school.course.lessons[0]!.id]);
    expect((await player('one', guest)).begun).toMatchObject({ records: false, values: { 'cmi.core.student_name': 'Guest' } });
  });
});

describe('an address plays', () => {
  const begin = (seal: string, at = now) => beginPart(visiting(at), { seal, place: 0 });
  const gone = { code: 'not-found' };

  test('for some hours, and only as it was written', async () => {
    const seal = await sealFor(school.student);
    await expect(begin(seal, later(5 * 3600))).resolves.toMatchObject({ part: 'one' });
    await expect(begin(seal, later(8 * 3600))).rejects.toMatchObject(gone);
    const other = await aPerson(school.database);
    await expect(begin(seal.replace(school.student.id, other.id))).rejects.toMatchObject(gone);
    await expect(begin(seal.replace('.look.', '.keep.').replace(/.$/, '_'))).rejects.toMatchObject(gone);
    for (const made of ['', '.', 'a.b.c.d.e.f', seal.slice(0, -1), `${seal}a`]) await expect(begin(made)).rejects.toMatchObject(gone);
  });

  test('the package that it was made for, until another takes its place', async () => {
    const seal = await sealFor(school.student);
    await putParts(school.parts, 'b');
    await expect(begin(seal)).rejects.toMatchObject(gone);
    await expect(begin(await sealFor(school.student))).resolves.toMatchObject({ part: 'one' });
  });

  test('for nobody who is kept out of the school, and keeps nothing when access has ended', async () => {
    const { report } = await player();
    await school.database.owner.query('update access_grants set revoked_at = $2 where user_id = $1', [school.student.id, now]);
    await expect(report()).rejects.toMatchObject({ code: 'forbidden' });
    const seal = playSeal(visiting(), { lessonId: school.course.lessons[0]!.id, edition: 1, viewerId: school.student.id, records: true });
    await school.database.owner.query(`update users set banned = true, ban_reason = 'Spam' where id = $1`, [school.student.id]);
    await expect(begin(seal)).rejects.toMatchObject(gone);
  });
});
