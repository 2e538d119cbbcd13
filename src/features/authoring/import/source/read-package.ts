import { readFile } from 'node:fs/promises';
import { manifestName, type ReadPackage, readManifest } from '#features/packages/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { limits, type SourceTree } from './source-tree.ts';

/** Reads an opened archive as a package to be played, or refuses with the reason. */
export async function readPackage(tree: SourceTree): Promise<ReadPackage> {
  const manifest = tree.files.get(manifestName);
  if (!manifest) throw new AppError('invalid', `This is no SCORM package: there is no ${manifestName} in it.`);
  if (manifest.sizeBytes > limits.textBytes)
    throw new AppError('invalid', `${manifestName} has more than ${limits.textBytes / 1024 / 1024} MB.`);
  const files = [...tree.files.values()];
  // The player's own place beside the package.
  if (files.some(({ path }) => path.startsWith('-/')))
    throw new AppError('invalid', 'The package has a folder named “-”, which cannot be served.');
  const xml = decoded(await readFile(manifest.diskPath));
  return { manifest: readManifest(xml, new Set(tree.files.keys())), files };
}

/** XML in the encoding that it declares, or that its first bytes tell. */
function decoded(bytes: Uint8Array): string {
  const marks: [string, number, number][] = [
    ['utf-16le', 0xff, 0xfe],
    ['utf-16be', 0xfe, 0xff],
  ];
  const marked = marks.find(([, first, second]) => bytes[0] === first && bytes[1] === second)?.[0];
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[1];
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('invalid', `${manifestName} is not written in the encoding that it declares.`);
  }
}
