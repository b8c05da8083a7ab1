/**
 * The number both sides state first, on the session socket and on the data channel.
 * It grows whenever a message changes its layout or its meaning; equal numbers understand each other, others do not.
 */
export const PROTOCOL_VERSION = 1;
