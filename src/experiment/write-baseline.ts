// npm run baseline:experiments: runs every experiment and writes what it came to. It takes minutes.
import { writeExperiments } from './baseline.ts';

const folder = (name: string): string =>
  new URL(`../../reports/${name}/`, import.meta.url).pathname;
writeExperiments(folder('experiments'), folder('baseline/experiments'));
