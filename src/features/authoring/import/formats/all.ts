import type { ImportFormat } from './format.ts';
import { markdownFormat } from './markdown.ts';
import { scormFormat } from './scorm.ts';

/** Every format, the more particular ones first. */
export const importFormats: readonly ImportFormat[] = [scormFormat, markdownFormat];
