import type { ResourceType } from '#generated/prisma/client.ts';

const types: Record<string, ResourceType> = {
  'application/pdf': 'PDF',
  'application/epub+zip': 'DOCUMENT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCUMENT',
  'application/vnd.oasis.opendocument.text': 'DOCUMENT',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'SPREADSHEET',
  'application/vnd.oasis.opendocument.spreadsheet': 'SPREADSHEET',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PRESENTATION',
  'application/vnd.oasis.opendocument.presentation': 'PRESENTATION',
  'application/zip': 'ARCHIVE',
  'application/gzip': 'ARCHIVE',
};

/** Office's old format is one for all: only the name tells them apart. */
const oldOffice: Record<string, ResourceType> = { xls: 'SPREADSHEET', ppt: 'PRESENTATION' };

/** Words without a form: these are read as words, others by machines. */
const proseEndings = ['txt', 'md', 'rtf', ''];

/** What a file is to who downloads it, by what its bytes are; among plain words, and in Office's old format, by its name. */
export function resourceTypeOf({ contentType, name }: { contentType: string; name: string }): ResourceType {
  const ending = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (contentType === 'text/plain') return ending === 'csv' || ending === 'tsv' ? 'SPREADSHEET' : proseEndings.includes(ending) ? 'DOCUMENT' : 'CODE';
  if (contentType === 'application/x-ole-storage') return oldOffice[ending] ?? 'DOCUMENT';
  if (contentType.startsWith('image/')) return 'IMAGE';
  if (contentType.startsWith('audio/')) return 'AUDIO';
  return types[contentType] ?? 'DOCUMENT';
}
