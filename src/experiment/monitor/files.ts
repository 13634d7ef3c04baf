/** The files in `monitoring/`, made from the table; `npm run monitoring` writes them anew. */
import { stringify } from 'yaml';
import { ruleTests } from './alert-cases.ts';
import { type AlertSetting, ruleFile } from './alerts.ts';
import { dashboard } from './grafana.ts';

const YAML = { lineWidth: 100 } as const;

const HEAD = '# Written by `npm run monitoring`; docs/monitoring.md says what each alert means.\n';

export const TRIGGER_SECONDS = 10;

const TRIGGER_HEAD =
  '# The rules with a trigger interval in them are for one of TRIGGER s;\n' +
  '# `npm run monitoring -- --trigger SECONDS` writes them for another.\n';

/** Contents by name. */
export function monitoringFiles(setting: AlertSetting): Readonly<Record<string, string>> {
  const trigger = TRIGGER_HEAD.replace('TRIGGER', String(setting.triggerSeconds));
  return {
    'holdfast-dashboard.json': `${JSON.stringify(dashboard(), null, 2)}\n`,
    'holdfast-alerts.yaml': HEAD + trigger + stringify(ruleFile(setting), YAML),
    'holdfast-alerts.test.yaml': HEAD + stringify(ruleTests(setting), YAML),
  };
}
