if (!window.ckKeys) {
  window.ckKeys = true;
  window.addEventListener('keydown', event => {
    const inside = event.target.closest && event.target.closest('.ck-keys');
    const shared = event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape';
    if (inside) event.target.toggleAttribute('data-lm-suppress-shortcuts', !shared);
    if (inside && event.key === 'Escape') event.target.closest('.jp-Cell')?.focus();
  }, true);
}
const name = () => document.querySelectorAll('.ck-keys .noUi-handle:not([aria-label])').forEach(handle => {
  const label = handle.closest('.widget-slider')?.querySelector('.widget-label');
  if (label) handle.setAttribute('aria-label', label.textContent);
});
[0, 300, 1500, 5000].forEach(delay => setTimeout(name, delay));
