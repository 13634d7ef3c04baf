/** Settings with their origins, and the verdicts that hang on them. */
import { listed } from '../report/text.ts';
import { groupBy } from './group.ts';
import type { Results } from './told.ts';

type Setting = Results['deployment']['settings'][number];

export interface SettingRow {
  readonly key: string;
  readonly value: string;
  /** `server.properties:8`, or `default of kafka 4.1`. */
  readonly origin: string;
  readonly isDefault: boolean;
  /** Aspects and subjects whose verdicts depend on it; empty: none does. */
  readonly mattersTo: string;
}

export interface SettingGroup {
  /** Whose they are. */
  readonly subject: string;
  readonly rows: readonly SettingRow[];
}

export function settingsOf({ deployment }: Results): SettingGroup[] {
  const { settings, subjects } = deployment;
  const all = [...settings, ...subjects.flatMap((subject) => subject.settings)];
  const unique = [...new Map(all.map((setting) => [keyOf(setting), setting])).values()];
  return groupBy(unique, ({ subject }) => subject).map((own) => ({
    subject: own[0]!.subject,
    rows: own.map((setting) => rowOf(setting, subjects)),
  }));
}

const keyOf = ({ subject, key, value, origin }: Setting): string =>
  JSON.stringify([subject, key, value, originText(origin)]);

const originText = (origin: Setting['origin']): string =>
  'file' in origin ? `${origin.file}:${origin.line}` : `default of ${origin.default}`;

function rowOf(setting: Setting, subjects: Results['deployment']['subjects']): SettingRow {
  const wanted = keyOf(setting);
  const concerned = subjects.filter(({ settings }) =>
    settings.some((each) => keyOf(each) === wanted),
  );
  const mattersTo = groupBy(concerned, ({ aspect }) => aspect).map((own) => {
    const { aspect } = own[0]!;
    const all = subjects.filter((subject) => subject.aspect === aspect);
    return own.length === all.length && all.length > 1
      ? `${aspect} (all)`
      : `${aspect} (${listed(own.map(({ name }) => name))})`;
  });
  const { key, value, origin } = setting;
  return {
    key,
    value,
    origin: originText(origin),
    isDefault: !('file' in origin),
    mattersTo: mattersTo.join(', '),
  };
}
