import '../write-mode.ts';
import { createWidgets } from './mounts.js';

const widgets = createWidgets(() => {
  self.lab.show('<div id="root"></div>');
  return document.querySelector('#root');
});

Object.assign(self, { widgets });
