import { beforeEach } from 'vitest';
import type { Actor, Context, Person } from '#platform/context.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../../tests/support/database.ts';
import { testProcess } from '../../../../../tests/support/process.ts';
import { type PackagePart, recordPackage } from '../../../packages/index.server.ts';
import { beginPart, enrollInCourse, lessonPage, reportPart } from '../../index.server.ts';

/** When everything in these tests begins. */
export const now = new Date('2026-05-04T10:00:00Z');
export const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** The id of a launch, which is a UUIDv7 of its moment. */
function launchAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${newId().slice(15)}`;
}

/** A part as a package declares it. */
export const part = (id: string, more: Partial<PackagePart> = {}): PackagePart => ({
  id,
  title: `Part ${id}`,
  heading: null,
  href: `${id}.html?a=1`,
  isAsset: false,
  masteryScore: null,
  maxTimeAllowed: '',
  timeLimitAction: '',
  launchData: '',
  ...more,
});

/** Declares a school for the tests of one file: before each, Ada is enrolled in a course whose first lesson is a package of two parts. */
export function packageSchool() {
  const database = testDatabase({ poolSize: 12 });
  testProcess(database);

  let course: MadeCourse;
  let student: Person;
  let parts: PackagePart[];
  beforeEach(async () => {
    course = await aCourse(database, { chapters: [{ lessons: [{ type: 'PACKAGE' }, { isRequired: false }] }] });
    await putParts([part('one'), part('two', { masteryScore: 80 })]);
    student = await aPerson(database, 'STUDENT', { name: 'Ada Lovelace', timeZone: 'Europe/Berlin' });
    await enrollInCourse(database.context(student, now), { courseSlug: course.slug });
  });

  /** Puts a package into the lesson, or another in its place. */
  async function putParts(wanted: PackagePart[], sha256 = 'a'): Promise<void> {
    parts = wanted;
    await recordPackage(database.context(system), {
      lessonId: course.lessons[0]!.id as LessonId,
      stored: {
        manifest: { identifier: 'test', version: '1', title: 'A package', parts },
        files: [{ path: 'one.html', key: `packages/${'a'.repeat(2)}/${'b'.repeat(62)}`, contentType: 'text/html', sizeBytes: 12 }],
        sha256: sha256.repeat(64),
      },
    });
  }

  const address = () => ({ courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });

  /** The seal that the lesson's page gives to somebody. */
  async function sealFor(actor: Actor, at = now): Promise<string> {
    const { content } = await lessonPage(database.context(actor, at), address());
    if (content.kind !== 'open' || !content.package) throw new Error('The lesson is not open');
    return content.package.playPath.split('/')[2]!;
  }

  /** Somebody at the packages' address: without cookies. */
  const visiting = (at = now): Context => database.context(guest, at);

  /** A player of ours, opened now. */
  async function player(of = 'one', actor: Actor = student) {
    const seal = await sealFor(actor);
    const begun = await beginPart(visiting(), { seal, place: parts.findIndex(({ id }) => id === of) });
    const launch = launchAt(now);
    let sequence = 0;
    return {
      begun,
      report: (more: Record<string, unknown> = {}, at = later(3600)) => {
        sequence += 1;
        const report = { part: of, launch, run: 0, sequence, values: {}, seconds: 0, ending: 'none', ...more };
        return reportPart(visiting(at), { seal, report });
      },
    };
  }

  /** What is kept of Ada’s work in the parts. */
  async function attempts() {
    const { rows } = await database.owner.query<Record<string, unknown>>(
      `select a.part, a.status, a.score_raw::float as score, a.total_seconds as seconds, a.values, a.completed_at is not null as done
         from package_attempts a join enrollments e on e.id = a.enrollment_id where e.user_id = $1 order by a.part`,
      [student.id],
    );
    return rows;
  }

  return {
    database,
    get course() {
      return course;
    },
    get student() {
      return student;
    },
    get parts() {
      return parts;
    },
    putParts,
    address,
    sealFor,
    visiting,
    player,
    attempts,
  };
}
