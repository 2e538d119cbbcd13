import { registerCourseCompanions } from '#features/authoring/index.server.ts';
import { type Config, loadConfig } from '#platform/config.server.ts';
import { type OpenDatabase, type OpenOptions, openDatabase } from '#platform/database/open.server.ts';
import { registerSubscriptions } from '#platform/events.server.ts';
import { type JobWorker, startWorker } from '#platform/jobs.server.ts';
import { registerMails } from '#platform/mail.server.ts';
import { registerPersonalData } from '#platform/personal-data.server.ts';
import { type Runtime, runtime, startRuntime } from '#platform/runtime.server.ts';
import { courseCompanions, jobs, mails, personalData, subscriptions } from './registry.server.ts';

/** A process that is ready to work: migrated database, connections, listeners known. */
export interface LyceumProcess {
  config: Config;
  database: OpenDatabase;
  runtime: Runtime;
  close(): Promise<void>;
}

/** Makes the process ready; every entry point (web, worker, command line) begins here. */
export async function startProcess(options: OpenOptions = {}, config: Config = loadConfig()): Promise<LyceumProcess> {
  const database = await openDatabase(config, options);
  registerSubscriptions(subscriptions);
  registerMails(mails);
  registerPersonalData(personalData);
  registerCourseCompanions(courseCompanions);
  const started = startRuntime(config, database.applicationUrl);
  return {
    config,
    database,
    runtime: started,
    async close() {
      await started.close();
      await database.close();
    },
  };
}

/** Runs every feature's jobs in this process until stopped. */
export function startJobs(): Promise<JobWorker> {
  const { systemConnections, log } = runtime();
  const listening = subscriptions.map((subscription) => subscription.job);
  return startWorker({ connections: systemConnections, jobs: [...jobs, ...listening], log });
}
