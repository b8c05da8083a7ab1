import type { Clearing } from '../judge.ts';
import { clearColumn } from './clear-column.ts';
import { maskedSheet } from './masked-sheet.ts';

/** All there is to know of how texts are told. */
export const CLEARING: Clearing = { column: clearColumn, sheet: maskedSheet };
