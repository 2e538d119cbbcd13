import type pg from 'pg';
import { createUser, findPersonByEmail } from '#features/accounts/index.server.ts';
import { enrollInCourse, recordWatched } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';
import { repeat } from './load.ts';
import { statementsOf } from './recorded.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';

const courseSlug = 'typescript-from-first-principles';

/**
 * The player's report, against `pg` sending the same bare statement without row-level security: the whole command with it, and the statement alone
 * as the role that it binds, which shows what the second wall costs.
 */
export async function heartbeat(school: BenchSchool, seconds: number): Promise<Row[]> {
  const { rows } = await school.bare.query<{ id: string }>(
    "select l.id from lessons l join courses c on c.id = l.course_id where c.slug = $1 and l.type = 'VIDEO' limit 1",
    [courseSlug],
  );
  const lessonId = rows[0]?.id;
  if (!lessonId) throw new Error(`${courseSlug} has no video lesson`);
  const learners = await enrolled(40);
  const report = (index: number) => {
    const second = index % 8;
    return recordWatched(requestContext(learners[index % learners.length]), {
      lessonId,
      played: [[second, second + 1]],
      positionSeconds: second,
    });
  };
  const [statement] = await statementsOf(() => report(0));
  if (!statement) throw new Error('The heartbeat sent no statement');
  const { name, text, values } = statement;
  const sentOn = (pool: pg.Pool) => (index: number) =>
    pool.query({ name, text, values: [learners[index % learners.length]?.id, ...values.slice(1)] });
  const [bare, secured] = [sentOn(school.bare), sentOn(school.secured)];
  for (const warm of [report, bare, secured]) await repeat(warm, 1);
  const rounds = 8;
  let floorPerSecond = 0;
  let perSecond = 0;
  let securedPerSecond = 0;
  // Taking turns, so that a busy moment of the machine falls on all.
  for (let round = 0; round < rounds; round += 1) {
    floorPerSecond += (await repeat(bare, seconds / rounds)) / rounds;
    perSecond += (await repeat(report, seconds / rounds)) / rounds;
    securedPerSecond += (await repeat(secured, seconds / rounds)) / rounds;
  }
  const floor = { floor: 'write floor', floorPerSecond };
  return [
    { what: 'heartbeat', perSecond, ...floor, goal: 0.7 },
    { what: 'row-level security on the heartbeat', perSecond: securedPerSecond, ...floor, goal: 0.75 },
  ];
}

async function enrolled(count: number): Promise<Person[]> {
  const learners: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `learner-${index}@bench.test`;
    await createUser(systemContext(), { email, name: `Learner ${index}`, ifExists: 'keep' });
    const learner = await findPersonByEmail(systemContext(), { email });
    if (!learner) throw new Error(`${email} was not made`);
    await enrollInCourse(requestContext(learner), { courseSlug });
    learners.push(learner);
  }
  return learners;
}
