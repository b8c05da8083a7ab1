import '../frame/frame.ts';
import { byId } from '../elements.ts';
import { pageAfterLogin, signIn } from '../customer/login.ts';

const form = byId('login-form', HTMLFormElement);
const email = byId('login-email', HTMLInputElement);
const password = byId('login-password', HTMLInputElement);
const toggle = byId('show-password', HTMLButtonElement);
const error = byId('login-error', HTMLParagraphElement);

toggle.addEventListener('click', () => {
  const isShown = password.type === 'password';
  password.type = isShown ? 'text' : 'password';
  toggle.setAttribute('aria-pressed', String(isShown));
  toggle.textContent = isShown ? 'Hide' : 'Show';
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (signIn(email.value, password.value)) {
    location.assign(pageAfterLogin());
    return;
  }
  error.textContent = 'That password is not right. For this demonstration it is “demo”.';
  error.hidden = false;
  password.setAttribute('aria-invalid', 'true');
  password.focus();
  password.select();
});
