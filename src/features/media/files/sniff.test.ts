import { expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x10\0\0\0WAVE', 'audio/wav'],
  ['RIFF\x10\0\0\0AVI ', 'application/octet-stream'],
  ['\0\0\0\x14ftypqt  ', 'video/quicktime'],
  ['\0\0\0\x14ftypM4A ', 'audio/mp4'],
  ['\x1a\x45\xdf\xa3\x42\x82\x88matroska', 'video/x-matroska'],
  ['\x1a\x45\xdf\xa3\x42\x82\x88something', 'application/octet-stream'],
  ['ID3\x04', 'audio/mpeg'],
  ['\xff\xfb\x90', 'audio/mpeg'],
  ['OggS\0', 'audio/ogg'],
  ['fLaC', 'audio/flac'],
  ['\x1f\x8b\x08', 'application/gzip'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  [`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/epub+zip`, 'application/epub+zip'],
  [`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`, 'application/vnd.oasis.opendocument.text'],
  ['\0\0\0\x1cftypavif', 'image/avif'],
  ['\0\0\0\x1cftypisom', 'video/mp4'],
  ['\x1a\x45\xdf\xa3\x42\x82\x84webm', 'video/webm'],
  ['%PDF-1.7', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['WEBVTT\n\n00:00', 'text/vtt'],
  ['WEBVTTX', 'text/plain'],
  ['<?xml version="1.0"?>\n<!-- x --><svg xmlns=', 'image/svg+xml'],
  ['<!doctype html><script>', 'text/plain'],
  ['just words', 'text/plain'],
  ['a\0b', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('%j is %s', (head, type) => {
  expect(sniff(bytes(head))).toBe(type);
});
