export { compareVersions } from './compare-versions.tsx';
export { editVersion } from './edit-version.tsx';
export { newStandardSet } from './new-standard-set.tsx';
export { newVersion } from './new-version.tsx';
export { publishedVersion, publishVersion } from './publish-version.tsx';
export { standardSet } from './standard-set.tsx';
export { standardSetList } from './standard-set-list.tsx';
export { standardSetVersion } from './standard-set-version.tsx';
