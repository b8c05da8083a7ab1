import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/** Where a value goes that is known only when the query runs. */
class Slot {
  constructor(readonly name: string) {}
}

/** Runs the query with these values. @param on a transaction. @throws what the database throws */
export type Prepared<Values, Row> = (values: Values, on?: Database) => Promise<Row[]>;

/**
 * A query whose text is made once, at its first run: making it takes longer than running it, and some are run for every
 * session.
 * @param build the query, with `slot('name')` wherever a value goes
 */
export function prepare<Values extends object, Row>(
  database: Database,
  build: (slot: <Name extends keyof Values & string>(name: Name) => Values[Name]) => Compilable<Row>,
): Prepared<Values, Row> {
  let compiled: CompiledQuery<Row> | null = null;
  return async (values, on = database) => {
    compiled ??= build((name) => new Slot(name) as never).compile();
    const parameters = compiled.parameters.map((value) =>
      value instanceof Slot ? values[value.name as keyof Values] : value,
    );
    return (await on.executeQuery<Row>({ ...compiled, parameters })).rows;
  };
}
