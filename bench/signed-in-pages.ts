import { actorOf } from '#features/accounts/index.server.ts';
import { outlineEditorPage, studioCourse, studioList } from '#features/authoring/index.server.ts';
import { cartPage } from '#features/commerce/index.server.ts';
import { dashboard, lessonPage } from '#features/learning/index.server.ts';
import { ownRoom } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { openFloor } from './floor.ts';
import { inTurns, load, repeat } from './load.ts';
import { statementsOf } from './recorded.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';

interface Measured {
  what: string;
  who: 'student' | 'instructor';
  path: string;
  /** Everything that the page asks. */
  asks: { feature: string; name: string; ask(ctx: Context): Promise<unknown> }[];
}

const course = 'typescript-from-first-principles';
const lesson = { courseSlug: course, lessonSlug: 'types-are-sets-of-values' };

const pages: Measured[] = [
  {
    what: 'dashboard',
    who: 'student',
    path: '/dashboard',
    asks: [{ feature: 'learning', name: 'dashboard', ask: (ctx) => dashboard(ctx) }],
  },
  {
    what: 'classroom',
    who: 'student',
    path: `/learn/${lesson.courseSlug}/${lesson.lessonSlug}`,
    asks: [{ feature: 'learning', name: 'lessonPage', ask: (ctx) => lessonPage(ctx, lesson) }],
  },
  {
    what: 'cart',
    who: 'student',
    path: '/cart',
    asks: [{ feature: 'commerce', name: 'cartPage', ask: (ctx) => cartPage(ctx, { guestProductIds: [], currency: null }) }],
  },
  {
    what: 'studio',
    who: 'instructor',
    path: '/studio',
    asks: [
      { feature: 'authoring', name: 'studioList', ask: (ctx) => studioList(ctx, {}) },
      { feature: 'media', name: 'ownRoom', ask: (ctx) => ownRoom(ctx) },
    ],
  },
  {
    what: 'outline in the studio',
    who: 'instructor',
    path: `/studio/courses/${course}`,
    asks: [
      { feature: 'authoring', name: 'studioCourse', ask: (ctx) => studioCourse(ctx, course) },
      { feature: 'authoring', name: 'outlineEditorPage', ask: (ctx) => outlineEditorPage(ctx, { slug: course }) },
    ],
  },
];

/** Puts three courses that are sold into the student's cart. */
async function fillCart({ bare, student }: BenchSchool): Promise<void> {
  const sold = `select c.id from courses c where c.status = 'PUBLISHED' and not exists (select from enrollments e where e.course_id = c.id and e.user_id = $1)
                 order by c.slug limit 3`;
  for (const text of [
    `update courses set is_free = false where id in (${sold})`,
    `insert into products (id, type, owner_id, course_id, name, slug) select gen_random_uuid(), 'COURSE', c.instructor_id, c.id, c.title, c.slug from courses c
      where c.id in (${sold}) on conflict do nothing`,
    `insert into prices (id, product_id, currency, amount) select gen_random_uuid(), p.id, 'USD', 4900 from products p where p.course_id in (${sold}) on conflict do nothing`,
    `insert into cart_items (id, user_id, product_id) select gen_random_uuid(), $1, p.id from products p where p.course_id in (${sold}) on conflict do nothing`,
  ])
    await bare.query(text, [student.person.id]);
}

/** Pages of signed-in people, against the time of rendering them from memory plus the time of their bare queries. */
export async function signedInPages(school: BenchSchool, seconds: number): Promise<Row[]> {
  const rows: Row[] = [];
  await fillCart(school);
  for (const { what, who, path, asks } of pages) {
    const { person, cookie } = school[who];
    const headers = { cookie };
    const answers = [{ feature: 'accounts', name: 'actorOf', value: person as unknown }];
    const statements = await statementsOf(async () => {
      await actorOf(new Headers(headers), new Date());
      for (const { feature, name, ask } of asks) answers.push({ feature, name, value: await ask(school.contextOf(person)) });
    });
    const floor = await openFloor({ kind: 'page', answers }, path);
    const queries = async () => {
      for (const { name, text, values } of statements) await school.bare.query({ name, text, values: [...values] });
    };
    const { rendered, queried, page } = await inTurns(seconds, {
      rendered: (time) => load(floor, time),
      queried: async (time) => ({ requestsPerSecond: await repeat(queries, time), p99Ms: 0 }),
      page: (time) => load({ url: `${school.baseUrl}${path}`, headers }, time),
    });
    await floor.close();
    rows.push({
      what: `${what}, ${statements.length - 1} queries`,
      perSecond: page.requestsPerSecond,
      p99Ms: page.p99Ms,
      floor: 'render + query floor',
      floorPerSecond: 1 / (1 / rendered.requestsPerSecond + 1 / queried.requestsPerSecond),
      goal: 0.6,
    });
  }
  return rows;
}
