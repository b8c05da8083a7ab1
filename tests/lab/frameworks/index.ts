import '../write-mode.ts';
import { createFrameworks } from './mounts.ts';

const frameworks = createFrameworks(() => {
  (window as unknown as { lab: { show(html: string): void } }).lab.show('<div id="root"></div>');
  return document.querySelector<HTMLElement>('#root')!;
});

Object.assign(window, { frameworks });
