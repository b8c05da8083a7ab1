import type { Kysely, Migration } from 'kysely';

/**
 * Every change of the database's shape, in order, for ever: a number once released is never edited. Kysely keeps in the
 * database which have run.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-sites-agents-sessions': {
    async up(database: Kysely<unknown>) {
      await database.schema
        .createTable('sites')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('origins', 'text', (column) => column.notNull())
        .addColumn('settings', 'text', (column) => column.notNull())
        .addColumn('demo', 'integer', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('agents')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('siteKey', 'text', (column) => column.notNull().references('sites.key'))
        .addColumn('email', 'text', (column) => column.notNull().unique())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('passwordHash', 'text', (column) => column.notNull())
        .addColumn('disabled', 'integer', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('agentTokens')
        .addColumn('hash', 'text', (column) => column.primaryKey())
        .addColumn('agentId', 'text', (column) => column.notNull().references('agents.id'))
        .addColumn('expiresAt', 'integer', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('sessions')
        .addColumn('historyId', 'text', (column) => column.primaryKey())
        .addColumn('siteKey', 'text', (column) => column.notNull().references('sites.key'))
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('interactionId', 'text')
        .addColumn('agentId', 'text', (column) => column.references('agents.id'))
        .addColumn('startedAt', 'integer', (column) => column.notNull())
        .addColumn('joinedAt', 'integer')
        .addColumn('endedAt', 'integer')
        .addColumn('endReason', 'text')
        .execute();
      await database.schema.createIndex('agentTokensByAgent').on('agentTokens').column('agentId').execute();
      await database.schema.createIndex('sessionsBySite').on('sessions').columns(['siteKey', 'startedAt']).execute();
      await database.schema.createIndex('sessionsByEnd').on('sessions').column('endedAt').execute();
    },
  },
  '0002-rules': {
    async up(database: Kysely<unknown>) {
      await database.schema
        .createTable('rules')
        .addColumn('siteKey', 'text', (column) => column.notNull().references('sites.key'))
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('publishedAt', 'integer', (column) => column.notNull())
        .addColumn('publishedBy', 'text', (column) => column.notNull())
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('rulesKey', ['siteKey', 'version'])
        .execute();
      await database.schema
        .createTable('ruleProblems')
        .addColumn('siteKey', 'text', (column) => column.notNull().references('sites.key'))
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('rule', 'integer', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('count', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('ruleProblemsKey', ['siteKey', 'version', 'rule', 'what'])
        .execute();
      await database.schema
        .alterTable('sessions')
        .addColumn('hiddenValues', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '0003-live-sessions': {
    async up(database: Kysely<unknown>) {
      await database.schema.alterTable('sessions').addColumn('live', 'text').execute();
    },
  },
  '0004-acts': {
    async up(database: Kysely<unknown>) {
      await database.schema
        .createTable('acts')
        .addColumn('historyId', 'text', (column) =>
          column.notNull().references('sessions.historyId').onDelete('cascade'),
        )
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('act', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('times', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('actsKey', ['historyId', 'number'])
        .execute();
    },
  },
};
