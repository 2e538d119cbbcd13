import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPersonByEmail } from '#features/accounts/index.server.ts';
import type { Context, Person } from '#platform/context.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../src/process.server.ts';
import { lyceum, startSchool } from '../tests/support/school.ts';

/** The demo school in a process of its own, and what this process needs to measure it. */
export interface BenchSchool {
  baseUrl: string;
  /** The process that serves it and runs its jobs. */
  processId: number;
  student: SignedIn;
  instructor: SignedIn;
  contextOf(person: Person): Context;
  /** Connections as the owner without row-level security: what bare SQL costs. */
  bare: pg.Pool;
  /** The same, as the application's role, which row-level security binds. */
  secured: pg.Pool;
  close(): Promise<void>;
}

/** Somebody with the header by which their browser is known. */
export interface SignedIn {
  person: Person;
  cookie: string;
}

/** Starts the demo school on a database with full durability, as a real one has. */
export async function openBenchSchool(): Promise<BenchSchool> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lyceum-bench-'));
  chmodSync(dataDir, 0o755);
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  const seeded = await lyceum(['seed'], settings);
  if (seeded.code !== 0) throw new Error(seeded.output);
  const school = await startSchool({ dataDir, environment: settings });
  process.env.DATA_DIR = dataDir;
  process.env.LOG_LEVEL = 'silent';
  const here = await startProcess({ join: true });
  const enter = async (email: string): Promise<SignedIn> => {
    const person = await findPersonByEmail(systemContext(), { email });
    if (!person) throw new Error(`The demo school has no ${email}`);
    return { person, cookie: await signIn(school.baseUrl, email) };
  };
  const bare = new pg.Pool({ connectionString: here.database.ownerUrl, max: 10 });
  const secured = new pg.Pool({ connectionString: here.database.applicationUrl, max: 10 });
  return {
    baseUrl: school.baseUrl,
    processId: school.process.pid!,
    student: await enter('student@demo.school'),
    instructor: await enter('instructor@demo.school'),
    contextOf: (person) => requestContext(person),
    bare,
    secured,
    async close() {
      await bare.end();
      await secured.end();
      await here.close();
      await school.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signIn(baseUrl: string, email: string): Promise<string> {
  const body = new URLSearchParams({ email, password: 'lyceum-demo-school', remember: 'on' });
  const answer = await fetch(`${baseUrl}/sign-in?/signIn`, { method: 'POST', body, redirect: 'manual', headers: { origin: baseUrl } });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`Signing in set no cookie (status ${answer.status})`);
  // A browser knows its colors after the first page.
  return [...cookies, 'theme=system'].join('; ');
}
