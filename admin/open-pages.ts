import type { View } from './page.tsx';
import { accessibility } from './pages/accessibility.tsx';
import { cookies } from './pages/cookies.tsx';
import { signedOut } from './pages/signed-out.tsx';

/** A page that needs no sign-in and asks nothing of the API. */
export interface OpenPage {
  path: string;
  view: View;
}

export const openPages: readonly OpenPage[] = [
  { path: '/console/accessibility', view: accessibility },
  { path: '/console/cookies', view: cookies },
  { path: '/console/signed-out', view: signedOut },
];
