const warningMs = 120_000;
const lastMinuteMs = 60_000;
const sessionPath = '/console/session';

/** What the dialog says, by how the session stands. */
const words = {
  ending: {
    title: 'You will be signed out soon',
    text: 'You will be signed out in 2 minutes, because nothing has happened for a while.',
  },
  lastMinute: {
    title: 'You will be signed out soon',
    text: 'You will be signed out in less than a minute.',
  },
  over: {
    title: 'You have been signed out',
    text: 'What you typed is still on this page. Sign in again in a new tab, then come back here.',
  },
  unreachable: {
    title: 'You will be signed out soon',
    text: 'That did not work. Check your connection, then try again.',
  },
} as const;

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Warns two minutes before an idle session ends and offers to stay signed in (WCAG 2.2.1). Does nothing on a page without
 * `data-idle-seconds` on its body. The server decides when a session ends; this clock only follows it, and is told by
 * other tabs of the same session when it started anew there.
 */
export function warnBeforeSessionEnds(body: HTMLElement): void {
  const idleMs = Number(body.dataset.idleSeconds) * 1000;
  if (!(idleMs > warningMs)) return;
  const dialog = makeDialog();
  const otherTabs = new BroadcastChannel('full-circle-session');
  let endsAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const startAnew = () => {
    endsAt = Date.now() + idleMs;
    dialog.close();
    wake();
  };
  const wake = () => {
    clearTimeout(timer);
    const leftMs = endsAt - Date.now();
    if (leftMs <= 0) return dialog.show('over');
    if (leftMs <= lastMinuteMs) dialog.show('lastMinute');
    else if (leftMs <= warningMs) dialog.show('ending');
    const next = [warningMs, lastMinuteMs, 0].find((mark) => mark < leftMs) ?? 0;
    timer = setTimeout(wake, leftMs - next);
  };
  const stay = async () => {
    if (endsAt <= Date.now()) return dialog.close();
    const form = new URLSearchParams({ formToken: body.dataset.formToken ?? '' });
    try {
      const { status } = await fetch(sessionPath, { method: 'POST', body: form });
      if (status === 401) endsAt = 0;
      else if (status !== 204) return dialog.show('unreachable');
    } catch {
      return dialog.show('unreachable');
    }
    if (endsAt === 0) return wake();
    startAnew();
    otherTabs.postMessage('started anew');
  };

  dialog.onStay(stay);
  otherTabs.addEventListener('message', startAnew);
  // A clock stands still while a computer sleeps and may be late in a tab that is not shown.
  document.addEventListener('visibilitychange', wake);
  startAnew();
  otherTabs.postMessage('started anew');
}

function makeDialog() {
  const title = element('h2', { class: 'nhsuk-heading-m', id: 'fc-session-title' });
  const text = element('p', { id: 'fc-session-text', role: 'status' });
  const stay = element('button', { class: 'nhsuk-button', type: 'button' }, 'Stay signed in');
  const link = { class: 'nhsuk-link', href: '/console/sign-in', target: '_blank', rel: 'noopener' };
  const signIn = element('a', link, 'Sign in again (opens in a new tab)');
  const close = element(
    'button',
    { class: 'nhsuk-button nhsuk-button--secondary', type: 'button' },
    'Close this message',
  );
  const links = element('p', {}, signIn);
  const dialog = element(
    'dialog',
    { class: 'fc-session', 'aria-labelledby': title.id, 'aria-describedby': text.id },
    title,
    text,
    stay,
    links,
    close,
  );
  close.addEventListener('click', () => dialog.close());
  document.body.append(dialog);
  let shown: keyof typeof words | undefined;
  return {
    show(state: keyof typeof words): void {
      // Closed by hand, a message does not come back until there is something new to say.
      if (state === shown) return;
      shown = state;
      title.textContent = words[state].title;
      text.textContent = words[state].text;
      stay.hidden = state === 'over';
      links.hidden = state !== 'over';
      close.hidden = state !== 'over';
      if (!dialog.open) dialog.showModal();
    },
    close(): void {
      shown = undefined;
      dialog.close();
    },
    onStay(listener: () => Promise<void> | void): void {
      stay.addEventListener('click', listener);
      // Escape shows that somebody is there.
      dialog.addEventListener('cancel', (event) => {
        if (shown === 'over') return;
        event.preventDefault();
        void listener();
      });
    },
  };
}
