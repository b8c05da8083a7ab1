import { element } from './element.ts';
import { openModal } from './modal.ts';
import { trustedButton } from './trusted-button.ts';

/**
 * **Are you on the phone with a representative?** On **No** the dialog stays and says what to do first.
 * @param phoneNow the number to call, empty when there is none; asked for when it is shown
 * @returns whether the answer was **Yes**; `false` too when the dialog or the signal ended without an answer
 */
export function askPhone(parent: HTMLElement, phoneNow: () => string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const question = element('p', { id: 'modal-text' }, 'Are you on the phone with a representative?');
    const yes = trustedButton('Yes', { class: 'primary', autofocus: '' }, signal, () => {
      answer = true;
      modal.close();
    });
    const no = trustedButton('No', {}, signal, () => {
      const close = trustedButton('Close', { class: 'primary' }, signal, () => modal.close());
      const phone = phoneNow();
      question.textContent = firstTalkToUs(phone);
      actions.replaceChildren(...(phone ? [callLink(phone), close] : [close]));
      close.focus();
    });
    const actions = element('div', { class: 'actions' }, no, yes);
    const modal = openModal(parent, 'Co-browse', [question, actions], signal, () => resolve(answer));
    modal.dialog.setAttribute('aria-describedby', 'modal-text');
  });
}

function firstTalkToUs(phone: string): string {
  const how = phone ? `Please call ${phone}, or chat with us, first.` : 'Please call us, or chat with us, first.';
  return `Co-browse goes with a conversation. ${how} Then start it again, and your representative helps you on this page.`;
}

function callLink(phone: string): HTMLAnchorElement {
  return element('a', { class: 'action', href: telephoneUrl(phone) }, `Call ${phone}`);
}

/** `tel:` takes digits and a leading plus; people write spaces, brackets and dashes as well. */
export function telephoneUrl(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\(0\)|[^\d+]/gu, '');
  return `tel:${digits.replace(/(?!^)\+/gu, '')}`;
}
