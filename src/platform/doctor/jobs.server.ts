import type pg from 'pg';
import type { Job } from '../jobs.server.ts';
import { type Finding, findingsOf } from './finding.ts';

interface Queue {
  dead: number;
  deadNames: string[] | null;
  stuck: number;
  overdue: number;
  waiting: number;
}

const queueOf = `
  select count(*) filter (where attempts >= max_attempts and locked_at is null)::int as dead,
         array_agg(distinct task_identifier order by task_identifier) filter (where attempts >= max_attempts and locked_at is null) as "deadNames",
         count(*) filter (where locked_at < now() - interval '1 hour')::int as stuck,
         count(*) filter (where locked_at is null and attempts < max_attempts and run_at < now() - interval '5 minutes')::int as overdue,
         count(*) filter (where attempts < max_attempts)::int as waiting
    from graphile_worker.jobs`;

/** Whether the school's work for later gets done: what waits, hangs or has failed for good, and whether last night's jobs ran. */
export async function examineJobs(owner: pg.Client, jobs: readonly Job<never>[]): Promise<Finding[]> {
  const { rows } = await owner.query<Queue>(queueOf);
  return [queueFinding(rows[0]!), deadFinding(rows[0]!), await scheduleFinding(owner, jobs)];
}

function queueFinding({ stuck, overdue, waiting }: Queue): Finding {
  const { ok, warn } = findingsOf('jobs');
  if (stuck > 0)
    return warn(
      `${stuck} ${stuck === 1 ? 'has' : 'have'} been in hand for more than an hour. Look for their lines in the log, and restart the program.`,
    );
  if (overdue > 0)
    return warn(
      `${overdue} ${overdue === 1 ? 'is' : 'are'} overdue: nobody seems to run them. Start lyceum serve, or lyceum worker with JOBS=separate.`,
    );
  return ok(waiting === 0 ? 'none waits' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for their time`);
}

function deadFinding({ dead, deadNames }: Queue): Finding {
  const { ok, warn } = findingsOf('failed jobs');
  return dead === 0 ? ok('none') : warn(`${dead} failed for good (${(deadNames ?? []).join(', ')}). The log says why.`);
}

async function scheduleFinding(owner: pg.Client, jobs: readonly Job<never>[]): Promise<Finding> {
  const { ok, warn } = findingsOf('nightly jobs');
  const { rows } = await owner.query<{ name: string; isLate: boolean }>(
    `select identifier as name, coalesce(last_execution, known_since) < now() - interval '26 hours' as "isLate"
       from graphile_worker._private_known_crontabs`,
  );
  const known = new Map(rows.map(({ name, isLate }) => [name, isLate]));
  const scheduled = jobs.filter((job) => job.schedule).map((job) => job.name);
  const unknown = scheduled.filter((name) => !known.has(name));
  if (unknown.length > 0) return warn(`${unknown.join(', ')} never ran: this version has not been started yet. Start it.`);
  const late = scheduled.filter((name) => known.get(name));
  return late.length > 0
    ? warn(`${late.join(', ')} did not run for a day. They run while the school is on; leave it on, or start it once a day.`)
    : ok(`all ${scheduled.length} on time`);
}
