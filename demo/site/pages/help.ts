import '../frame/frame.ts';
import { byId } from '../elements.ts';

/** The part of the co-browse script's API that this page calls. */
interface Alongside {
  start(options: { channel: 'voice' | 'chat' }): Promise<unknown>;
}

declare global {
  interface Window {
    Alongside?: Alongside;
  }
}

const status = byId('cobrowse-status', HTMLParagraphElement);

byId('cobrowse-link', HTMLButtonElement).addEventListener('click', () => {
  if (!window.Alongside) {
    say('Browsing together is not to be had just now. We can still talk it through on the phone.');
    return;
  }
  window.Alongside.start({ channel: 'voice' }).then(
    () => (status.hidden = true),
    () => say('That did not start. Please try again, or ask the person on the phone.'),
  );
});

function say(sentence: string): void {
  status.textContent = sentence;
  status.hidden = false;
}

const contact = byId('contact-form', HTMLFormElement);
contact.addEventListener('submit', (event) => {
  event.preventDefault();
  contact.reset();
  const sent = byId('contact-sent', HTMLParagraphElement);
  sent.hidden = false;
  sent.focus();
});
