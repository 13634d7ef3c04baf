/** What a producer writes to a topic: the model of the idempotent producer. */
import { z } from 'zod';
import {
  type Bounds,
  defaults,
  evidence,
  findings,
  type IdempotenceOptions,
  idempotence as idempotenceSystem,
  kafka,
  narrate,
  repair,
} from '../../../models/clients/idempotence/index.ts';
import {
  guaranteeClaims,
  guarantees,
  situations,
} from '../../../properties/clients/idempotence/index.ts';
import {
  FAULTS,
  isIdempotent,
  MOST_IN_FLIGHT,
  type Setting,
  secondAttemptFits,
  type TopicDeployment,
  type TopicProducer,
} from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { faultsText, inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName, type Subject } from './aspect.ts';
import { idempotenceChanges } from './idempotence-changes.ts';

/** Settings of a topic's producer that the model depends on. */
export type IdempotenceBase = {
  readonly acks: '0' | '1' | 'all';
  /** Idempotent unless another setting forbids it. */
  readonly wantsIdempotence: boolean;
  /** One more than the most that idempotence allows stands for all above. */
  readonly maxInFlight: number;
  /** Null: more than the model counts, so until delivery.timeout.ms is over. */
  readonly retries: number | null;
  readonly retryFitsDelivery: boolean;
  /** The least delivery.timeout.ms that leaves time for a second attempt. */
  readonly secondAttemptMs: number;
  readonly stateExpiresInFlight: boolean;
  readonly replicas: 1 | 2;
};

