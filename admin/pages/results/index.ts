export { aboutThisEvaluationPage } from './about-this-evaluation.tsx';
export { equalityPage } from './equality.tsx';
export { groupsPage } from './groups.tsx';
export { releasePage } from './release.tsx';
export { releaseList } from './releases.tsx';
export { resultList } from './result-list.tsx';
export { aboutStandardPage, standardPage } from './standard.tsx';
export { themeSharesPage } from './theme-shares.tsx';
