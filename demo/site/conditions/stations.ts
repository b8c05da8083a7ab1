/** Weather stations on the fells, and how their readings wander. Invented, but in the way weather behaves. */

export interface Station {
  readonly name: string;
  /** Metres above the sea. */
  readonly height: number;
  readonly readings: Reading[];
}

export interface Reading {
  /** Degrees Celsius. */
  readonly temperature: number;
  /** Kilometres an hour, mean and gusts. */
  readonly wind: number;
  readonly gust: number;
  /** Millimetres in the last hour. */
  readonly rain: number;
  /** Kilometres one can see. */
  readonly visibility: number;
}

/** As many readings as the charts show; older ones are let go. */
export const keptReadings = 49;

const places: ReadonlyArray<readonly [name: string, height: number]> = [
  ['Helvellyn', 950],
  ['Scafell Pike', 978],
  ['Skiddaw', 931],
  ['Great Gable', 899],
  ['Blencathra', 868],
  ['Coniston Old Man', 802],
  ['Haystacks', 597],
  ['Loughrigg', 335],
];

/** The stations with a day of readings behind them. `random` answers a number from 0 to 1, like `Math.random`. */
export function createStations(random: () => number): Station[] {
  return places.map(([name, height]) => {
    const station: Station = { name, height, readings: [firstReading(height, random)] };
    while (station.readings.length < keptReadings) addReading(station, random);
    return station;
  });
}

/** Appends the next reading, near the one before it, and drops the oldest when there are too many. */
export function addReading(station: Station, random: () => number): Reading {
  const last = latest(station);
  const sway = (size: number): number => (random() - 0.5) * 2 * size;
  const wind = clamp(last.wind + sway(5) + (usualWind(station.height) - last.wind) * 0.08, 4, 110);
  const rain = clamp(last.rain + sway(0.7) - 0.05, 0, 9);
  const next: Reading = {
    temperature: clamp(last.temperature + sway(0.5), -12, 18),
    wind,
    gust: wind * (1.25 + random() * 0.35),
    rain,
    visibility: clamp(last.visibility + sway(2) - rain * 0.2 + 0.3, 0.1, 40),
  };
  station.readings.push(next);
  if (station.readings.length > keptReadings) station.readings.shift();
  return next;
}

export function latest(station: Station): Reading {
  const reading = station.readings.at(-1);
  if (!reading) throw new Error(`${station.name} has no reading.`);
  return reading;
}

/** One word for whether to go. */
export function advice(reading: Reading): 'good' | 'careful' | 'stay' {
  if (reading.gust > 80 || reading.visibility < 1) return 'stay';
  return reading.gust > 50 || reading.rain > 2.5 || reading.visibility < 5 ? 'careful' : 'good';
}

function firstReading(height: number, random: () => number): Reading {
  const wind = usualWind(height) - 9 + random() * 18;
  return {
    temperature: 9 - height / 150 + random() * 2,
    wind,
    gust: wind * 1.4,
    rain: random() * 2,
    visibility: 8 + random() * 14,
  };
}

/** Readings come back to this, or an open page would end in a hurricane. */
function usualWind(height: number): number {
  return 12 + height / 40;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