/** Everything a system of the model is built from. */
export type IdempotenceInput = Omit<IdempotenceBase, 'secondAttemptMs'> & {
  readonly bounds: Bounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

const IDEMPOTENCE_FAULTS = FAULTS.filter((fault) =>
  [
    'brokerCrash',
    'partition',
    'slowReplica',
    'lostMessage',
    'controlledShutdown',
    'deliveryTimeout',
  ].includes(fault),
);

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

/** More retries than these are as good as unlimited: see the model's README. */
const COUNTED_RETRIES = 2;

const BOUNDS: Readonly<Record<BoundsName, Bounds>> = {
  tiny: defaults.bounds,
  small: { ...defaults.bounds, records: 3 },
  large: { ...defaults.bounds, records: 4, window: 3 },
};

/**
 * The window that stands for the broker's five batches. Two requests in flight fit it twice over, on
 * the connections to two leaders; of three and more they do not.
 */
const windowFor = ({ maxInFlight }: Pick<IdempotenceBase, 'maxInFlight'>, { window }: Bounds) =>
  maxInFlight === 2 ? Math.max(window, 4) : window;

/** Options for the model. */
export function idempotenceModel(input: IdempotenceInput): Partial<IdempotenceOptions> {
  const { acks, wantsIdempotence, maxInFlight, retries, repairs, bounds, ...rest } = input;
  const allowed = { acks, wantsIdempotence, maxInFlight, retries: retries ?? Number.MAX_VALUE };
  return {
    ...rest,
    enableIdempotence: isIdempotent(allowed),
    acks: ACKS[acks],
    retries,
    inFlight:
      maxInFlight > MOST_IN_FLIGHT ? bounds.window + 1 : Math.min(maxInFlight, bounds.window),
    rules: repair(kafka, repairs),
    bounds,
  };
}

const optionsOf = (input: IdempotenceInput): IdempotenceOptions => ({
  ...defaults,
  ...idempotenceModel(input),
});

function baseOf(topic: TopicDeployment, producer: TopicProducer): IdempotenceBase {
  const { acks, wantsIdempotence, maxInFlight, retries, requestTimeoutMs, lingerMs } = producer;
  return {
    acks,
    wantsIdempotence,
    maxInFlight: Math.min(maxInFlight, MOST_IN_FLIGHT + 1),
    retries: retries > COUNTED_RETRIES ? null : retries,
    retryFitsDelivery: secondAttemptFits(producer),
    secondAttemptMs: lingerMs + 2 * requestTimeoutMs,
    stateExpiresInFlight: producer.producerIdExpirationMs <= producer.deliveryTimeoutMs,
    replicas: topic.replicationFactor === 1 ? 1 : 2,
  };
}

function summaryOf(base: Omit<IdempotenceBase, 'secondAttemptMs'>): string {
  const { acks, maxInFlight, retries } = base;
  const allowed = { ...base, retries: retries ?? Number.MAX_VALUE };
  const flights = maxInFlight > MOST_IN_FLIGHT ? `more than ${MOST_IN_FLIGHT}` : maxInFlight;
  return [
    isIdempotent(allowed) ? 'idempotent producer' : 'producer without idempotence',
    `acks=${acks}`,
    `${flights} in flight`,
    ...(retries === null ? [] : [`retries=${retries}`]),
    ...(base.retryFitsDelivery ? [] : ['no time for a second attempt']),
    ...(base.stateExpiresInFlight ? ['producer state may expire in flight'] : []),
    ...(base.replicas === 1 ? ['1 replica'] : []),
  ].join(', ');
}

/** A topic and its producer. What a transactional producer writes, transactions are about. */
function subjectOf(topic: TopicDeployment): Subject<IdempotenceBase>[] {
  const { producer } = topic;
  if (producer === undefined || producer.isTransactional) return [];
  const base = baseOf(topic, producer);
  const settings = [...producer.settings, ...factorOf(topic)];
  return [{ name: topic.name, summary: summaryOf(base), settings, base }];
}

const factorOf = ({ settings }: TopicDeployment): Setting[] =>
  settings.filter(({ key }) => /replication\.factor$/.test(key)).slice(0, 1);

/** A record is late for something that failed: a delivery timeout alone would change nothing. */
function exploredFaults(faults: Budget): { faults: Budget; note: string | null } {
  const { deliveryTimeout = 0, lostMessage = 0, brokerCrash = 0 } = faults;
  if (deliveryTimeout === 0 || lostMessage + brokerCrash > 0) return { faults, note: null };
  const explored = inOrder({ ...faults, lostMessage: 1 }, IDEMPOTENCE_FAULTS);
  const note =
    `${faultsText(faults)} is explored as ${faultsText(explored)}: a record runs out of time ` +
    'because its connection broke.';
  return { faults: explored, note };
}

const WEAK: readonly { keys: readonly string[]; isWeak: (value: string) => boolean }[] = [
  { keys: ['enable.idempotence'], isWeak: (value) => value.toLowerCase() === 'false' },
  { keys: ['acks'], isWeak: (value) => value === '0' || value === '1' },
  { keys: ['retries'], isWeak: (value) => Number(value) === 0 },
];

const small = z.int().min(0).max(99);

export const idempotence: Aspect = aspect<IdempotenceBase, IdempotenceInput>({
  name: 'idempotence',
  guarantees,
  requiredByDefault: [],
  faults: IDEMPOTENCE_FAULTS,
  findings: {
    about: 'the idempotent producer itself',
    see: 'models/clients/idempotence/README.md',
    list: findings,
  },

  subjectsOf: ({ topics }) => topics.flatMap(subjectOf),
  changesOf: (subjects) => idempotenceChanges(subjects),
  inputOf: ({ secondAttemptMs: _, ...model }, { faults: asked, bounds: name, repairs }) => {
    const { faults, note } = exploredFaults(asked);
    const bounds = { ...BOUNDS[name], window: windowFor(model, BOUNDS[name]) };
    return { input: { ...model, bounds, faults, repairs }, note };
  },
  refusal: () => null,
  isAsked: () => true,
  system: (input) => idempotenceSystem(idempotenceModel(input)),
  claims: (input) => guaranteeClaims(optionsOf(input)),
  situations: (input) => situations(optionsOf(input)),
  narrate,
  evidence,
  weakSettings: (_, settings) =>
    WEAK.flatMap(({ keys, isWeak }) =>
      settings.filter(({ key, value }) => keys.includes(key) && isWeak(value)),
    ),
  summaryOf,

  boundsText: (name) => {
    const { records, window, producerEpochs } = BOUNDS[name];
    return [
      `${records} records`,
      `${window} batches remembered and in flight, which stand for 5`,
      `producer epochs to ${producerEpochs}`,
      'a client that lost a connection hears of the leader before a dead broker is back',
    ].join(', ');
  },

  effort: ({ faults, bounds }) =>
    bounds.records + Object.values(faults).reduce((sum, count) => sum + count, 0),

  input: z.strictObject({
    acks: z.enum(['0', '1', 'all']),
    wantsIdempotence: z.boolean(),
    maxInFlight: z
      .int()
      .min(1)
      .max(MOST_IN_FLIGHT + 1),
    retries: small.nullable(),
    retryFitsDelivery: z.boolean(),
    stateExpiresInFlight: z.boolean(),
    replicas: z.literal([1, 2]),
    bounds: z.strictObject({ records: small, window: small, producerEpochs: small }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(IDEMPOTENCE_FAULTS), small) as z.ZodType<Budget>,
  }),
});
