/** The scenario files beside the models, and how they are played. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Performance, play } from '../../src/scenario/play.ts';
import { suites } from '../coverage/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths from the root, sorted. */
export const scenarioFiles = (): string[] =>
  readdirSync(join(root, 'models'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)scenarios\/[^/]+\.txt$/.test(name))
    .map((name) => join('models', name))
    .sort();

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** @throws ScenarioError for a command that cannot be followed. */
export const played = (file: string): Performance => play(file, textOf(file), suites);
