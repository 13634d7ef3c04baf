/** A run of the model in Kafka's words: for each step what was done, and what came of it. */
import {
  type Plain,
  Scene,
  scenesOf,
  type ToldMessage,
  type ToldRun,
  type Turn,
} from '../../../src/model/index.ts';
import type { Ledger, Written } from './ledger.ts';
import { type Entry, isMarker } from './log.ts';
import type { Reader } from './reader.ts';
import type { Replica } from './state.ts';

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export function narrate(run: ToldRun): string[][] {
  return scenesOf(run, Scene).map((scene) => {
    const { type, component } = scene.step.stimulus;
    const told = tellers[type]?.(scene) ?? [`${component}: ${type}.`];
    return told.filter((sentence) => sentence !== '');
  });
}

type Teller = (scene: Scene) => string[];

const tellers: Readonly<Record<string, Teller>> = {
  APPEND: appends,
  FETCH: fetches,
  BEGIN_PASS: begins,
  CLEAN_GROUP: (scene) => [
    `${by(scene)} swaps in what it cleaned${range(scene)}.`,
    ...cleaned(scene),
  ],
  FINISH_PASS: (scene) => [
    `${by(scene)}'s pass is over: the checkpoint is ${turn(scene).now.firstDirty}.`,
  ],
  DELETE_RETENTION_PASSES: expires,
  RETENTION_PASSES: (scene) => {
    const { was, now } = turn(scene);
    const gone = missing(was.entries, now.entries);
    const what = gone.length > 0 ? `, with ${records(gone)}` : '';
    return [`Retention deletes the oldest segment of ${by(scene)}${what}.`];
  },
  BEGIN: () => ['The reader begins at offset 0.'],
  READ: readsOn,
  CRASH: crashes,
  RESTART: (scene) => [`${broker(scene)} is back.`, leads(scene)],
  LAG: (scene) => [`${broker(scene)} lags and is taken out of the ISR.`, leads(scene)],
  MOVE_LEADERSHIP: (scene) => ['Leadership is moved to the other replica.', leads(scene)],
  REBALANCE: (scene) => ['The preferred leader is elected again.', leads(scene)],
};

const by = ({ step }: Scene): string => step.stimulus.component;
const broker = (scene: Scene): string => String(scene.get('broker'));
const turn = (scene: Scene, name = by(scene)): Turn<Replica> => scene.turn(name);
const replicas = ({ components }: Scene): string[] =>
  components.filter((name) => !['partition', 'reader', 'ledger'].includes(name));

/** `the value of key 0 at offset 2` */
function record({ kind, key, offset }: Pick<Entry, 'kind' | 'key' | 'offset'>): string {
  if (kind === 'put') return `the value of key ${key} at offset ${offset}`;
  if (kind === 'delete') return `the tombstone of key ${key} at offset ${offset}`;
  return `the ${kind} marker at offset ${offset}`;
}

function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
const records = (entries: readonly Entry[]): string => list(entries.map(record));

const missing = (was: readonly Entry[], now: readonly Entry[]): Entry[] =>
  was.filter(({ offset }) => !now.some((entry) => entry.offset === offset));

function appends(scene: Scene): string[] {
  const entry = scene.message('APPENDED')?.payload.entry as unknown as Entry;
  const { kind, key, offset, transactional } = entry;
  if (isMarker(entry)) {
    const ended = kind === 'commit' ? 'committed' : 'aborted';
    return [`The transaction is ${ended}: its marker is written at offset ${offset}.`];
  }
  const who = transactional ? 'A transaction' : 'The producer';
  if (kind === 'put') return [`${who} writes a value of key ${key} at offset ${offset}.`];
  return [`${who} deletes key ${key}: a tombstone at offset ${offset}.`];
}

function fetches(scene: Scene): string[] {
  const lead = `${by(scene)} fetches at offset ${turn(scene).was.endOffset}`;
  const lost = scene.message('BELOW_START');
  if (lost) {
    return [
      `${lead}, which its leader has deleted, and begins anew at ${lost.payload.startOffset}.`,
    ];
  }
  const entry = scene.message('FETCHED')?.payload.entry as unknown as Entry | null | undefined;
  const joined = scene.message('JOIN_ISR') ? `${by(scene)} joins the ISR.` : '';
  if (!entry) return [`${lead} and gets nothing new.`, joined];
  const skipped = entry.offset - turn(scene).was.endOffset;
  const hole = skipped > 0 ? `, past a hole of ${skipped}` : '';
  return [`${lead} and gets ${record(entry)}${hole}.`, joined];
}

