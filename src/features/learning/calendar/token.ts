import { createHmac, timingSafeEqual } from 'node:crypto';
import { runtime } from '#platform/runtime.server.ts';

const idBytes = 16;
const sealBytes = 24;

/** What the address of a calendar ends with: the row's id and a seal that only this school can make of it. The database alone gives no address. */
export function tokenOf(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, sealOf(bytes)]).toString('base64url');
}

/** The id in a token whose seal is right. */
export function idOf(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + sealBytes || bytes.toString('base64url') !== token) return undefined;
  const [id, seal] = [bytes.subarray(0, idBytes), bytes.subarray(idBytes)];
  if (!timingSafeEqual(seal, sealOf(id))) return undefined;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function sealOf(id: Buffer): Buffer {
  return createHmac('sha256', runtime().config.secret).update('calendar feed\n').update(id).digest().subarray(0, sealBytes);
}
