import { render } from 'preact';
import { readServer, readSignIn } from '../browser-storage.ts';
import { OptionsView } from './options-view.tsx';

const place = document.getElementById('options');
if (place === null) throw new Error('options.html has no place for the options.');

const signIn = await readSignIn();
render(<OptionsView setting={await readServer()} signIn={signIn} />, place);
