/** Tabs as the ARIA practices describe them: one tab stop, arrow keys between the tabs, panels named by their tab. */
export function watchTabs(tabs: HTMLElement): void {
  const buttons = [...tabs.querySelectorAll<HTMLButtonElement>('[role="tab"]')];

  const select = (chosen: HTMLButtonElement): void => {
    for (const button of buttons) {
      const isChosen = button === chosen;
      button.setAttribute('aria-selected', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(button.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !isChosen;
    }
  };

  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => select(button));
    button.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      const next = buttons.at((index + step) % buttons.length);
      if (step === 0 || !next) return;
      event.preventDefault();
      select(next);
      next.focus();
    });
  }
}
