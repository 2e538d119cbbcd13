import type pg from 'pg';
import { messageOf } from './errors.ts';
import type { Logger } from './log.server.ts';

/** A worker's sign of life. */
export interface LifeSign {
  end(): void;
}

const everyMs = 60_000;
/** The second look comes sooner: after a crash the jobs in hand are too young for the first. */
const secondLookMs = 15_000;

// A worker takes its first job a moment before others can see that it lives.
const freeJobsOfTheDead = `
  with holders as materialized (
    select locked_by from graphile_worker._private_jobs
     where locked_by is not null and locked_by <> $1 group by locked_by having min(locked_at) < now() - interval '10 seconds'),
  dead as (select locked_by from holders where pg_try_advisory_xact_lock(hashtextextended('job worker ' || locked_by, 0)))
  select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`;

/**
 * Shows that a worker lives, by a lock that goes with its connection, and frees the jobs of workers that died with jobs in hand: killed
 * mid-job, a mail or a recount is taken up again within a minute and not after the four hours that graphile-worker waits by itself.
 */
export async function showLife(pool: pg.Pool, workerId: string, log: Logger): Promise<LifeSign> {
  let sign: Sign | undefined;
  let isOver = false;
  const look = async () => {
    if (isOver) return;
    try {
      sign ??= await hold(pool, workerId, () => {
        sign = undefined;
      });
      if (isOver) sign.letGo();
      else await sign.client.query(freeJobsOfTheDead, [workerId]);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'Jobs of dead workers could not be looked for');
    }
  };
  await look();
  const timers = [setTimeout(look, secondLookMs).unref(), setInterval(look, everyMs).unref()];
  return {
    end() {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      sign?.letGo();
    },
  };
}

interface Sign {
  client: pg.PoolClient;
  /** Closes the connection, and with it the lock. A connection that is lost in the same moment is let go of once. */
  letGo(): void;
}

async function hold(pool: pg.Pool, workerId: string, onLost: () => void): Promise<Sign> {
  const client = await pool.connect();
  let isGone = false;
  const letGo = () => {
    if (isGone) return;
    isGone = true;
    client.release(true);
    onLost();
  };
  client.once('error', letGo);
  try {
    await client.query("select pg_advisory_lock(hashtextextended('job worker ' || $1, 0))", [workerId]);
  } catch (error) {
    letGo();
    throw error;
  }
  return { client, letGo };
}
