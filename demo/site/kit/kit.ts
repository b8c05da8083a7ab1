/** The kit a customer puts together: what is in it, in which order it is packed, and what it weighs. */
import { assertNever } from '../assert-never.ts';
import { findProduct, products, type Product } from '../catalogue/products.ts';

export interface Kit {
  readonly name: string;
  readonly nights: number;
  readonly season: Season;
  readonly items: readonly KitItem[];
}

export interface KitItem {
  readonly key: string;
  readonly name: string;
  readonly grams: number;
  readonly isPacked: boolean;
}

export type Season = 'summer' | 'between' | 'winter';

type KitAction =
  | { type: 'rename'; name: string }
  | { type: 'nights'; nights: number }
  | { type: 'season'; season: Season }
  | { type: 'add'; item: KitItem }
  | { type: 'remove'; key: string }
  | { type: 'pack'; key: string; isPacked: boolean }
  | { type: 'move'; key: string; to: number }
  | { type: 'clear' };

/** More than anybody carries. */
const maxItems = 40;
const maxNights = 14;
/** Grams of food for one night. */
const foodPerNight = 650;
const extraGrams: Record<Season, number> = { summer: 0, between: 400, winter: 1300 };

export const firstKit: Kit = {
  name: 'Two nights at Angle Tarn',
  nights: 2,
  season: 'between',
  items: ['ridge-32', 'tarn-2', 'drift-bag', 'spark-stove', 'col-mug']
    .flatMap((id) => findProduct(id) ?? [])
    .map((product) => toItem(product)),
};

export function changeKit(kit: Kit, action: KitAction): Kit {
  switch (action.type) {
    case 'rename':
      return { ...kit, name: action.name.slice(0, 60) };
    case 'nights':
      return { ...kit, nights: Math.min(maxNights, Math.max(1, Math.round(action.nights) || 1)) };
    case 'season':
      return { ...kit, season: action.season };
    case 'add': {
      const isThere = kit.items.some((item) => item.key === action.item.key);
      return isThere || kit.items.length >= maxItems ? kit : { ...kit, items: [...kit.items, action.item] };
    }
    case 'remove':
      return { ...kit, items: kit.items.filter((item) => item.key !== action.key) };
    case 'pack':
      return {
        ...kit,
        items: kit.items.map((item) => (item.key === action.key ? { ...item, isPacked: action.isPacked } : item)),
      };
    case 'move': {
      const moved = kit.items.find((item) => item.key === action.key);
      if (!moved) return kit;
      const others = kit.items.filter((item) => item !== moved);
      const to = Math.min(others.length, Math.max(0, action.to));
      return { ...kit, items: [...others.slice(0, to), moved, ...others.slice(to)] };
    }
    case 'clear':
      return { ...kit, items: [] };
    default:
      return assertNever(action);
  }
}

/** What all of it weighs in grams, with food for the nights and warm things for the season. */
export function weigh(kit: Kit): { gear: number; food: number; extra: number; total: number } {
  const gear = kit.items.reduce((sum, item) => sum + item.grams, 0);
  const food = kit.nights * foodPerNight;
  const extra = extraGrams[kit.season];
  return { gear, food, extra, total: gear + food + extra };
}

/** A product as a thing in a kit. */
export function toItem(product: Product): KitItem {
  return { key: product.id, name: product.name, grams: product.grams, isPacked: false };
}

/** What the shop has that is not in the kit yet. */
export function notYetIn(kit: Kit): Product[] {
  return products.filter((product) => !kit.items.some((item) => item.key === product.id));
}
