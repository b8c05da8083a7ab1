import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built extension as it is after the administrator has answered **Allow**: nobody answers Chrome's own dialogs here. */
export function allowedExtension(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-allowed-'));
  cpSync('dist/extension', folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
