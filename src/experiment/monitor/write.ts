import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { monitoringFiles, TRIGGER_SECONDS } from './files.ts';

// npm run monitoring [-- --trigger SECONDS]
// Writes the dashboard, the alert rules and the rules' tests into monitoring/.
const { values } = parseArgs({ options: { trigger: { type: 'string' } } });
const triggerSeconds = Number(values.trigger ?? TRIGGER_SECONDS);
if (!(triggerSeconds > 0)) {
  throw new Error(`--trigger is ${values.trigger}; expected the trigger interval in seconds.`);
}
mkdirSync('monitoring', { recursive: true });
for (const [name, text] of Object.entries(monitoringFiles({ triggerSeconds }))) {
  writeFileSync(`monitoring/${name}`, text);
  process.stdout.write(`monitoring/${name} is written.\n`);
}
