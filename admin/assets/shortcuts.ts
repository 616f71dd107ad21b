const fields = 'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])';

/**
 * Lets a letter press what carries it as `data-shortcut`, where the box `data-shortcuts-switch` on the page is ticked: off
 * until somebody wants it, never while writing, and off again by the same box (WCAG 2.1.4). Whether it is ticked travels in
 * the forms of the page like any field; nothing is stored in the browser.
 */
export function listenForShortcuts(page: Document): void {
  const toggle = page.querySelector<HTMLInputElement>('input[data-shortcuts-switch]');
  if (!toggle) return;
  const targets = new Map(
    [...page.querySelectorAll<HTMLElement>('[data-shortcut]')].map((target) => [
      target.dataset.shortcut?.toLowerCase(),
      target,
    ]),
  );
  const tellAssistiveTechnology = () => {
    for (const [letter, target] of targets) {
      if (toggle.checked && letter) target.setAttribute('aria-keyshortcuts', letter);
      else target.removeAttribute('aria-keyshortcuts');
    }
  };
  toggle.addEventListener('change', tellAssistiveTechnology);
  tellAssistiveTechnology();

  page.addEventListener('keydown', (event) => {
    if (!toggle.checked || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isWriting = event.target instanceof Element && event.target.closest(fields) !== null;
    if (isWriting || page.querySelector('dialog[open]')) return;
    const target = targets.get(event.key.toLowerCase());
    if (!target || target.matches(':disabled') || !target.checkVisibility()) return;
    event.preventDefault();
    target.focus();
    target.click();
  });
}
