import { randomBytes } from 'node:crypto';
import { Argument, type Command, Option } from 'commander';
import { changeRole, createUser, setPassword } from '#features/accounts/index.server.ts';
import type { Context, Role } from '#platform/context.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../process.server.ts';
import { report, say } from './output.ts';

const roles = ['student', 'instructor', 'admin'];

/** `lyceum user …`: makes people, changes their role, gives them a new password. */
export function addUserCommand(program: Command): void {
  const user = program.command('user').description('Make people, change their role, give them a new password');
  user
    .command('create')
    .description('Make an account whose address counts as confirmed')
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--name <name>', 'name as others see it')
    .addOption(new Option('--role <role>', 'role').choices(roles).default('student'))
    .addOption(passwordOption())
    .option('--json', 'print the result as JSON')
    .action(create);
  user
    .command('role')
    .description('Change someone’s role')
    .argument('<email>', 'e-mail address')
    .addArgument(new Argument('<role>', 'new role').choices(roles))
    .option('--json', 'print the result as JSON')
    .action(role);
  user
    .command('reset-password')
    .description('Give someone a new password and end their sessions')
    .argument('<email>', 'e-mail address')
    .addOption(passwordOption())
    .option('--json', 'print the result as JSON')
    .action(resetPassword);
  for (const command of user.commands) command.exitOverride();
}

/** Arguments can be seen by every account of the machine and stay in the shell's history, so a password is better made here. */
function passwordOption(): Option {
  return new Option('--password <password>', 'password; made and printed once when left out');
}

interface Created {
  email: string;
  name: string;
  role: string;
  password?: string;
  json?: boolean;
}

async function create(options: Created): Promise<void> {
  const made = options.password === undefined ? newPassword() : undefined;
  const { email, name } = options;
  const person = { email, name, role: asRole(options.role), password: options.password ?? made };
  const { id } = await asProgram((ctx) => createUser(ctx, person));
  report({ id, email, role: options.role, password: made }, options.json, () => [
    `Made the ${options.role} ${email}`,
    ...passwordLines(made),
  ]);
}

async function role(email: string, wanted: string, options: { json?: boolean }): Promise<void> {
  const change = await asProgram((ctx) => changeRole(ctx, { email, role: asRole(wanted) }));
  report({ ...change, email }, options.json, () => [
    change.before === change.after ? `${email} is ${wanted} already` : `${email} was ${change.before.toLowerCase()} and is now ${wanted}`,
  ]);
}

async function resetPassword(email: string, options: { password?: string; json?: boolean }): Promise<void> {
  const made = options.password === undefined ? newPassword() : undefined;
  const { id } = await asProgram((ctx) => setPassword(ctx, { email, password: options.password ?? made ?? '' }));
  report({ id, email, password: made }, options.json, () => [
    `${email} has a new password and is signed out everywhere`,
    ...passwordLines(made),
  ]);
}

async function asProgram<Result>(work: (ctx: Context) => Promise<Result>): Promise<Result> {
  const lyceum = await startProcess({ say, join: true });
  try {
    return await work(systemContext());
  } finally {
    await lyceum.close();
  }
}

function asRole(word: string): Role {
  return word.toUpperCase() as Role;
}

/** 120 bits, in groups that can be read out. */
function newPassword(): string {
  return (randomBytes(15).toString('hex').match(/.{6}/g) ?? []).join('-');
}

function passwordLines(made: string | undefined): string[] {
  return made ? [`Password: ${made}`] : [];
}
