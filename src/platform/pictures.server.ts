import type sharp from 'sharp';

let loaded: Promise<typeof sharp> | undefined;

/**
 * The library that reads and writes pictures. It is loaded with the first one, for it and what it links take 20 MB; and it keeps nothing of a picture
 * once that is done, for no picture is worked on twice.
 */
export function openPictures(): Promise<typeof sharp> {
  loaded ??= import('sharp').then(({ default: library }) => {
    library.cache(false);
    return library;
  });
  return loaded;
}
