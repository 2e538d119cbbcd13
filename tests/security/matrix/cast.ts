import pg from 'pg';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../support/courses.ts';
import { type School, startSchool } from '../../support/school.ts';
import { beginSession } from '../../support/session.ts';
import { aProductOf } from '../../support/shop.ts';
import { invoicedOrderOf } from './paper-cast.ts';
import { anAlarm, type HandedOut, handedOutBy, type Unpaid, unpaidOf } from './shop-cast.ts';

/** Who tries everything, in the order of the table's columns. `student` is enrolled in the course, `assistant` helps in it. */
const cast = ['guest', 'student', 'otherStudent', 'instructor', 'otherInstructor', 'assistant', 'admin'] as const;
export type Member = (typeof cast)[number];

/** A school with one of each, one course that is published, one that is not, and one that nobody is enrolled in. */
export interface World {
  school: School;
  owner: pg.Client;
  ids: Record<Exclude<Member, 'guest'>, string>;
  course: MadeCourse;
  draft: MadeCourse;
  untouched: MadeCourse;
  categorySlug: string;
  /** The names under which people have pages, if they have any. */
  usernames: { instructor: string; student: string };
  /** Of the student, for a course that all of them teach as they teach the others. */
  certificateCode: string;
  /** Of the student, in the course. */
  enrollmentId: string;
  /** A mail in the school's mailbox. */
  mailId: string;
  /** Of the instructor: one that brought nothing. */
  importId: string;
  /** What the student has bought for others. */
  handedOut: HandedOut;
  /** What the student has ordered and not paid. */
  unpaid: Unpaid;
  /** The address of a bundle of the instructor's. */
  bundleSlug: string;
  /** Of something about the payments that nobody has looked at. */
  alarmId: string;
  /** The number of an order of the student that has an invoice and a credit note. */
  invoicedOrder: string;
  /** One of the school, for everything, and one of the instructor, for what they sell. */
  couponIds: { school: string; instructor: string };
  /** One of those that are there from the beginning. */
  taxRateId: string;
  /** Somebody whom nobody has done anything to yet. */
  newcomer(): Promise<string>;
  /** The cookie of a session that has just begun. Each call begins another, so that a deed that ends sessions ends only its own. */
  cookieOf(member: Member): Promise<string>;
  close(): Promise<void>;
}

const secret = 'a secret for tests that has more than 32 characters';

export async function openWorld(): Promise<World> {
  const school = await startSchool({ words: ['--empty'], environment: { SECRET: secret } });
  try {
    return await fill(school);
  } catch (error) {
    await school.stop();
    throw error;
  }
}

async function fill(school: School): Promise<World> {
  const embedded = await joinEmbeddedPostgres(school.dataDir);
  if (!embedded) throw new Error('The school has no database to look into');
  const owner = new pg.Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  const [student, otherStudent, assistant] = [await aPerson({ owner }), await aPerson({ owner }), await aPerson({ owner })];
  const [instructor, otherInstructor] = [await aPerson({ owner }, 'INSTRUCTOR'), await aPerson({ owner }, 'INSTRUCTOR')];
  const admin = await aPerson({ owner }, 'ADMIN');
  const outline = {
    instructorId: instructor.id,
    isFree: true,
    chapters: [{ introduction: '<p>Before.</p>', lessons: [{ type: 'VIDEO', seconds: 60 }] }],
  };
  const course = await aCourse({ owner }, outline);
  const draft = await aCourse({ owner }, { ...outline, status: 'DRAFT' });
  const untouched = await aCourse({ owner }, outline);
  const finished = await aCourse({ owner }, outline);
  for (const { id } of [course, draft, finished])
    await owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [id, assistant.id]);
  const categorySlug = 'a-field';
  await owner.query("insert into categories (id, name, slug) values ($1, 'A field', $2)", [newId(), categorySlug]);
  const usernames = { instructor: 'a-teacher', student: 'a-pupil' };
  for (const [id, username] of [
    [instructor.id, usernames.instructor],
    [student.id, usernames.student],
  ])
    await owner.query('update users set username = $2 where id = $1', [id, username]);
  const certificateCode = await aCertificate(owner, student.id, finished.id);
  const mailId = newId();
  await owner.query(
    "insert into email_messages (id, kind, recipient, subject, text, html, state, sent_at) values ($1, 'test', 'a@b.test', 'A', 'a', 'a', 'SENT', now())",
    [mailId],
  );
  const importId = newId();
  await owner.query(
    "insert into imports (id, owner_id, name, state, message, finished_at) values ($1, $2, 'a.zip', 'FAILED', 'It is no course.', now())",
    [importId, instructor.id],
  );
  const couponIds = { school: newId(), instructor: newId() };
  await owner.query(
    `insert into coupons (id, code, type, value, created_by_id, scope, instructor_id)
     values ($1, 'SCHOOL', 'PERCENTAGE', 10, $2, 'ALL', null), ($3, 'TEACHER', 'PERCENTAGE', 10, $4::uuid, 'INSTRUCTOR', $4::uuid)`,
    [couponIds.school, admin.id, couponIds.instructor, instructor.id],
  );
  const { rows: taxes } = await owner.query<{ id: string }>("select id from tax_rates where country = 'DE' and region is null");
  const people = { student, otherStudent, instructor, otherInstructor, assistant, admin };
  const ids = Object.fromEntries(Object.entries(people).map(([member, { id }]) => [member, id])) as unknown as World['ids'];
  await enroll(school, course, await beginSession({ owner, secret }, student.id));
  const { rows: enrolled } = await owner.query<{ id: string }>('select id from enrollments where course_id = $1', [course.id]);
  const handedOut = await handedOutBy(owner, student);
  const unpaid = await unpaidOf(owner, student);
  const bundle = await aProductOf({ owner }, { type: 'BUNDLE', ownerId: instructor.id });
  const alarmId = await anAlarm(owner);
  const invoicedOrder = await invoicedOrderOf(owner, student);
  return {
    school,
    owner,
    ids,
    handedOut,
    unpaid,
    bundleSlug: bundle.slug,
    alarmId,
    invoicedOrder,
    course,
    draft,
    untouched,
    categorySlug,
    usernames,
    certificateCode,
    enrollmentId: enrolled[0]!.id,
    mailId,
    importId,
    couponIds,
    taxRateId: taxes[0]!.id,
    newcomer: async () => (await aPerson({ owner })).id,
    cookieOf: async (member) => (member === 'guest' ? '' : beginSession({ owner, secret }, ids[member])),
    async close() {
      await owner.end();
      await school.stop();
    },
  };
}

async function aCertificate(owner: pg.Client, userId: string, courseId: string): Promise<string> {
  const enrollmentId = newId();
  await owner.query("select set_config('app.user_role', 'SYSTEM', false)");
  await owner.query(
    "insert into enrollments (id, user_id, course_id, status, progress_percent, completed_at) values ($1, $2, $3, 'COMPLETED', 100, now())",
    [enrollmentId, userId, courseId],
  );
  await owner.query('select issue_certificate($1, now())', [enrollmentId]);
  const { rows } = await owner.query<{ code: string }>('select code from certificates where enrollment_id = $1', [enrollmentId]);
  return rows[0]!.code;
}

async function enroll({ baseUrl }: School, course: MadeCourse, cookie: string): Promise<void> {
  const answer = await fetch(`${baseUrl}/courses/${course.slug}?/enroll`, {
    method: 'POST',
    headers: { cookie, origin: baseUrl, accept: 'text/html' },
    body: new URLSearchParams(),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`Enrolling answered ${answer.status}`);
}
