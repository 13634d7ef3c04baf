/**
 * Builds the page: one HTML file, `dist/page/report.html`, that loads nothing. What it shall tell is
 * put into it later (`src/report/page.ts`).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/** What the hash of an inline script or style stands for in a policy. */
const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The texts of the elements `name` that a browser would run or apply. */
function inline(html: string, name: 'script' | 'style'): string[] {
  const found = html.matchAll(new RegExp(`<${name}([^>]*)>([\\s\\S]*?)</${name}>`, 'g'));
  return [...found].filter(([, attributes]) => !attributes!.includes('json')).map((m) => m[2]!);
}

/**
 * The policy: nothing may be loaded from anywhere, no script runs but the page's own (by its hash,
 * so that nothing injected can), workers come from the page itself. Pictures are data in the page.
 */
function policyOf(html: string): string {
  return [
    "default-src 'none'",
    `script-src ${inline(html, 'script').map(hashOf).join(' ')}`,
    `style-src ${inline(html, 'style').map(hashOf).join(' ')}`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** What stands in the policy's place in the source: enough for everything to become inline. */
const LAX = "default-src 'unsafe-inline'";

/** Writes the policy once everything is inline. */
const policy: Plugin = {
  name: 'holdfast:policy',
  writeBundle({ dir }) {
    const file = join(dir!, 'report.html');
    const html = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      html.replace(LAX, () => policyOf(html)),
    );
  },
};

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [viteSingleFile(), policy],
  // Chromium runs no module worker of a page that was opened from a file.
  worker: { format: 'iife' },
  build: {
    target: 'es2022',
    // What the styles are written in: light-dark() by the browser itself.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: '../../dist/page',
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: { input: `${import.meta.dirname}/report.html` },
  },
});
