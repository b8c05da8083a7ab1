import { render } from 'preact';
import { createLiveList } from './live-list.ts';
import { PopupView } from './popup-view.tsx';

const place = document.getElementById('popup');
if (place === null) throw new Error('popup.html has no place for the popup.');

const list = createLiveList();
addEventListener('pagehide', () => list.dispose());
render(<PopupView list={list} />, place);
