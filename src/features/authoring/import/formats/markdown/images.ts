import { posix } from 'node:path';
import { isMarkdown } from './outline.ts';
import { localPath } from './paths.ts';

export type FoundImage = { kind: 'file'; path: string; wasFar: boolean } | { kind: 'missing' | 'outside' | 'far' | 'embedded' };

/**
 * The file that a text's picture is. One at a far address is looked for beside the text, by the end of its address: first in the text's own folder
 * (`lesson.md` → `lesson/…`), then anywhere, if the folder's name fits too and only one file does.
 */
export function imageFor(path: string, address: string, files: ReadonlySet<string>): FoundImage {
  if (/^data:/i.test(address)) return { kind: 'embedded' };
  const far = /^(?:https?:)?\/\//i.test(address);
  if (!far && /^[a-z][a-z0-9+.-]*:/i.test(address)) return { kind: 'missing' };
  if (far) {
    const found = nearest(path, address, files);
    return found === undefined ? { kind: 'far' } : { kind: 'file', path: found, wasFar: true };
  }
  const target = localPath(path, address);
  if (target === undefined) return { kind: 'outside' };
  return files.has(target) && !isMarkdown(target) ? { kind: 'file', path: target, wasFar: false } : { kind: 'missing' };
}

function nearest(path: string, address: string, files: ReadonlySet<string>): string | undefined {
  const url = new URL(address, 'https://nowhere.invalid');
  const segments = (localPath('', url.pathname) ?? '').split('/').filter(Boolean);
  const folders = [path.replace(/\.\w+$/, ''), posix.dirname(path)];
  for (let length = segments.length; length >= 1; length -= 1) {
    const end = segments.slice(-length).join('/');
    for (const folder of folders) if (files.has(posix.join(folder, end))) return posix.join(folder, end);
  }
  for (let length = segments.length; length >= 2; length -= 1) {
    const end = segments.slice(-length).join('/');
    const fitting = [...files].filter((file) => file === end || file.endsWith(`/${end}`));
    if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
  }
  return undefined;
}
