import { render } from 'preact';
import { readServer } from '../browser-storage.ts';
import { OptionsView } from './options-view.tsx';

const place = document.getElementById('options');
if (place === null) throw new Error('options.html has no place for the options.');

render(<OptionsView setting={await readServer()} />, place);
