import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { system, testDatabase } from '../../tests/support/database.ts';
import { defineJob, enqueue, type Job, type JobWorker, startWorker } from './jobs.server.ts';
import { createLog } from './log.server.ts';

const database = testDatabase({ actsAs: 'system', poolSize: 12 });
let runs = 0;
let hold: Promise<void> | undefined;

const counted = defineJob({
  name: 'test.counted',
  schema: z.object({}),
  async handler() {
    runs += 1;
    await hold;
  },
});

beforeEach(() => {
  runs = 0;
  hold = undefined;
});

const work = (): Promise<JobWorker> =>
  startWorker({ connections: database.connections, jobs: [counted] as unknown as Job<never>[], log: createLog('silent') });

const jobsLeft = async () => (await database.owner.query('select locked_by as by from graphile_worker._private_jobs')).rows;
const longAgo = () => database.owner.query("update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'");

test('a job of a worker that died with it in hand is taken up by the next', async () => {
  await enqueue(database.context(system), counted, {});
  await database.owner.query("update graphile_worker._private_jobs set locked_by = 'pool-that-died', locked_at = now(), attempts = 1");
  await longAgo();
  const worker = await work();
  await expect.poll(jobsLeft).toEqual([]);
  await worker.stop();
  expect(runs).toBe(1);
});

test('a job in the hands of a living worker is left to it, however long it takes', async () => {
  let finish = () => {};
  hold = new Promise((resolve) => {
    finish = resolve;
  });
  const first = await work();
  await enqueue(database.context(system), counted, {});
  await expect.poll(() => runs).toBe(1);
  await longAgo();
  const [held] = await jobsLeft();
  const second = await work();
  expect(await jobsLeft()).toEqual([held]);
  finish();
  await Promise.all([first.stop(), second.stop()]);
  expect(await jobsLeft()).toEqual([]);
  expect(runs).toBe(1);
});

test('a job that is done while the worker stops is done', async () => {
  let finish = () => {};
  hold = new Promise((resolve) => {
    finish = resolve;
  });
  const worker = await work();
  await enqueue(database.context(system), counted, {});
  await expect.poll(() => runs).toBe(1);
  const stopped = worker.stop();
  finish();
  await stopped;
  expect(await jobsLeft()).toEqual([]);
});
