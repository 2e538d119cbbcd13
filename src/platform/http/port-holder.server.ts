import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { OperatorError } from '../errors.ts';

/** Throws an OperatorError that names the holder, where the system tells it, when the port cannot be listened on. */
export async function assertPortIsFree(port: number, host: string): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (failure) throw explainListenError(failure, port, host);
}

/** The one clear line for an address that cannot be listened on. */
export function explainListenError(error: NodeJS.ErrnoException, port: number, host: string): OperatorError {
  if (error.code === 'EADDRINUSE') {
    const holder = portHolder(port);
    return new OperatorError(
      `Port ${port} is taken${holder ? ` by ${holder}` : ''}. Stop that program, or choose another port with PORT.`,
      { cause: error },
    );
  }
  if (error.code === 'EACCES')
    return new OperatorError(`Port ${port} needs more rights than this account has. Choose one above 1023 with PORT.`, { cause: error });
  return new OperatorError(`Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`, { cause: error });
}

/** Name and process id of the listener, from Linux' process files; undefined elsewhere or where they are closed to us. */
function portHolder(port: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const inode = listeningInode(port);
    const pid = inode && readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inode));
    if (!pid) return undefined;
    const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return `${basename(program)} (process ${pid})`;
  } catch {
    // The files of other accounts' processes may be closed to us; the message does without the name.
    return undefined;
  }
}

function listeningInode(port: number): string | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(wanted) && fields[3] === listening) return fields[9];
    }
  }
  return undefined;
}

function holdsSocket(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    // Closed to us or already gone.
    return false;
  }
}
