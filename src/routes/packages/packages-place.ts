import { error } from '@sveltejs/kit';
import { packagePolicy } from '#features/packages/policy.ts';
import { isPackagesHost, schoolOriginOf } from '#platform/http/packages-origin.ts';
import { runtime } from '#platform/runtime.server.ts';

/** What an answer at the packages' origin says of itself. At the school's own origin nothing of a package is ever answered. */
export function packagesPlace({ url, params }: { url: URL; params: { seal: string } }): { school: string; headers: Headers } {
  const { config } = runtime();
  if (!isPackagesHost(config, url.host)) error(404, 'There is no such page.');
  const school = schoolOriginOf(config, url);
  const folder = `${url.origin}/packages/${params.seal}/`;
  return { school, headers: new Headers({ 'content-security-policy': packagePolicy(folder, school) }) };
}
