import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadConfig } from '#platform/config.server.ts';
import { registerSubscriptions } from '#platform/events.server.ts';
import { type Job, startWorker } from '#platform/jobs.server.ts';
import { registerMails } from '#platform/mail.server.ts';
import { registerPersonalData } from '#platform/personal-data.server.ts';
import { startRuntime } from '#platform/runtime.server.ts';
import { registerCourseCompanions } from '../../src/features/authoring/index.server.ts';
import { courseCompanions, jobs, mails, personalData, subscriptions } from '../../src/registry.server.ts';
import type { TestDatabase } from './database.ts';

/** A mail as the school's mailbox has it. */
interface ReceivedMail {
  kind: string;
  subject: string;
  text: string;
  html: string;
}

/** What one process of a school holds, around a test's own database: commands that ask for the runtime find it. Jobs run when the test says so. */
export interface TestProcess {
  /** Runs every job that waits, and those that they enqueue, to the end. */
  runJobs(): Promise<void>;
  /** Mails to an address, oldest first. */
  mailsTo(address: string): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

/** Declares the process of a test file, around its database: it begins before the first test and ends after the last. */
export function testProcess(database: TestDatabase, settings?: Record<string, string>): TestProcess {
  const declared = {} as TestProcess;
  beforeAll(() => {
    Object.assign(declared, startTestProcess(database, settings));
  });
  afterAll(() => declared.close?.());
  return declared;
}

/** Starts the runtime as an entry point would, with the settings given. */
export function startTestProcess(database: TestDatabase, settings: Record<string, string> = {}): TestProcess {
  const config = loadConfig({
    DATA_DIR: join(tmpdir(), database.name),
    SECRET: 'a secret for tests that has more than 32 characters',
    ORIGIN: 'http://localhost:3000',
    LOG_LEVEL: 'silent',
    ...settings,
  });
  registerSubscriptions(subscriptions);
  registerMails(mails);
  registerPersonalData(personalData);
  registerCourseCompanions(courseCompanions);
  const runtime = startRuntime(config, database.applicationUrl);
  const everyJob: Job<never>[] = [...jobs, ...subscriptions.map((subscription) => subscription.job)];
  const waiting = async () => {
    const { rows } = await database.owner.query<{ count: number }>(
      'select count(*)::int as count from graphile_worker.jobs where attempts < max_attempts',
    );
    return rows[0]?.count ?? 0;
  };
  return {
    async runJobs() {
      const worker = await startWorker({ connections: runtime.systemConnections, jobs: everyJob, log: runtime.log });
      const patienceMs = 15_000;
      try {
        for (const started = performance.now(); (await waiting()) > 0; ) {
          if (performance.now() - started > patienceMs) throw new Error('Jobs are still waiting');
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      } finally {
        await worker.stop();
      }
    },
    async mailsTo(address) {
      const { rows } = await database.owner.query<ReceivedMail>(
        'select kind, subject, text, html from email_messages where recipient = $1 order by id',
        [address],
      );
      return rows;
    },
    async close() {
      await runtime.close();
      // Test files share their worker: what the next one does not begin itself must not hear of it.
      registerSubscriptions([]);
      registerMails([]);
      registerPersonalData([]);
    },
  };
}
