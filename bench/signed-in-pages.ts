import { actorOf } from '#features/accounts/index.server.ts';
import { dashboard, lessonPage } from '#features/learning/index.server.ts';
import { openFloor } from './floor.ts';
import { inTurns, load, repeat } from './load.ts';
import { statementsOf } from './recorded.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';

const lesson = { courseSlug: 'typescript-from-first-principles', lessonSlug: 'types-are-sets-of-values' };

/** Pages of a signed-in student, against the time of rendering them from memory plus the time of their bare queries. */
export async function signedInPages(school: BenchSchool, seconds: number): Promise<Row[]> {
  const pages = [
    { what: 'dashboard', path: '/dashboard', query: 'dashboard', model: () => dashboard(school.context()) },
    {
      what: 'classroom',
      path: `/learn/${lesson.courseSlug}/${lesson.lessonSlug}`,
      query: 'lessonPage',
      model: () => lessonPage(school.context(), lesson),
    },
  ];
  const headers = { cookie: school.cookie };
  const rows: Row[] = [];
  for (const { what, path, query, model } of pages) {
    const statements = await statementsOf(async () => {
      await actorOf(new Headers(headers), new Date());
      await model();
    });
    const floor = await openFloor({ kind: 'page', query, model: await model(), actor: school.student }, path);
    const queries = async () => {
      for (const { name, text, values } of statements) await school.bare.query({ name, text, values });
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
