import { AppError } from '#platform/errors.ts';
import { childrenOf, readXml, textOf, type XmlElement } from './xml.ts';

/** The file that makes an archive a package. */
export const manifestName = 'imsmanifest.xml';

/** One thing of a package that is played: what the standard calls an item with a resource. */
export interface PackagePart {
  /** As the package's maker named it; attempts are kept by it. */
  id: string;
  title: string;
  /** The heading that it stands under. */
  heading: string | null;
  /** From the root of the package, with its query and fragment. */
  href: string;
  /** It calls nothing: whoever has seen it has completed it. */
  isAsset: boolean;
  masteryScore: number | null;
  maxTimeAllowed: string;
  timeLimitAction: string;
  launchData: string;
}

/** What a package says of itself. */
export interface PackageManifest {
  identifier: string;
  version: string;
  title: string;
  parts: PackagePart[];
}

const mostParts = 500;

/** Reads the manifest of a SCORM 1.2 package. `files` are the paths in the package; what is not a playable package is refused with the reason. */
export function readManifest(xml: string, files: ReadonlySet<string>): PackageManifest {
  const manifest = readXml(xml.replace(/^\uFEFF/, ''), manifestName);
  if (manifest.name !== 'manifest') throw refusal(`its first element is “${manifest.name}”, not “manifest”`);
  refuseOthers(manifest);
  const organization = organizationOf(manifest);
  const resources = resourcesOf(manifest);
  const parts = organization ? partsOf(organization, resources, files) : [];
  if (parts.length === 0) throw refusal('it has no item with something to play');
  if (parts.length > mostParts) throw refusal(`it has more than ${mostParts} parts`);
  const title = textOf(organization, 'title') || parts[0]!.title;
  return {
    identifier: (manifest.attributes.identifier ?? '').slice(0, 255),
    version: (manifest.attributes.version ?? '').slice(0, 20),
    title: title.slice(0, 200),
    parts,
  };
}

function refusal(what: string): AppError {
  return new AppError('invalid', `${manifestName} cannot be played: ${what}.`);
}

/** SCORM 2004 and plain content packages have the same manifest with another meaning. */
function refuseOthers(manifest: XmlElement): void {
  const version = textOf(childrenOf(manifest, 'metadata')[0], 'schemaversion');
  if (/2004|CAM|^1\.3/i.test(version)) throw refusal(`it is SCORM ${version}. Export it as SCORM 1.2`);
}

/** The organization that the package names as its own, or its first. */
function organizationOf(manifest: XmlElement): XmlElement | undefined {
  const [organizations] = childrenOf(manifest, 'organizations');
  const all = childrenOf(organizations, 'organization');
  return all.find(({ attributes }) => attributes.identifier === organizations?.attributes.default) ?? all[0];
}

interface Resource {
  href: string;
  isAsset: boolean;
}

/** Resources by their names, each with its address from the root of the package. */
function resourcesOf(manifest: XmlElement): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resources of childrenOf(manifest, 'resources')) {
    for (const { attributes } of childrenOf(resources, 'resource')) {
      if (attributes.identifier === undefined || !attributes.href) continue;
      const bases = [manifest.attributes['xml:base'], resources.attributes['xml:base'], attributes['xml:base']];
      found.set(attributes.identifier, {
        href: `${bases.map((base) => base ?? '').join('')}${attributes.href}`,
        isAsset: attributes.scormtype?.toLowerCase() !== 'sco',
      });
    }
  }
  return found;
}

function partsOf(organization: XmlElement, resources: ReadonlyMap<string, Resource>, files: ReadonlySet<string>): PackagePart[] {
  const parts: PackagePart[] = [];
  const seen = new Set<string>();
  const walk = (parent: XmlElement, heading: string | null) => {
    for (const item of childrenOf(parent, 'item')) {
      const { identifierref, isvisible } = item.attributes;
      const title = textOf(item, 'title');
      const resource = identifierref === undefined ? undefined : resources.get(identifierref);
      if (identifierref && !resource) throw refusal(`the item “${title || identifierref}” names a resource that it does not have`);
      if (resource && isvisible !== 'false') {
        const id = (item.attributes.identifier ?? identifierref ?? '').slice(0, 255);
        if (id === '' || seen.has(id)) throw refusal(`two items have the name “${id}”`);
        seen.add(id);
        parts.push(partOf(item, { id, title: title || id, heading }, resource, files));
      }
      walk(item, title || heading);
    }
  };
  walk(organization, null);
  return parts;
}

function partOf(
  item: XmlElement,
  name: Pick<PackagePart, 'id' | 'title' | 'heading'>,
  { href, isAsset }: Resource,
  files: ReadonlySet<string>,
): PackagePart {
  const { path, address } = addressIn(href, item.attributes.parameters ?? '');
  if (!files.has(path)) throw refusal(`the file “${path}” of “${name.title}” is not in the package`);
  const mastery = textOf(item, 'masteryscore');
  return {
    ...name,
    title: name.title.slice(0, 200),
    heading: name.heading?.slice(0, 200) ?? null,
    href: address,
    isAsset,
    masteryScore: /^\d{1,3}(\.\d+)?$/.test(mastery) && Number(mastery) <= 100 ? Number(mastery) : null,
    maxTimeAllowed: textOf(item, 'maxtimeallowed').slice(0, 20),
    timeLimitAction: textOf(item, 'timelimitaction').slice(0, 50),
    launchData: (childrenOf(item, 'datafromlms')[0]?.text.trim() ?? '').slice(0, 4096),
  };
}

/** Where an item begins: a file of the package, with the parameters of its item. An address that leads out of the package is refused. */
function addressIn(href: string, parameters: string): { path: string; address: string } {
  const root = 'http://package.invalid/';
  const written = href.replaceAll('\\', '/');
  if (!URL.canParse(written, root) || /^[a-z][a-z0-9+.-]*:|^\//i.test(written) || climbs(written))
    throw refusal(`“${href.slice(0, 200)}” leads out of the package`);
  const url = new URL(written, root);
  const given = parameters.replace(/^[?&]+/, '');
  if (given.startsWith('#')) url.hash = given;
  else if (given) url.search = url.search ? `${url.search}&${given}` : given;
  const path = decoded(url.pathname.slice(1));
  return { path, address: `${path.split('/').map(encodeURIComponent).join('/')}${url.search}${url.hash}` };
}

/** Whether a relative address goes above where it begins. */
function climbs(address: string): boolean {
  let depth = 0;
  for (const step of decoded(address.split(/[?#]/)[0]!).split('/')) {
    depth += step === '..' ? -1 : step === '.' || step === '' ? 0 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A name with a percent sign of its own.
    return path;
  }
}
