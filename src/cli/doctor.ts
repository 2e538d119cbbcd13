import type { Command } from 'commander';
import { auditChain } from '#features/accounts/index.server.ts';
import { lookAtBooks } from '#features/commerce/index.server.ts';
import { type Config, loadConfig } from '#platform/config.server.ts';
import type { Context } from '#platform/context.ts';
import { examine } from '#platform/doctor/examine.server.ts';
import { type Finding, findingsOf } from '#platform/doctor/finding.ts';
import { messageOf, OperatorError } from '#platform/errors.ts';
import { jobs, subscriptions } from '../registry.server.ts';
import { report } from './output.ts';

/** `lyceum doctor`: looks at everything that the school hangs on, says what is wrong and what to do, and changes nothing. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Examine settings, database, audit log, books, storage, mail and jobs, and say what to mend')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await diagnosis();
      const isHealthy = findings.every(({ state }) => state !== 'fail');
      report({ isHealthy, findings }, options.json, () => [...findings.map(lineOf), summaryOf(findings)]);
      if (!isHealthy) process.exitCode = 1;
    });
}

async function diagnosis(): Promise<Finding[]> {
  const { ok, fail } = findingsOf('settings');
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [fail(`${messageOf(error)} lyceum config lists them all.`)];
  }
  const everyJob = [...jobs, ...subscriptions.map((subscription) => subscription.job)];
  return [ok('all valid'), ...(await examine(config, { jobs: everyJob, features: [examineAuditLog, examineBooks] }))];
}

/** Whether the audit log is the chain that it was written as. */
async function examineAuditLog(ctx: Context): Promise<Finding> {
  const { ok, fail } = findingsOf('audit log');
  const { entries, firstBreak } = await auditChain(ctx);
  if (firstBreak === null) return ok(`whole, ${entries} ${entries === 1 ? 'entry' : 'entries'}`);
  return fail(`Broken at entry ${firstBreak}: it, or what was before it, was changed past the program. Keep a copy, and find out by whom.`);
}

/** Whether the books of the shop agree. */
async function examineBooks(ctx: Context): Promise<Finding> {
  const { ok, fail } = findingsOf('books');
  const { orders, disagreements } = await lookAtBooks(ctx);
  if (disagreements === 0) return ok(`${orders} ${orders === 1 ? 'order' : 'orders'}, all in agreement`);
  return fail(
    `They disagree in ${disagreements} ${disagreements === 1 ? 'place' : 'places'}. /admin/alarms names each, after the next night at the latest.`,
  );
}

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

function lineOf({ check, state, words }: Finding): string {
  return `${marks[state]}  ${check.padEnd(14)}  ${words}`;
}

function summaryOf(findings: Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  if (count('fail') > 0) return `Something does not work: ${count('fail')} of ${findings.length} checks failed.`;
  if (count('warn') > 0) return `The school works; ${count('warn')} of ${findings.length} checks ask for a look.`;
  return 'The school is in good health.';
}
