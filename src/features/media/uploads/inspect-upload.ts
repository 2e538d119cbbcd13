import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '#platform/errors.ts';
import { type ContentType, sniff, sniffedBytes } from '../files/sniff.ts';
import { purposes, type UploadPurpose } from './purposes.ts';
import { isWhole, tailOf } from './whole-file.ts';

const office = 'application/vnd.openxmlformats-officedocument';
/** What stands among the names at the end of an archive that is a document of an office program. */
const officeParts: [string, ContentType][] = [
  ['word/document.xml', `${office}.wordprocessingml.document`],
  ['xl/workbook.xml', `${office}.spreadsheetml.sheet`],
  ['ppt/presentation.xml', `${office}.presentationml.presentation`],
];

/** What bytes a name promises, for names whose program would be misled by others. */
const promises: [endings: RegExp, types: RegExp][] = [
  [/^\.pdf$/, /^application\/pdf$/],
  [/^\.(zip|jar)$/, /zip$|office|opendocument/],
  [/^\.(gz|tgz)$/, /^application\/gzip$/],
  [/^\.epub$/, /epub/],
  [/^\.docx$/, /wordprocessingml/],
  [/^\.xlsx$/, /spreadsheetml/],
  [/^\.pptx$/, /presentationml/],
  [/^\.od[tsp]$/, /opendocument/],
  [/^\.(doc|xls|ppt)$/, /ole|^text\/plain/],
  [/^\.(png|jpe?g|gif|webp|avif)$/, /^image\//],
  [/^\.(mp4|m4v|mov|webm|mkv|m4a|mp3|ogg|oga|wav|flac)$/, /^(video|audio)\//],
  [/^\.(txt|md|csv|json|vtt|srt)$/, /^text\//],
];

/** What an upload's bytes are, after everything that can be wrong with them was looked for. Refuses with `invalid`, in a sentence for who sent it. */
export async function inspectUpload(
  path: string,
  upload: { purpose: UploadPurpose; name: string; sizeBytes: number },
): Promise<ContentType> {
  const file = await open(path);
  try {
    return await typeOf(file, upload);
  } finally {
    await file.close();
  }
}

async function typeOf(
  file: FileHandle,
  { purpose, name, sizeBytes }: { purpose: UploadPurpose; name: string; sizeBytes: number },
): Promise<ContentType> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
  const first = sniff(buffer.subarray(0, bytesRead));
  if (first === 'image/svg+xml')
    throw new AppError('invalid', `“${name}” is an SVG picture. Those can carry programs and are not accepted: save it as PNG or WebP.`);
  const wanted = purposes[purpose];
  if (!wanted.types.includes(first)) throw new AppError('invalid', `“${name}” is not ${wanted.wanted}.`);
  if (!(await isWhole(file, sizeBytes, first)))
    throw new AppError('invalid', `“${name}” is not complete: its end is missing. Make or download it once more, then upload it again.`);
  const type = first === 'application/zip' && purpose === 'resource' ? officeTypeOf(await tailOf(file, sizeBytes)) : first;
  const promise = promises.find(([endings]) => endings.test(extname(name).toLowerCase()))?.[1];
  if (promise && !promise.test(type))
    throw new AppError('invalid', `“${name}” is something else than its name says. Give it the right ending, then upload it again.`);
  return type;
}

/** Archives name their files once more at their end. */
function officeTypeOf(tail: string): ContentType {
  return officeParts.find(([part]) => tail.includes(part))?.[1] ?? 'application/zip';
}
