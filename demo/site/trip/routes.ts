/** Walks worth a day, with what they ask. Kilometres and metres of climbing. */

export interface Route {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly kilometres: number;
  readonly climb: number;
  readonly kind: RouteKind;
  readonly line: string;
}

export type RouteKind = 'ridge' | 'valley' | 'tarn';

export type Pace = 'slow' | 'steady' | 'quick';

export const routes: readonly Route[] = [
  {
    id: 'fairfield',
    name: 'Fairfield horseshoe',
    from: 'Rydal',
    kilometres: 16.2,
    climb: 1050,
    kind: 'ridge',
    line: 'Up one arm, down the other, with the lake in view nearly all the way.',
  },
  {
    id: 'striding',
    name: 'Helvellyn by Striding Edge',
    from: 'Glenridding',
    kilometres: 14.1,
    climb: 890,
    kind: 'ridge',
    line: 'For dry days and steady heads.',
  },
  {
    id: 'stickle',
    name: 'Stickle Tarn',
    from: 'Great Langdale',
    kilometres: 4.8,
    climb: 400,
    kind: 'tarn',
    line: 'A steep hour by the waterfalls, and then still water under a wall.',
  },
  {
    id: 'angle',
    name: 'Angle Tarn',
    from: 'Patterdale',
    kilometres: 8.4,
    climb: 480,
    kind: 'tarn',
    line: 'Two islands, and flat grass where a tent might stand.',
  },
  {
    id: 'easedale',
    name: 'Easedale Tarn',
    from: 'Grasmere',
    kilometres: 8.1,
    climb: 280,
    kind: 'tarn',
    line: 'The one for visitors, children and the day after.',
  },
  {
    id: 'buttermere',
    name: 'Round Buttermere',
    from: 'Buttermere',
    kilometres: 7.2,
    climb: 110,
    kind: 'valley',
    line: 'Level, with a tunnel in the middle and cake at the end.',
  },
  {
    id: 'borrowdale',
    name: 'Borrowdale to Watendlath',
    from: 'Rosthwaite',
    kilometres: 9.6,
    climb: 330,
    kind: 'valley',
    line: 'Oak woods, a packhorse bridge, tea in a farmyard.',
  },
  {
    id: 'haystacks',
    name: 'Haystacks',
    from: 'Gatesgarth',
    kilometres: 8.9,
    climb: 560,
    kind: 'ridge',
    line: 'Not the highest of them. Ask anybody which they like best.',
  },
  {
    id: 'tarnhows',
    name: 'Tarn Hows',
    from: 'Coniston',
    kilometres: 3.1,
    climb: 60,
    kind: 'tarn',
    line: 'Half an hour, in any shoes.',
  },
  {
    id: 'newlands',
    name: 'Newlands valley',
    from: 'Stair',
    kilometres: 11.3,
    climb: 240,
    kind: 'valley',
    line: 'A church the size of a kitchen, and nobody about.',
  },
];

const kilometresAnHour: Record<Pace, number> = { slow: 3.2, steady: 4.2, quick: 5.2 };
/** Metres of climbing that take an hour. */
const climbAnHour = 600;

/** Hours on foot, by Naismith's rule. */
export function hoursFor(route: Route, pace: Pace): number {
  return route.kilometres / kilometresAnHour[pace] + route.climb / climbAnHour;
}

/** Hours of daylight in Kendal (54.3° north) on a date, to a few minutes. */
export function daylightHours(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 0);
  const day = (date.getTime() - start) / 86_400_000;
  const tilt = -23.44 * Math.cos((2 * Math.PI * (day + 10)) / 365) * (Math.PI / 180);
  const latitude = 54.3 * (Math.PI / 180);
  return (24 / Math.PI) * Math.acos(-Math.tan(latitude) * Math.tan(tilt));
}

/** `5.25` → `5 h 15 min`. */
export function formatHours(hours: number): string {
  const minutes = Math.round((hours * 60) / 5) * 5;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
