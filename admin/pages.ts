import type { Page } from './page.tsx';
import * as apiClients from './pages/api-clients/index.ts';
import * as audit from './pages/audit/index.ts';
import * as cycles from './pages/cycles/index.ts';
import * as home from './pages/home.tsx';
import * as loopRecords from './pages/loop-records/index.ts';
import * as moderation from './pages/moderation/index.ts';
import * as people from './pages/people/index.ts';
import * as priorities from './pages/priorities/index.ts';
import * as results from './pages/results/index.ts';
import * as standards from './pages/standards/index.ts';
import * as themes from './pages/themes/index.ts';

/** The parts of the console, one line each. */
const parts = [
  home,
  apiClients,
  audit,
  cycles,
  loopRecords,
  moderation,
  people,
  priorities,
  results,
  standards,
  themes,
] as const;

/** A part of a path that stands for anything comes after every word at its place: `/new` is no id. */
const rankOf = ({ path }: Page) => path.replaceAll(':', '~');

/** Every page that needs a sign-in, one line a part of the console, in the order in which their paths are tried. */
export const pages: readonly Page[] = parts
  .flatMap((part) => Object.values(part) as Page[])
  .sort((one, other) => (rankOf(one) < rankOf(other) ? -1 : 1));
