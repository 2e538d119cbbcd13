import type { ContentType } from '../files/sniff.ts';
import type { Visibility } from '../files/stored-file.ts';

/** What a file is uploaded for. */
export type UploadPurpose = 'image' | 'film' | 'captions' | 'resource' | 'package';

interface Purpose {
  /** What is said of a file that is none. */
  wanted: string;
  types: readonly ContentType[];
  /** The most bytes; null where the school's own limit alone holds. */
  largestBytes: number | null;
  visibility: Visibility;
}

const megabyte = 1024 * 1024;
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const;
const films = ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'] as const;
const sounds = ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac'] as const;
const documents = [
  'application/pdf',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/x-ole-storage',
  'text/plain',
  'text/vtt',
] as const;
const archives = ['application/zip', 'application/gzip'] as const;

/** What is taken for each purpose, known by the bytes. Nothing of it is ever run or shown as a page. */
export const purposes: Record<UploadPurpose, Purpose> = {
  image: { wanted: 'a picture (PNG, JPEG, GIF, WebP or AVIF)', types: pictures, largestBytes: 25 * megabyte, visibility: 'PUBLIC' },
  film: { wanted: 'a film (MP4, MOV, WebM or MKV)', types: films, largestBytes: null, visibility: 'PRIVATE' },
  captions: {
    wanted: 'a file of captions (WebVTT or SubRip)',
    types: ['text/vtt', 'text/plain'],
    largestBytes: 2 * megabyte,
    visibility: 'PRIVATE',
  },
  resource: {
    wanted: 'a document, picture, sound, film, text or archive',
    types: [...pictures, ...films, ...sounds, ...documents, ...archives],
    largestBytes: 2048 * megabyte,
    visibility: 'PRIVATE',
  },
  package: { wanted: 'a zip or tar.gz archive', types: archives, largestBytes: null, visibility: 'PRIVATE' },
};
