import type { Page } from './page.tsx';
import * as apiClients from './pages/api-clients/index.ts';
import * as home from './pages/home.tsx';

/** Every page that needs a sign-in, one line a part of the console. */
export const pages: readonly Page[] = [home, apiClients].flatMap(
  (part) => Object.values(part) as Page[],
);
