/** Everything Tarn & Gorse sells. Prices in pence, weights in grams. */

export type Category = 'shelter' | 'carry' | 'wear' | 'kitchen' | 'way' | 'camp';

export interface Colour {
  readonly name: string;
  /** A CSS colour; the drawing takes it as `--main`. */
  readonly value: string;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: Category;
  readonly pence: number;
  readonly grams: number;
  /** Name of the drawing in `art/products`. */
  readonly art: string;
  readonly isNew: boolean;
  /** Mean of the reviews, 0 to 5. */
  readonly rating: number;
  readonly reviews: number;
  readonly stock: number;
  readonly line: string;
  readonly description: string;
  readonly colours: readonly [Colour, ...Colour[]];
  readonly choice: { readonly label: string; readonly values: readonly [string, ...string[]] };
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
}

export const categoryNames: Record<Category, string> = {
  shelter: 'Tents and sleep',
  carry: 'Packs and bags',
  wear: 'Clothing and boots',
  kitchen: 'Camp kitchen',
  way: 'Finding the way',
  camp: 'Around the fire',
};

/** The product with this id, or `undefined`: ids come from the address bar and old baskets. */
export function findProduct(id: string | null): Product | undefined {
  return products.find((product) => product.id === id);
}

/** The product's colour of that name, or its first one: names come from forms and old baskets. */
export function findColour(product: Product, name: string): Colour {
  return product.colours.find((colour) => colour.name === name) ?? product.colours[0];
}

