import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { Refusal } from '../refusal.ts';

/** How dear a hash is. `logN` 15 with r 8 and p 3 is OWASP's advice for scrypt at 32 MiB. */
export interface PasswordCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
export const PASSWORD_COST: PasswordCost = { logN: 15, r: 8, p: 3 };

export interface Passwords {
  /** `scrypt$logN$r$p$salt$hash`: the parameters stay with the hash, so dearer ones can come without a migration. */
  hash(password: string): Promise<string>;
  /**
   * `null` stands for an account that does not exist: the answer is no, and takes as long.
   * @throws Refusal `server_busy` when too many checks wait already.
   */
  matches(password: string, hash: string | null): Promise<boolean>;
}

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** @param atOnce how many hashes may be under way or waiting. */
export function createPasswords(cost: PasswordCost, atOnce: number): Passwords {
  let underWay = 0;

  async function derive(password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> {
    const N = 2 ** logN;
    return scryptAsync(password.normalize('NFKC'), salt, { N, r, p, maxmem: 256 * N * r });
  }

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const key = await derive(password, salt, cost);
      const { logN, r, p } = cost;
      return ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
    },
    async matches(password, hash) {
      if (underWay >= atOnce) throw new Refusal('server_busy');
      underWay += 1;
      try {
        const known = hash === null ? null : parseHash(hash);
        const key = await derive(password, known?.salt ?? NO_SALT, known?.cost ?? cost);
        return timingSafeEqual(key, known?.key ?? NO_KEY) && known !== null;
      } finally {
        underWay -= 1;
      }
    },
  };
}

const NO_SALT = Buffer.alloc(SALT_BYTES);
const NO_KEY = Buffer.alloc(KEY_BYTES);

function parseHash(text: string): { cost: PasswordCost; salt: Buffer; key: Buffer } | null {
  const [kind, logN, r, p, salt, key] = text.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return null;
  const parsed = {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
  return parsed.key.length === KEY_BYTES ? parsed : null;
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
