import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.server.ts';
import { messageOf } from '../errors.ts';
import { isLoopback } from '../http/loopback.ts';
import { newId } from '../ids.ts';
import { openStorage } from '../storage.server.ts';
import { storageInWords } from '../storage-place.ts';
import { type Finding, findingsOf } from './finding.ts';

/** The program's own needs. It runs from its source, whose types Node takes out. */
const oldestNode = [22, 18] as const;

/** Whether Node is new enough. */
export function examineNode(version = process.versions.node): Finding {
  const { ok, fail } = findingsOf('Node');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return ok(version);
  return fail(`${version} is too old. Run the program with npm start, which brings its own.`);
}

/** Whether the school's public address is one that passwords may be sent to. */
export function examineOrigin({ origin, originIsFixed }: Config): Finding {
  const { ok, warn } = findingsOf('address');
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'https:') return ok(origin);
  if (isThisMachine(hostname)) {
    return ok(originIsFixed ? `${origin}, for this machine alone` : 'this machine alone; set ORIGIN before others use the school');
  }
  return warn(`${origin} is not encrypted: everybody on the way reads passwords. Put a proxy with TLS in front and set ORIGIN to https.`);
}

/** Whether an address of the web means the machine that asks. */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

/** Whether uploads can be written, read back and taken away, tried with one of our own. */
export async function examineStorage({ storage: place, scratchDir }: Config): Promise<Finding> {
  const { ok, fail } = findingsOf('storage');
  const storage = openStorage(place, scratchDir);
  const words = storageInWords(place);
  const key = `incoming/doctor-${newId()}`;
  try {
    await storage.put(key, key);
    const read = await storage.get(key);
    await storage.delete(key);
    return read === key ? ok(`${words} can be written and read`) : fail(`${words} does not give back what was written to it.`);
  } catch (error) {
    const reason = messageOf((error as { cause?: unknown }).cause ?? error);
    const right = place.kind === 'folder' ? "the program's account" : 'its key';
    return fail(`${words} cannot be used (${reason}). Give ${right} the right to write there, or choose another with STORAGE_URL.`);
  }
}

const gigabyte = 1024 ** 3;

/** Whether there is room left for uploads and the database. */
export async function examineDisk({ storage, dataDir }: Config): Promise<Finding> {
  const { ok, warn, fail } = findingsOf('disk');
  const folders = storage.kind === 'folder' ? [storage.folder, dataDir] : [dataDir];
  const rooms = await Promise.all([...new Set(folders.map(existing))].map(async (folder) => ({ folder, ...(await roomIn(folder)) })));
  const { folder, freeBytes, totalBytes } = rooms.sort((one, other) => one.freeBytes - other.freeBytes)[0]!;
  const words = `${(freeBytes / gigabyte).toFixed(1)} GB of ${(totalBytes / gigabyte).toFixed(0)} GB are free around ${folder}`;
  if (freeBytes < 0.2 * gigabyte) return fail(`${words}. Make room at once: a full disk stops the database.`);
  return freeBytes < gigabyte || freeBytes < totalBytes * 0.05 ? warn(`${words}. Make room soon.`) : ok(words);
}

async function roomIn(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** The folder, or the nearest one above that is there. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}
