/** A real browser for tests: Chromium, as the system has it. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is: the path in CHROMIUM, or where Debian and others put it; null if nowhere. */
export const CHROMIUM: string | null =
  [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path)) ?? null;

if (CHROMIUM === null) {
  console.warn(
    'Tests in a browser are skipped: no Chromium was found. Install the package chromium, or name ' +
      'the program in CHROMIUM.',
  );
}

/** A browser, and a folder for the pages it opens. */
export class Bench {
  private readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
  private readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async set(): Promise<Bench> {
    // A container has no user namespaces of its own for Chromium's sandbox.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return new Bench(await chromium.launch({ executablePath: CHROMIUM!, args }));
  }

  async clear(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The address of a page's text as a file. */
  fileOf(name: string, html: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, html);
    return pathToFileURL(path).href;
  }

  /** Opens an address; what the page complains of or asks from anywhere is noted. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    // A machine that does much else is slow, and nothing here is about time.
    page.setDefaultTimeout(100_000);
    const trouble: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') trouble.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      const isOwn = url.split('#')[0] === address.split('#')[0] || url.startsWith('blob:');
      if (!isOwn) trouble.push(`request: ${url}`);
    });
    await page.goto(address);
    return { page, trouble, close: () => context.close() };
  }
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, and requests to anywhere: there should be none. */
  readonly trouble: readonly string[];
  readonly close: () => Promise<void>;
}
