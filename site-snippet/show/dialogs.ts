/** What asks the customer something, and the card with the digits: loaded when first needed, apart from the toolbar. */
export { DIALOG_STYLES } from './dialog-styles.ts';
export { askPhone } from './phone-question.ts';
export { showSessionIdCard } from './session-id.ts';
export { showStillThere } from './still-there.ts';
export { askWrite } from './write-request.ts';
