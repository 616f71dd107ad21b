import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  Radios,
  SkipLink,
  Tabs,
} from 'nhsuk-frontend';
import { hideExpandedOfRadios } from './radio-state.ts';
import { warnBeforeSessionEnds } from './session-warning.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { selectWords } from './word-selection.ts';

/**
 * The script of the console: everything works without it, and is easier with it. Kept in this file of its own,
 * since the pages' Content-Security-Policy allows no script inside them.
 */
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');

createAll(Button);
createAll(CharacterCount);
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(Header);
createAll(NotificationBanner);
createAll(Radios);
hideExpandedOfRadios(document);
createAll(SkipLink);
createAll(Tabs);

for (const words of document.querySelectorAll<HTMLElement>('[data-module="fc-words"]'))
  selectWords(words);
listenForShortcuts(document);
warnBeforeSessionEnds(document.body);
