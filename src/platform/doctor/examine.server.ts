import type { Config } from '../config.server.ts';
import { type Context, system } from '../context.ts';
import { databaseOver, openConnections } from '../database/database.server.ts';
import { messageOf } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Job } from '../jobs.server.ts';
import { createLog } from '../log.server.ts';
import { examineClock, examineMigrations, examineRole, examineRowSecurity, examineServer } from './database.server.ts';
import { type Finding, findingsOf } from './finding.ts';
import { examineJobs } from './jobs.server.ts';
import { examineDisk, examineNode, examineOrigin, examineStorage } from './machine.server.ts';
import { examineFailedMails, examineMail } from './mail.server.ts';
import { type ReachedDatabase, reachDatabase } from './reach-database.server.ts';

export interface Examination {
  jobs: readonly Job<never>[];
  /** What a feature looks after, asked as the program itself once the database has all its migrations. */
  features: readonly ((ctx: Context) => Promise<Finding>)[];
}

/** Looks at everything that the school hangs on, and changes nothing. */
export async function examine(config: Config, examination: Examination): Promise<Finding[]> {
  return [
    examineNode(),
    examineOrigin(config),
    ...(await examineDatabase(config, examination)),
    await examineStorage(config),
    await examineDisk(config),
    await examineMail(config),
  ];
}

async function examineDatabase(config: Config, examination: Examination): Promise<Finding[]> {
  const { warn, fail } = findingsOf('database');
  let database: ReachedDatabase | undefined;
  try {
    database = await reachDatabase(config);
    if (!database) return [warn('There is none yet. It is made when the school starts for the first time.')];
    return await examineReached(database, examination);
  } catch (error) {
    const reason = messageOf(error) || (error as { code?: string }).code || 'no answer';
    return [fail(`It cannot be examined (${reason}). ${config.databaseUrl ? 'Check DATABASE_URL.' : 'Look into the log of the school.'}`)];
  } finally {
    await database?.leave();
  }
}

async function examineReached({ owner, applicationUrl, where }: ReachedDatabase, { jobs, features }: Examination): Promise<Finding[]> {
  const findings = [await examineServer(owner, where), await examineClock(owner), await examineMigrations(owner)];
  if (findings.some(({ state }) => state === 'fail')) return findings;
  findings.push(await examineRole(applicationUrl), await examineRowSecurity(owner));
  findings.push(...(await examineJobs(owner, jobs)), await examineFailedMails(owner));
  if (findings.some(({ check, state }) => check === 'role' && state === 'fail')) return findings;
  const connections = openConnections({ url: applicationUrl, poolSize: 2, actsAs: 'system' });
  try {
    const ctx = { db: databaseOver(connections), actor: system, now: new Date(), requestId: newId(), log: createLog('silent') };
    for (const feature of features) findings.push(await feature(ctx));
  } finally {
    await connections.end();
  }
  return findings;
}
