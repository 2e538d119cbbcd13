import { type ZipEntry, zip } from './zip.ts';

export interface PackageWish {
  /** Item by item: its title, its file, and what its resource says besides. */
  items?: { id: string; title: string; file: string; parameters?: string; within?: string }[];
  identifier?: string;
  title?: string;
  version?: string;
  isAsset?: boolean;
  /** Instead of the whole manifest. */
  manifest?: string;
  files?: Record<string, string>;
  more?: ZipEntry[];
}

/** The manifest of a package, as an authoring tool would write it. */
export function manifestOf({ items = [{ id: 'one', title: 'One', file: 'one.html' }], ...wish }: PackageWish = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${wish.identifier ?? 'test.package'}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>${wish.version ?? '1.2'}</schemaversion></metadata>
  <organizations default="main"><organization identifier="main"><title>${wish.title ?? 'A small package'}</title>
${items
  .map(
    ({ id, title, parameters, within = '' }) =>
      `    <item identifier="${id}" identifierref="${id}_resource"${parameters === undefined ? '' : ` parameters="${parameters}"`}><title>${title}</title>${within}</item>`,
  )
  .join('\n')}
  </organization></organizations>
  <resources>
${items
  .map(
    ({ id, file }) =>
      `    <resource identifier="${id}_resource" type="webcontent" adlcp:scormtype="${wish.isAsset ? 'asset' : 'sco'}" href="${file}"><file href="${file}"/></resource>`,
  )
  .join('\n')}
  </resources>
</manifest>`;
}

/** A package in a zip, with a page for each item that no file is given for. */
export function scormZip(wish: PackageWish = {}): Buffer {
  const items = wish.items ?? [{ id: 'one', title: 'One', file: 'one.html' }];
  const pages = Object.fromEntries(items.map(({ file, title }) => [file, `<!doctype html><title>${title}</title><h1>${title}</h1>`]));
  const files = { 'imsmanifest.xml': wish.manifest ?? manifestOf(wish), ...pages, ...wish.files };
  return zip([...Object.entries(files).map(([name, content]) => ({ name, content })), ...(wish.more ?? [])]);
}
