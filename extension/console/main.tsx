import { render } from 'preact';
import { ConsoleView } from './console-view.tsx';
import { createDesk } from './desk.ts';

const place = document.getElementById('console');
if (place === null) throw new Error('console.html has no place for the console.');

const shelf = document.createElement('div');
shelf.hidden = true;
document.body.append(shelf);
const desk = createDesk(shelf);
// A page kept in the back-forward cache would hold on to the session's sockets.
addEventListener('pagehide', () => desk.dispose());
render(<ConsoleView desk={desk} />, place);
