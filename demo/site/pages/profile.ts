import '../frame/frame.ts';
import { byId } from '../elements.ts';
import { requireLogin, signOut } from '../customer/login.ts';

byId('email', HTMLInputElement).value = requireLogin();

const form = byId('profile-form', HTMLFormElement);
const saved = byId('saved', HTMLParagraphElement);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  saved.textContent = `Saved at ${new Date().toLocaleTimeString('en-GB')}.`;
  saved.hidden = false;
});
form.addEventListener('input', () => (saved.hidden = true));

mirrorValue('pack-weight', 'pack-weight-value', (value) => `${value} kg`);
mirrorValue('favourite-colour', 'favourite-colour-value', (value) => value);

const note = byId('note', HTMLDivElement);
const noteLength = byId('note-length', HTMLSpanElement);
note.addEventListener('input', () => (noteLength.textContent = `${note.textContent.length} characters`));

const passwordForm = byId('password-form', HTMLFormElement);
const passwordStatus = byId('password-status', HTMLParagraphElement);
passwordForm.addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = new FormData(passwordForm);
  const isSame = wanted.get('new-password') === wanted.get('repeat-password');
  passwordStatus.className = isSame ? 'notice good' : 'notice bad';
  passwordStatus.textContent = isSame ? 'Your password is changed.' : 'The two new passwords differ.';
  passwordStatus.hidden = false;
  if (isSame) passwordForm.reset();
});
byId('new-password', HTMLInputElement).addEventListener('input', (event) => {
  const length = event.target instanceof HTMLInputElement ? event.target.value.length : 0;
  byId('password-strength', HTMLMeterElement).value = Math.min(length, 16);
});

const dialog = byId('delete-dialog', HTMLDialogElement);
byId('delete-account', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
dialog.addEventListener('close', () => {
  if (dialog.returnValue !== 'delete') return;
  signOut();
  location.assign(`${import.meta.env.BASE_URL}index.html`);
});

function mirrorValue(fieldId: string, outputId: string, format: (value: string) => string): void {
  const field = byId(fieldId, HTMLInputElement);
  const output = byId(outputId, HTMLOutputElement);
  const show = (): void => {
    output.value = format(field.value);
  };
  field.addEventListener('input', show);
  form.addEventListener('reset', () => queueMicrotask(show));
  show();
}
