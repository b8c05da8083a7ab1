import { admits, type OriginPattern } from '../../protocol/origin.ts';
import type { CustomerSettings } from '../../protocol/signaling.ts';
import type { Database, SiteRow } from '../history/database.ts';
import { prepare } from '../history/prepared.ts';
import { parseOrigin } from './origin.ts';
import { readSettings } from './settings.ts';

export interface Site {
  readonly key: string;
  readonly origins: readonly OriginPattern[];
  readonly settings: CustomerSettings;
}

/** What is needed to make a site. Settings left out take their defaults. */
export interface NewSite {
  readonly key: string;
  readonly name: string;
  readonly origins: readonly OriginPattern[];
  readonly settings?: Partial<Omit<CustomerSettings, 'name'>>;
  readonly demo?: boolean;
}

/** Site keys stand in the script tag and in addresses. */
export const SITE_KEY_PATTERN = '^[a-z0-9][a-z0-9-]{0,62}$';

/**
 * Sites are read from the database each time: the file is on this machine, and a site added by the command counts at
 * once.
 */
export interface Sites {
  find(key: string): Promise<Site | null>;
  /** Whether any site admits the origin: all that can be asked before the client has said which site it means. */
  anyAdmits(origin: string | undefined): Promise<boolean>;
}

export function createSites(database: Database): Sites {
  const one = prepare<{ key: string }, SiteRow>(database, (slot) =>
    database.selectFrom('sites').selectAll().where('key', '=', slot('key')),
  );
  const all = prepare<object, SiteRow>(database, () => database.selectFrom('sites').selectAll());
  const read = new Map<string, { row: SiteRow; site: Site }>();

  /** The same object for the same row: every session keeps one. */
  function siteOf(row: SiteRow): Site {
    const known = read.get(row.key);
    if (known !== undefined && isSame(known.row, row)) return known.site;
    const site = toSite(row);
    read.set(row.key, { row, site });
    return site;
  }

  return {
    async find(key) {
      const [row] = await one({ key });
      return row === undefined ? null : siteOf(row);
    },
    async anyAdmits(header) {
      const origin = parseOrigin(header);
      return origin !== null && (await all({})).some((row) => admits(siteOf(row).origins, origin));
    },
  };
}

function isSame(one: SiteRow, other: SiteRow): boolean {
  return one.name === other.name && one.origins === other.origins && one.settings === other.settings;
}

export function siteAdmits(site: Site, header: string | undefined): boolean {
  const origin = parseOrigin(header);
  return origin !== null && admits(site.origins, origin);
}

/** Adds the site, or changes the one of that key. */
export async function putSite(database: Database, site: NewSite): Promise<void> {
  const values = {
    name: site.name,
    origins: JSON.stringify(site.origins),
    settings: JSON.stringify(site.settings ?? {}),
    demo: site.demo === true ? 1 : 0,
  };
  await database
    .insertInto('sites')
    .values({ key: site.key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute();
}

function toSite(row: SiteRow): Site {
  return {
    key: row.key,
    origins: readOrigins(row.origins),
    settings: readSettings(row.name, row.settings),
  };
}

function readOrigins(json: string): OriginPattern[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
