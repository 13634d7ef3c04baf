/** A stateful operator's stores, the executors that hold them and their query, ready to be checked. */
import {
  type Budget,
  defineSystem,
  type Plain,
  type Stimulus,
  type System,
} from '../../../../src/model/index.ts';
import { executor } from './executor.ts';
import { files } from './files.ts';
import { ledger } from './ledger.ts';
import type { StateStoreOptions } from './options.ts';
import { executors, query } from './query.ts';
import { sound } from './rules.ts';

export const defaults: StateStoreOptions = {
  provider: 'rocksdbChangelog',
  format: 2,
  deterministic: false,
  width: 1,
  inherits: 'nothing',
  snapshotEvery: 2,
  retain: 2,
  rules: sound,
  bounds: { batches: 3 },
  faults: {},
};

type Event = Stimulus['event'] & Record<string, Plain>;

/** The system that `options` describe. */
export function stateStore(options: Partial<StateStoreOptions> = {}): System {
  const all = { ...defaults, ...options };
  return defineSystem({
    name: 'stateStore',
    components: {
      query: query(all),
      ...Object.fromEntries(executors.map((name) => [name, executor(all, name)])),
      files: files(all),
      ledger,
    },
    stimuli: [...queryStimuli(all), ...executors.flatMap((name) => executorStimuli(all, name))],
    budget: all.faults,
    bounds: { width: all.width, ...all.bounds },
  });
}

const stimulus = (to: string, event: Event, kind: Stimulus['class'], cost?: Budget): Stimulus => ({
  to,
  event,
  class: kind,
  ...(cost && { cost }),
});

function queryStimuli({ width, faults }: StateStoreOptions): Stimulus[] {
  const stores = Array.from({ length: width }, (_, store) => store);
  const of = (event: Event, kind: Stimulus['class'], cost?: Budget): Stimulus =>
    stimulus('query', event, kind, cost);
  return [
    of({ type: 'START', width }, 'repair'),
    ...((faults.widthChanged ?? 0) > 0
      ? [of({ type: 'START', width: 1 }, 'fault', { widthChanged: 1 })]
      : []),
    of({ type: 'LOG' }, 'protocol'),
    ...stores.flatMap((store) =>
      executors.map((name) => of({ type: 'SCHEDULE', store, executor: name }, 'protocol')),
    ),
    of({ type: 'CONSUME_PART' }, 'fault', { partialConsumption: 1 }),
    of({ type: 'COMMIT' }, 'protocol'),
    of({ type: 'CRASH' }, 'fault', { driverCrash: 1 }),
    stimulus('files', { type: 'CLEAN' }, 'protocol'),
  ];
}

function executorStimuli({ rules }: StateStoreOptions, name: string): Stimulus[] {
  const step = (type: string): Stimulus => stimulus(name, { type }, 'protocol');
  const saving = (fault: string, kind: Stimulus['class'], cost?: Budget): Stimulus =>
    stimulus(name, { type: 'SAVE_VERSION', fault }, kind, cost);
  return [
    step('LOAD_BASE'),
    saving('none', 'protocol'),
    saving('lost', 'fault', { lostWrite: 1 }),
    ...(rules.atomic ? [] : [saving('torn', 'fault', { tornFile: 1 })]),
    step('REPORT'),
    step('UPLOAD_SNAPSHOT'),
    step('SNAPSHOT'),
    step('SAVE_LATE'),
    stimulus(name, { type: 'FAIL' }, 'fault', { executorLoss: 1 }),
    stimulus(name, { type: 'GIVE_UP' }, 'fault', { zombieWrite: 1 }),
    stimulus(name, { type: 'LOSE_RESULT' }, 'fault', { resultLost: 1 }),
  ];
}
