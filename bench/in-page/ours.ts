import { recordWithOurs, warmUpOurs } from './record-ours.ts';

/** A script of its own, because it is delivered as one: `npm run build` asks V8 to compile the session's module early. */
export const OURS = { recordWithOurs, warmUpOurs };

Object.assign(window, { ours: OURS });
