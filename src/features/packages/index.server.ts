export {
  type Attempt,
  type LessonStatus,
  newAttempt,
  type Report,
  type Sitting,
  scoreOf,
  totalSeconds,
  valuesAtBegin,
  withReport,
} from './cmi/attempt.ts';
export { type CmiValues, isSettable } from './cmi/model.ts';
export { copyPackagesDangerouslyUnchecked } from './copy-packages.ts';
export {
  type KeptPackages,
  keepPackagesDangerouslyUnchecked,
  restorePackagesDangerouslyUnchecked,
} from './kept-packages.ts';
export { manifestName, type PackageManifest, type PackagePart, readManifest } from './manifest/read-manifest.ts';
export { openPackageFile } from './open-package-file.ts';
export { type PlayerBeginning, playerPage, playerScript } from './player-page.ts';
export { recordPackage } from './record-package.ts';
export { packageJobs } from './registered.ts';
export { openSeal, playSeal } from './seal.ts';
export { discardPackage, type ReadPackage, type StoredPackage, storePackage } from './stored-package.ts';
export { sweepPackagesJob } from './sweep-packages.ts';