function begins(scene: Scene): string[] {
  const { was, now } = turn(scene);
  const dirty = `${offsetsFrom(was.firstDirty, Number(scene.get('upTo')))} dirty`;
  if (now.pass) return [`${by(scene)}'s cleaner begins a pass, ${dirty}.`];
  return [`${by(scene)}'s cleaner makes a pass, ${dirty}.`, ...cleaned(scene)];
}

/** `offset 0`, `offsets 0 to 2`; the end is exclusive. */
const offsetsFrom = (from: number, end: number): string =>
  end - from === 1 ? `offset ${from}` : `offsets ${from} to ${end - 1}`;

function range(scene: Scene): string {
  const { was, now } = turn(scene);
  return ` of ${offsetsFrom(was.pass?.at ?? 0, now.pass?.at ?? 0)}`;
}

/** What a step of a pass took away, and what it stamped. */
function cleaned(scene: Scene): string[] {
  const { was, now } = turn(scene);
  const gone = missing(was.entries, now.entries);
  const stamped = now.entries.filter(
    ({ offset, horizon }) =>
      horizon !== null && was.entries.find((entry) => entry.offset === offset)?.horizon === null,
  );
  return [
    gone.length > 0 ? `Gone: ${records(gone)}.` : '',
    stamped.length > 0 ? `Given a delete horizon: ${records(stamped)}.` : '',
  ];
}

function expires(scene: Scene): string[] {
  const { was, now } = turn(scene);
  const due = now.entries.filter(
    ({ offset, horizon }) =>
      horizon === 0 && was.entries.find((entry) => entry.offset === offset)?.horizon !== 0,
  );
  return [`delete.retention.ms passes: ${by(scene)} may now remove ${records(due)}.`];
}

const answer = (scene: Scene): ToldMessage | undefined =>
  scene.message('RECORD', 'AT_END', 'OFFSET_OUT_OF_RANGE');

function readsOn(scene: Scene): string[] {
  const { position } = scene.turn<Reader>('reader').was;
  const reply = answer(scene);
  const lead = `The reader reads at offset ${position} from ${reply?.from}`;
  if (reply?.type === 'OFFSET_OUT_OF_RANGE') {
    return [`${lead}: deleted. It goes on at ${reply.payload.startOffset}, where the log starts.`];
  }
  if (reply?.type === 'AT_END') return [`${lead} and is at the end.`];
  const written = scene.turn<Ledger>('ledger').now.written[Number(reply?.payload.offset)];
  return [`${lead} and gets ${written ? recordAt(written, reply!) : 'a record'}.`];
}

const recordAt = ({ kind, key }: Written, { payload }: ToldMessage): string =>
  record({ kind, key, offset: Number(payload.offset) });

function crashes(scene: Scene): string[] {
  const { was, now } = turn(scene, broker(scene));
  const cut = missing(was.entries, now.entries);
  const interrupted = was.pass ? ', in the middle of a pass' : '';
  const replaced = scene.message('STOP')?.payload.replaced === true;
  const lost = replaced && cut.length > 0 ? `What nobody else has is lost: ${records(cut)}.` : '';
  return [`${broker(scene)} crashes${interrupted}.`, lost, leads(scene)];
}

function leads(scene: Scene): string {
  const told = scene.message('LEAD');
  return told ? `${told.to} leads.` : '';
}

/** What was written where the violation is, and what each replica and the reader have in the end. */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const last = scenesOf(run, Scene).at(-1);
  if (!last) return [];
  const { written } = last.turn<Ledger>('ledger').now;
  const named = witness as { offset?: Plain; key?: Plain } | null;
  const told = written.flatMap(({ kind, key, transactional }, offset) =>
    typeof named?.key === 'number' && key !== named.key && key !== null
      ? []
      : [
          `${record({ kind, key, offset })}${transactional && key !== null ? ' (in a transaction)' : ''}`,
        ],
  );
  const { position, table } = last.turn<Reader>('reader').now;
  const has = table.flatMap((offset, key) =>
    offset === null
      ? []
      : [
          `${written[offset]?.kind === 'put' ? 'a value' : 'a deletion'} of key ${key} from offset ${offset}`,
        ],
  );
  return [
    `Written: ${list(told)}.`,
    ...replicas(last).map((name) => {
      const { entries, startOffset } = turn(last, name).now;
      const start = startOffset > 0 ? `, its log starts at ${startOffset}` : '';
      const state = last.state(name).now === 'down' ? ' (down)' : '';
      return `${name}${state} has ${entries.length > 0 ? records(entries) : 'nothing'}${start}.`;
    }),
    `The reader is at offset ${position} with ${has.length > 0 ? list(has) : 'nothing'}.`,
  ];
}
