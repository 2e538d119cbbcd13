/** What bytes are, whatever the name says. */
export type ContentType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/gif'
  | 'image/webp'
  | 'image/avif'
  | 'image/svg+xml'
  | 'video/mp4'
  | 'video/webm'
  | 'text/vtt'
  | 'application/pdf'
  | 'application/zip'
  | 'text/plain'
  | 'application/octet-stream';

/** How many bytes of the beginning tell the type. */
export const sniffedBytes = 4096;

const starts: [ContentType, number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** The type by the first bytes of a file. Source: WHATWG MIME Sniffing, and the formats' own documents. */
export function sniff(head: Uint8Array): ContentType {
  for (const [type, bytes] of starts) if (bytes.every((byte, index) => head[index] === byte)) return type;
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(4, 8) === 'ftyp') return /^avi[fs]$/.test(ascii(8, 12)) ? 'image/avif' : 'video/mp4';
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3)
    return ascii(0, 64).includes('webm') ? 'video/webm' : 'application/octet-stream';
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

/** The ending of a stored key. */
export const endings: Record<ContentType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'text/vtt': 'vtt',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'application/octet-stream': 'bin',
};
