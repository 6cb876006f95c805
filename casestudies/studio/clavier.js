if (!window.ckKeys) {
  window.ckKeys = true;
  window.addEventListener('keydown', event => {
    const inside = event.target.closest && event.target.closest('.ck-keys');
    const shared = event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape';
    if (inside) event.target.toggleAttribute('data-lm-suppress-shortcuts', !shared);
    if (inside && event.key === 'Escape') event.target.closest('.jp-Cell')?.focus();
  }, true);
}
