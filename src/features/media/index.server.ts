export { addCaptions } from './captions/add-captions.ts';
export { removeCaptions } from './captions/remove-captions.ts';
export { webvttIn } from './captions/webvtt-in.ts';
export { downloadLinkDangerouslyUnchecked } from './files/download-link.ts';
export { discardFiles, recordFiles } from './files/file-rows.ts';
export { filesOfDangerouslyUnchecked, hashOfFile, type KeptFile, type KeptImage, prepareKeptImage } from './files/kept-files.ts';
export { openFile } from './files/open-file.ts';
export { ownRoom } from './files/own-room.ts';
export { prepareFile } from './files/prepare-file.ts';
export { removeUnusedFiles } from './files/remove-unused-files.ts';
export { fileUrl, namedSizes, type StoredFile } from './files/stored-file.ts';
export { farFilm } from './films/far-film.ts';
export { type FilmFacts, filmFacts } from './films/film-facts.ts';
export { filmOfFile, makeFilmAgain } from './films/film-of-file.ts';
export { type FilmPanel, filmPanelDangerouslyUnchecked } from './films/film-panel.ts';
export {
  deleteUnshownVideosDangerouslyUnchecked,
  type KeptVideos,
  keepVideosDangerouslyUnchecked,
  restoreVideosDangerouslyUnchecked,
} from './films/kept-videos.ts';
export { type FilmPart, openFilmPart } from './films/open-film-part.ts';
export { putFarFilm, putUploadedFilm, removeFilm, type ShowFilm } from './films/put-film.ts';
export { putPoster } from './films/put-poster.ts';
export { putVideo } from './films/put-video.ts';
export {
  type PlayableVideo,
  type PlayableVideoRow,
  playableVideoColumn,
  playableVideoDangerouslyUnchecked,
} from './films/video-for-player.ts';
export { mediaPersonalData } from './personal-data.ts';
export type { Crop } from './pictures/crop.ts';
export { largestAvatarBytes } from './pictures/encode-avatar.ts';
export { picturesIn } from './pictures/pictures-in.ts';
export { largestImageBytes, prepareImage } from './pictures/prepare-image.ts';
export { type AvatarPicture, putAvatar, removeAvatar, type UseAvatar } from './pictures/put-avatar.ts';
export { mediaJobs } from './registered.ts';
export { answerUpload, uploadsPath } from './uploads/answer-upload.ts';
export { ownFile, type UploadedFile } from './uploads/own-file.ts';
export type { UploadPurpose } from './uploads/purposes.ts';
