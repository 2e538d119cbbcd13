export { discardFiles, recordFiles } from './file-rows.ts';
export { type FilmFacts, filmFacts } from './film-facts.ts';
export { type OpenedFile, openFile } from './open-file.ts';
export { picturesIn } from './pictures-in.ts';
export { prepareFile } from './prepare-file.ts';
export { largestImageBytes, prepareImage } from './prepare-image.ts';
export { fileUrl, type StoredFile } from './stored-file.ts';
export { type NewVideo, putVideo } from './put-video.ts';
export { type PlayableVideo, videoForPlayerDangerouslyUnchecked } from './video-for-player.ts';
