import { posix } from 'node:path';

/** The path in the source that a relative address (or one from the root, `/…`) names; undefined when it leads out. */
export function localPath(from: string, address: string): string | undefined {
  const place = decoded(address.replace(/[?#].*$/, '')).replace(/\\/g, '/');
  const joined = posix.normalize(place.startsWith('/') ? place.slice(1) : posix.join(posix.dirname(from), place));
  return joined === '..' || joined.startsWith('../') || joined.startsWith('/') ? undefined : joined.replace(/\/$/, '');
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // A lone percent sign stands for itself.
    return address;
  }
}
