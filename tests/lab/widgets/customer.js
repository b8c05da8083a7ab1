import { createWidgets } from './mounts.js';

/** Without the agent's hands: they come through the real product. */
const widgets = createWidgets(() => {
  document.body.innerHTML = '<div id="root"></div>';
  return document.querySelector('#root');
});

Object.assign(self, { widgets });
