import { createFrameworks } from './mounts.ts';

/** Without the agent's hands: they come through the real product. */
const frameworks = createFrameworks(() => {
  document.body.innerHTML = '<div id="root"></div>';
  return document.querySelector<HTMLElement>('#root')!;
});

Object.assign(window, { frameworks });
