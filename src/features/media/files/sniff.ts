/** What bytes can be, and the ending of a stored key. */
export const endings = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'text/vtt': 'vtt',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/epub+zip': 'epub',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/x-ole-storage': 'ole',
  'text/plain': 'txt',
  'application/octet-stream': 'bin',
} as const;

/** What bytes are, whatever the name says. */
export type ContentType = keyof typeof endings;

/** How many bytes of the beginning tell the type. */
export const sniffedBytes = 4096;

const starts: [ContentType, number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['application/gzip', [0x1f, 0x8b, 0x08]],
  ['application/x-ole-storage', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['audio/ogg', [0x4f, 0x67, 0x67, 0x53, 0x00]],
  ['audio/flac', [0x66, 0x4c, 0x61, 0x43]],
  ['audio/mpeg', [0x49, 0x44, 0x33]],
];

/** Brands of the ISO base media format that are no film of MPEG-4. */
const brands: Record<string, ContentType> = {
  avif: 'image/avif',
  avis: 'image/avif',
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
};

const riffs: Record<string, ContentType> = { WEBP: 'image/webp', WAVE: 'audio/wav' };

/** Archives that say at once what they are: their first file is the type, not packed. */
const told = /^PK.{28}mimetype(application\/(?:epub\+zip|vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation)))/s;

/** The type by the first bytes of a file. Source: WHATWG MIME Sniffing, and the formats' own documents. */
export function sniff(head: Uint8Array): ContentType {
  for (const [type, bytes] of starts) if (bytes.every((byte, index) => head[index] === byte)) return type;
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (ascii(0, 4) === 'PK\x03\x04') return (told.exec(ascii(0, 120))?.[1] as ContentType | undefined) ?? 'application/zip';
  if (ascii(0, 4) === 'RIFF') return riffs[ascii(8, 12)] ?? 'application/octet-stream';
  if (ascii(4, 8) === 'ftyp') return brands[ascii(8, 12)] ?? 'video/mp4';
  // The first frame of a sound that has no tags: MPEG 1 or 2, layer 3.
  if (head[0] === 0xff && [0xfb, 0xfa, 0xf3, 0xf2].includes(head[1] ?? 0)) return 'audio/mpeg';
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) {
    const kind = ascii(0, 64);
    return kind.includes('webm') ? 'video/webm' : kind.includes('matroska') ? 'video/x-matroska' : 'application/octet-stream';
  }
  return textType(head);
}

function textType(head: Uint8Array): ContentType {
  // The last character may be cut in two.
  const text = new TextDecoder('utf-8').decode(head).replace(/\uFFFD$/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from words
  if (head.length === 0 || /[\u0000-\u0008\u000e-\u001a\uFFFD]/.test(text)) return 'application/octet-stream';
  if (/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(text)) return 'text/vtt';
  return /<svg[\s>]/i.test(text) ? 'image/svg+xml' : 'text/plain';
}