export const products: readonly Product[] = [
  {
    id: 'tarn-2',
    name: 'Tarn 2 tent',
    category: 'shelter',
    pence: 34900,
    grams: 2150,
    art: 'tent',
    isNew: true,
    rating: 4.8,
    reviews: 212,
    stock: 14,
    line: 'Two people, three seasons, one pole each.',
    description:
      'A ridge tent for people who still like to see the stars from the door. The flysheet pitches first, so the inner stays dry when the weather does not. Every seam is taped by hand in our workshop in Kendal, and the poles are standard length, so a broken one costs twelve pounds and not a holiday.',
    colours: [
      { name: 'Gorse', value: '#d9922a' },
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Peat', value: '#6b5642' },
    ],
    choice: { label: 'Berths', values: ['2-person', '3-person'] },
    facts: [
      ['Flysheet', 'Recycled 40D nylon, silicone both sides'],
      ['Hydrostatic head', '4,000 mm'],
      ['Poles', '2 × DAC aluminium'],
      ['Packed size', '46 × 15 cm'],
    ],
  },
  {
    id: 'ridge-32',
    name: 'Ridge 32 pack',
    category: 'carry',
    pence: 14500,
    grams: 1240,
    art: 'backpack',
    isNew: false,
    rating: 4.7,
    reviews: 388,
    stock: 32,
    line: 'A day pack that does not mind staying the night.',
    description:
      'Thirty-two litres, two pockets you will use and none you will not. The back panel is felted wool, which stays warm when wet and never squeaks. Straps, buckles and the hip belt unscrew with a coin: send us the worn part, keep the pack.',
    colours: [
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Heather', value: '#7b5a80' },
      { name: 'Peat', value: '#6b5642' },
      { name: 'Rowan', value: '#b4472b' },
    ],
    choice: { label: 'Back length', values: ['Short', 'Regular', 'Long'] },
    facts: [
      ['Volume', '32 litres'],
      ['Fabric', 'Waxed cotton, 10 oz'],
      ['Back panel', 'Felted Herdwick wool'],
      ['Load', 'Comfortable to 14 kg'],
    ],
  },
  {
    id: 'beck-kettle',
    name: 'Beck kettle',
    category: 'kitchen',
    pence: 5200,
    grams: 410,
    art: 'kettle',
    isNew: false,
    rating: 4.9,
    reviews: 641,
    stock: 50,
    line: 'Boils a litre before the argument is over.',
    description:
      'A wide, flat-bottomed kettle that sits well on a stove and better on embers. The handle locks upright, the spout pours without dribbling, and the lid cannot fall into the fire. Enamelled steel, fired twice.',
    colours: [
      { name: 'Tarn', value: '#2f7f8c' },
      { name: 'Rowan', value: '#b4472b' },
      { name: 'Soot', value: '#3a4448' },
    ],
    choice: { label: 'Volume', values: ['0.8 litres', '1.2 litres'] },
    facts: [
      ['Material', 'Enamelled steel, 0.8 mm'],
      ['Handle', 'Ash and stainless steel'],
      ['Works on', 'Gas, wood, induction'],
      ['Made in', 'Keswick'],
    ],
  },
  {
    id: 'col-mug',
    name: 'Col enamel mug',
    category: 'kitchen',
    pence: 1400,
    grams: 130,
    art: 'mug',
    isNew: false,
    rating: 4.6,
    reviews: 1204,
    stock: 240,
    line: 'Chips with grace.',
    description:
      'The mug on every shelf in our workshop. It will chip one day, and rust a little, and taste no different. Holds what a mug should hold, hangs from a finger or a tent peg.',
    colours: [
      { name: 'Chalk', value: '#f0ede4' },
      { name: 'Gorse', value: '#f0c969' },
      { name: 'Mist', value: '#bcd0d4' },
    ],
    choice: { label: 'Volume', values: ['300 ml', '450 ml'] },
    facts: [
      ['Material', 'Enamelled steel'],
      ['Rim', 'Stainless, rolled'],
      ['Care', 'Dishwasher, campfire'],
      ['Warranty', 'For life, chips excluded'],
    ],
  },
  {
    id: 'rowan-hat',
    name: 'Rowan bobble hat',
    category: 'wear',
    pence: 3200,
    grams: 92,
    art: 'beanie',
    isNew: true,
    rating: 4.8,
    reviews: 173,
    stock: 61,
    line: 'Knitted from the sheep on the hill behind the shop.',
    description:
      'Lambswool from eleven farms in Borrowdale, spun in Bradford, knitted in Kendal. The pattern round the brim is the skyline from our back door: Skiddaw is the pointed one.',
    colours: [
      { name: 'Rowan', value: '#b4472b' },
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Heather', value: '#7b5a80' },
      { name: 'Moss', value: '#55744f' },
    ],
    choice: { label: 'Size', values: ['Small', 'Medium', 'Large'] },
    facts: [
      ['Yarn', '100 % lambswool'],
      ['Lining', 'Merino band'],
      ['Care', 'Hand wash, dry flat'],
      ['Made in', 'Kendal'],
    ],
  },
  {
    id: 'ember-lantern',
    name: 'Ember lantern',
    category: 'camp',
    pence: 6800,
    grams: 540,
    art: 'lantern',
    isNew: false,
    rating: 4.7,
    reviews: 296,
    stock: 18,
    line: 'A warm light that asks for nothing but quiet.',
    description:
      'Forty hours on a charge at the setting you will really use. The light is the colour of a candle, 1,900 kelvin, so moths leave it alone and so does your sleep. The battery is a standard cell behind one screw.',
    colours: [
      { name: 'Spruce', value: '#3f5d4a' },
      { name: 'Gorse', value: '#c98a1b' },
      { name: 'Soot', value: '#3a4448' },
    ],
    choice: { label: 'Battery', values: ['18650, one', '18650, two'] },
    facts: [
      ['Light', '5 to 180 lumens'],
      ['Colour', '1,900 K'],
      ['Runs', '40 hours at 20 lumens'],
      ['Water', 'IPX5'],
    ],
  },
  {
    id: 'scree-boots',
    name: 'Scree boots',
    category: 'wear',
    pence: 21500,
    grams: 1180,
    art: 'boots',
    isNew: false,
    rating: 4.5,
    reviews: 457,
    stock: 9,
    line: 'Resoled four times, on the record holder so far.',
    description:
      'One piece of 2.6 mm leather, one row of stitching to fail instead of six. They take a fortnight to break in and about nine years to wear out; then we resole them, for as long as the leather holds.',
    colours: [
      { name: 'Bark', value: '#8a5a34' },
      { name: 'Soot', value: '#3f4345' },
      { name: 'Chestnut', value: '#6b3a25' },
    ],
    choice: { label: 'UK size', values: ['5', '6', '7', '8', '9', '10', '11', '12'] },
    facts: [
      ['Upper', 'Full-grain leather, 2.6 mm'],
      ['Sole', 'Vibram, replaceable'],
      ['Lining', 'Calf leather'],
      ['Stiffness', 'B1'],
    ],
  },
  {
    id: 'squall-jacket',
    name: 'Squall jacket',
    category: 'wear',
    pence: 24900,
    grams: 465,
    art: 'jacket',
    isNew: true,
    rating: 4.6,
    reviews: 264,
    stock: 22,
    line: 'For the sort of rain that comes from underneath.',
    description:
      'Three layers, no fluorine, and a hood that turns with your head. Pockets sit above a rucksack belt. It will wet out one day as all jackets do; we wash and reproof it for nothing, every spring.',
    colours: [
      { name: 'Gorse', value: '#e0a526' },
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Rowan', value: '#b4472b' },
    ],
    choice: { label: 'Size', values: ['XS', 'S', 'M', 'L', 'XL', 'XXL'] },
    facts: [
      ['Membrane', '3-layer, PFC-free'],
      ['Hydrostatic head', '20,000 mm'],
      ['Breathability', '18,000 g/m²/24 h'],
      ['Pockets', '4'],
    ],
  },
  {
    id: 'herdwick-blanket',
    name: 'Herdwick blanket',
    category: 'camp',
    pence: 9800,
    grams: 1350,
    art: 'blanket',
    isNew: false,
    rating: 4.9,
    reviews: 512,
    stock: 27,
    line: 'Heavier than it needs to be, on purpose.',
    description:
      'Woven from the wool nobody else wanted: coarse, grey, and all but waterproof. It goes on the bed in winter, on the grass in summer, and round the shoulders of whoever stays longest by the fire.',
    colours: [
      { name: 'Slate', value: '#33566b' },
      { name: 'Moss', value: '#55744f' },
      { name: 'Rowan', value: '#8f3b2a' },
    ],
    choice: { label: 'Size', values: ['Single, 140 × 190 cm', 'Double, 190 × 220 cm'] },
    facts: [
      ['Wool', '100 % Herdwick'],
      ['Weight', '720 g/m²'],
      ['Woven in', 'Huddersfield'],
      ['Care', 'Air it'],
    ],
  },
  {
    id: 'gill-flask',
    name: 'Gill flask',
    category: 'kitchen',
    pence: 2900,
    grams: 320,
    art: 'flask',
    isNew: false,
    rating: 4.4,
    reviews: 833,
    stock: 120,
    line: 'Hot tea on the top, cold water on the way down.',
    description:
      'Twelve hours hot, a day cold. The cap has no hidden seals to grow things in, the base is dented steel and proud of it, and the paint is the kind that can be touched up.',
    colours: [
      { name: 'Moss', value: '#5a7d5a' },
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Rowan', value: '#b4472b' },
      { name: 'Chalk', value: '#d9d4c4' },
    ],
    choice: { label: 'Volume', values: ['500 ml', '750 ml', '1 litre'] },
    facts: [
      ['Walls', 'Double, 18/8 steel'],
      ['Hot', '12 hours above 60 °C'],
      ['Cap', 'One piece'],
      ['Fits', 'Bicycle cages (500 ml)'],
    ],
  },
  {
    id: 'cairn-compass',
    name: 'Cairn compass',
    category: 'way',
    pence: 4500,
    grams: 88,
    art: 'compass',
    isNew: false,
    rating: 4.8,
    reviews: 149,
    stock: 40,
    line: 'Works where the telephone does not.',
    description:
      'A brass housing, a sapphire bearing and a needle that settles in under two seconds. It arrives with a card on which one of us has written how to use it, because the booklet never helped anybody.',
    colours: [
      { name: 'Brass', value: '#c9a24a' },
      { name: 'Steel', value: '#93a3a8' },
    ],
    choice: { label: 'Hemisphere', values: ['Northern', 'Southern'] },
    facts: [
      ['Housing', 'Solid brass'],
      ['Needle', 'Global balance on request'],
      ['Scale', '360°, 2° steps'],
      ['Adjustment', 'Declination screw'],
    ],
  },
  {
    id: 'drift-bag',
    name: 'Drift sleeping bag',
    category: 'shelter',
    pence: 18900,
    grams: 940,
    art: 'sleeping-bag',
    isNew: false,
    rating: 4.7,
    reviews: 208,
    stock: 16,
    line: 'Down to minus four, then honest about it.',
    description:
      'Responsible down with a baffle round the neck and room for the knees. We quote the temperature at which a cold sleeper is still comfortable, not the one at which an athlete survives.',
    colours: [
      { name: 'Pine', value: '#2c6e63' },
      { name: 'Slate', value: '#33566b' },
      { name: 'Heather', value: '#7b5a80' },
    ],
    choice: { label: 'Length', values: ['Regular, to 178 cm', 'Long, to 195 cm'] },
    facts: [
      ['Fill', 'RDS duck down, 700 fill power'],
      ['Comfort', '−4 °C'],
      ['Shell', 'Recycled 20D ripstop'],
      ['Packed size', '32 × 18 cm'],
    ],
  },
  {
    id: 'spark-stove',
    name: 'Spark stove',
    category: 'kitchen',
    pence: 7900,
    grams: 298,
    art: 'stove',
    isNew: false,
    rating: 4.5,
    reviews: 377,
    stock: 35,
    line: 'One tap, one flame, no drama.',
    description:
      'A burner head broad enough to simmer porridge and a valve you can turn with mittens on. Every part can be taken off, cleaned and bought again. Pot and canister are shown; canister not included in the post.',
    colours: [
      { name: 'Rowan', value: '#b4472b' },
      { name: 'Slate', value: '#33566b' },
      { name: 'Soot', value: '#3a4448' },
    ],
    choice: { label: 'Set', values: ['Burner alone', 'Burner and 1 litre pot'] },
    facts: [
      ['Output', '2,700 W'],
      ['Boil', '1 litre in 3 min 20 s'],
      ['Fuel', 'Screw-thread gas'],
      ['Pot supports', 'Folding, 140 mm'],
    ],
  },
  {
    id: 'fold-socks',
    name: 'Fold socks',
    category: 'wear',
    pence: 1800,
    grams: 84,
    art: 'socks',
    isNew: false,
    rating: 4.8,
    reviews: 1460,
    stock: 300,
    line: 'Two pairs, so that one can be drying.',
    description:
      'Merino where it touches, nylon where it rubs. The toes are linked by hand, so that there is no seam to find at mile nine. Holes at heel or toe within three years: send them back, get new ones.',
    colours: [
      { name: 'Slate', value: '#6c7f88' },
      { name: 'Moss', value: '#6f8566' },
      { name: 'Rowan', value: '#a95a45' },
    ],
    choice: { label: 'UK size', values: ['3–5', '6–8', '9–11', '12–14'] },
    facts: [
      ['Yarn', '72 % merino, 26 % nylon, 2 % elastane'],
      ['Height', 'Mid calf'],
      ['Weight class', 'Medium'],
      ['In the box', '2 pairs'],
    ],
  },
  {
    id: 'lakeland-map',
    name: 'Lakeland map, 1:40,000',
    category: 'way',
    pence: 1600,
    grams: 60,
    art: 'map',
    isNew: true,
    rating: 4.9,
    reviews: 95,
    stock: 80,
    line: 'Every path we have walked, and the three we regret.',
    description:
      'Drawn by hand over two winters, printed on paper that survives a pocket. Walls, fords and good sitting stones are marked. Updated each spring; last year’s may be swapped for half price.',
    colours: [
      { name: 'Summer', value: '#5a8f6b' },
      { name: 'Winter', value: '#6f97a8' },
    ],
    choice: { label: 'Finish', values: ['Folded', 'Flat, in a tube'] },
    facts: [
      ['Scale', '1:40,000'],
      ['Paper', 'Stone paper, tear-proof'],
      ['Area', 'Keswick to Coniston'],
      ['Edition', '9th'],
    ],
  },
  {
    id: 'ford-dry-bag',
    name: 'Ford dry bag',
    category: 'carry',
    pence: 3600,
    grams: 210,
    art: 'dry-bag',
    isNew: false,
    rating: 4.6,
    reviews: 322,
    stock: 75,
    line: 'Roll it three times. That is the whole manual.',
    description:
      'A welded bag for the things that must not get wet: the sleeping bag, the book, the dog’s towel. White inside, so that what you look for can be found.',
    colours: [
      { name: 'Rowan', value: '#d65a31' },
      { name: 'Tarn', value: '#1f6f7d' },
      { name: 'Gorse', value: '#d9a21f' },
    ],
    choice: { label: 'Volume', values: ['8 litres', '13 litres', '22 litres'] },
    facts: [
      ['Fabric', 'TPU-coated 70D nylon'],
      ['Closure', 'Roll top, three turns'],
      ['Seams', 'Welded'],
      ['Water', 'IPX6'],
    ],
  },
];
