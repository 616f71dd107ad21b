/**
 * Takes `aria-expanded` off radios, where the package's script sets it: a radio may not have it (WAI-ARIA 1.2, radio), and that
 * it is chosen says the same. What it reveals follows it directly.
 */
export function hideExpandedOfRadios(root: Document): void {
  const clean = () => {
    for (const radio of root.querySelectorAll('input[type="radio"][aria-expanded]'))
      radio.removeAttribute('aria-expanded');
  };
  clean();
  new MutationObserver(clean).observe(root.body, {
    subtree: true,
    attributeFilter: ['aria-expanded'],
  });
}
