import { EventEmitter } from 'node:events';
import { parseCronItems, type Runner, run, type TaskList } from 'graphile-worker';
import type { z } from 'zod';
import { type Context, system } from './context.ts';
import { type Connections, databaseOver } from './database/database.server.ts';
import { statement } from './database/statement.ts';
import { newId } from './ids.ts';
import { workerLogger } from './jobs-logger.server.ts';
import { showLife } from './jobs-recovery.server.ts';
import type { Logger } from './log.server.ts';
import { jobsFinished } from './metrics.server.ts';

/** Work that happens later: a name, the shape of its payload, and a handler that assumes it already ran. */
export interface Job<Payload> {
  name: string;
  schema: z.ZodType<Payload>;
  /** Attempts with growing pauses before the job is left as failed for an admin to see. */
  maxAttempts?: number;
  /** When it runs by itself, as a crontab line's five fields in UTC. */
  schedule?: string;
  /** Jobs of one queue run one after another, so that long work leaves room for the rest. */
  queue?: string;
  handler(ctx: Context, payload: Payload, run?: JobRun): Promise<void>;
}

/** One try of a job. */
export interface JobRun {
  /** Whether no other try follows when this one fails. */
  isLast: boolean;
  /** Says that the process is about to end: what takes long breaks off, and goes on in the next try. */
  signal?: AbortSignal;
}

/** Declares a job. */
export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job;
}

const addJob = statement<unknown, [string, string, string | null, number, string | null, string | null]>(
  'select graphile_worker.add_job($1, $2::json, run_at => $3::timestamptz, max_attempts => $4, job_key => $5, queue_name => $6)',
);

export interface EnqueueOptions {
  runAt?: Date;
  /** Jobs of one key replace each other until one has run. */
  key?: string;
}

/** Inserts a job in the current transaction: it runs if and only if that transaction commits. */
export async function enqueue<Payload>(ctx: Context, job: Job<Payload>, payload: Payload, options: EnqueueOptions = {}): Promise<void> {
  const valid = job.schema.parse(payload);
  await ctx.db.sql(
    addJob,
    job.name,
    JSON.stringify(valid),
    options.runAt?.toISOString() ?? null,
    job.maxAttempts ?? 10,
    options.key ?? null,
    job.queue ?? null,
  );
}

export interface WorkerOptions {
  /** Connections that act as the program itself. */
  connections: Connections;
  jobs: readonly Job<never>[];
  log: Logger;
  concurrency?: number;
}

/** A worker that runs until it is stopped; stopping waits for the jobs in hand. */
export interface JobWorker {
  stop(): Promise<void>;
}

/** Starts running jobs. Two jobs of one name are a mistake in the program and refused here. */
export async function startWorker(options: WorkerOptions): Promise<JobWorker> {
  const taskList: TaskList = {};
  for (const job of options.jobs) {
    if (taskList[job.name]) throw new Error(`Two jobs are named ${job.name}`);
    taskList[job.name] = (payload, helpers) => runJob(job, payload, options, helpers);
  }
  const parsedCronItems = parseCronItems(
    options.jobs.flatMap((job) =>
      // A school that was off at night catches up once when it starts.
      job.schedule
        ? [{ task: job.name, match: job.schedule, identifier: job.name, options: { backfillPeriod: 86_400_000, jobKey: job.name } }]
        : [],
    ),
  );
  const events = new EventEmitter();
  let workerId = '';
  events.once('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
    workerId = workerPool.id;
  });
  const runner: Runner = await run({
    events,
    pgPool: options.connections.pool,
    // Ends of jobs are written through a queue that stopping waits for; written singly, the last could find its pool closed.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList,
    parsedCronItems,
    concurrency: options.concurrency ?? 2,
    noHandleSignals: true,
    noPreparedStatements: false,
    pollInterval: 2000,
    logger: workerLogger(options.log),
  });
  runner.promise.catch((error: unknown) => options.log.error({ err: error }, 'The job worker stopped'));
  const life = await showLife(options.connections.pool, workerId, options.log);
  return {
    async stop() {
      await runner.stop().finally(() => life.end());
    },
  };
}

interface TakenJob {
  id: string;
  attempts: number;
  max_attempts: number;
}

interface TakenWith {
  job: TakenJob;
  abortSignal?: AbortSignal;
}

async function runJob(job: Job<never>, payload: unknown, options: WorkerOptions, { job: taken, abortSignal }: TakenWith): Promise<void> {
  const log = options.log.child({ job: job.name, jobId: taken.id, attempt: taken.attempts });
  const ctx: Context = { db: databaseOver(options.connections), actor: system, now: new Date(), requestId: newId(), log };
  const started = performance.now();
  try {
    await job.handler(ctx, job.schema.parse(payload) as never, {
      isLast: taken.attempts >= taken.max_attempts,
      signal: abortSignal,
    });
    jobsFinished.inc({ job: job.name, outcome: 'done' });
    log.info({ durationMs: Math.round(performance.now() - started) }, 'job done');
  } catch (error) {
    jobsFinished.inc({ job: job.name, outcome: 'failed' });
    log.error({ err: error, durationMs: Math.round(performance.now() - started) }, 'job failed');
    throw error;
  }
}
