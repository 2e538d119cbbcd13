import type { Config } from '../config.server.ts';

type Origins = Pick<Config, 'origin' | 'originIsFixed' | 'packagesOrigin'>;

/** The two names that every machine has for itself: what is served under one is foreign to the other. */
const otherName: Record<string, string> = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };

/**
 * Where packages play for who sees the school at this address: another origin of the same server, so that what a package does there reaches neither
 * the school's pages nor its cookies. Undefined where there is none: a school with a real name needs `PACKAGES_ORIGIN`.
 */
export function packagesOriginOf(config: Origins, school: URL): string | undefined {
  if (config.packagesOrigin) return config.packagesOrigin;
  const { hostname } = new URL(config.origin);
  const other = otherName[hostname];
  if (!other || school.hostname !== hostname) return undefined;
  return `${school.protocol}//${other}${school.port && `:${school.port}`}`;
}

/** The school's own origin, for what is answered at the packages' address. */
export function schoolOriginOf(config: Origins, packages: URL): string {
  if (config.originIsFixed) return config.origin;
  return `${packages.protocol}//${new URL(config.origin).hostname}${packages.port && `:${packages.port}`}`;
}

/** Whether a `Host` is the packages' and not the school's. */
export function isPackagesHost(config: Origins, host: string | undefined): boolean {
  if (!host) return false;
  if (config.packagesOrigin) return host === new URL(config.packagesOrigin).host;
  const school = new URL(config.origin);
  const other = otherName[school.hostname];
  if (!other) return false;
  const port = /:(\d+)$/.exec(host)?.[1] ?? '';
  return host === `${other}${port && `:${port}`}` && (!config.originIsFixed || port === school.port);
}
