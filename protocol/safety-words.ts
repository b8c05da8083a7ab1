import type { Fingerprints } from './fingerprints.ts';

/**
 * Three words that both sides work out from what their own browsers know of the encryption. A server in the middle has
 * other certificates than the two who mean to talk, so the words differ. docs/protocol.md, "Safety words".
 */

/** Slow on purpose: whoever wants certificates that give the same words must try millions while both are waiting. */
export const SAFETY_ROUNDS = 1_000_000;
export const SAFETY_BITS = 24;

/**
 * What goes into PBKDF2 (SHA-256, `SAFETY_ROUNDS`) as the password; the history ID is the salt.
 * @throws when a certificate is not known: words of one side alone would warn of somebody who is not there
 */
export function safetyInput({ customer, agent }: Fingerprints): string {
  if (customer === '' || agent === '') throw new Error('A certificate is not known.');
  return `${customer}\n${agent}`;
}

/** @param bytes three, each of which is a word */
export function safetyWords(bytes: Uint8Array): string {
  return `${WORDS[bytes[0] ?? 0]} ${WORDS[bytes[1] ?? 0]} ${WORDS[bytes[2] ?? 0]}`;
}

/** 256 short words that are hard to mishear. */
const WORDS = (
  'acorn actor agent album alarm amber angel ankle apple april apron arrow artist atlas aunt autumn bacon badge bagel baker ' +
  'bamboo banana banjo barn basil basket beach beard beaver berry bicycle bird biscuit blanket boat bonus book bottle bread ' +
  'brick bridge broom bucket butter button cabin cactus camel camera candle canoe carpet carrot castle cellar chalk cherry ' +
  'chess circle circus cliff clock cloud clover cobra cocoa coffee comet copper coral corner cotton cousin cradle crayon ' +
  'cricket crown crystal curtain daisy dancer desert diamond dinner doctor dolphin donkey dragon drum eagle easel echo eight ' +
  'elbow elephant emerald engine fabric falcon farmer feather fern fiddle finger flag flame flute forest fossil fountain fox ' +
  'galaxy garden garlic gecko ghost ginger giraffe glacier glove goblet golden goose grape guitar hammer harbor harvest ' +
  'hazel helmet heron hill honey hotel ice igloo indigo island ivory jacket jaguar jasmine jelly jungle kettle king kitchen ' +
  'kite koala ladder lagoon lake lamp lemon leopard letter lily lion lizard lobster lotus magnet mango maple marble market ' +
  'meadow melon mirror monkey moon mountain muffin museum needle nest night ocean octopus olive onion orange orchid otter ' +
  'owl oyster paddle palace panda paper parrot peach peanut pebble pelican pencil penguin pepper piano pillow pilot pine ' +
  'pirate planet plum pocket poem polar pony potato puzzle quartz queen rabbit radio rain raven ribbon river robin rocket ' +
  'rose ruby saddle sailor salmon sandal sapphire scarf school shadow shell silver singer spider spoon summer sunset swan ' +
  'table tiger tulip turtle velvet violin walnut wheat willow window winter wizard wolf ' +
  'yacht yogurt zebra zipper'
).split(' ');
