/**
 * Assume and guarantee, tested where the whole can be seen: at two replicas the composed model follows a
 * lag as well. What follows from the parts must be what it finds, or more careful.
 */
import { describe, expect, it, test } from 'vitest';
import {
  type IdempotenceSetting,
  idempotence,
  idempotenceOptions,
} from '../../models/clients/idempotence/index.ts';
import { kafka } from '../../models/kafka/index.ts';
import {
  type PipelineSetting,
  pipeline,
  pipelineOptions,
  topicOptions,
} from '../../models/pipeline/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { guaranteeClaims } from '../clients/idempotence/index.ts';
import { kafkaClaims, subjectOf as topicSubject } from '../kafka/index.ts';
import { assumes, guarantees, pipelineClaims, restsOn, subjectOf } from './index.ts';

type Verdict = 'holds' | 'broken' | 'undecided';
const bounds = { records: 1, batches: 2, metadataLag: 1 };
const stream = { sink: 'foreachBatchByQueryAndBatchId' } as const;

/** Names of the claims that are broken. */
function composed(setting: PipelineSetting): string[] {
  const claims = pipelineClaims(subjectOf(pipelineOptions(setting)));
  return explore(pipeline(setting), claims)
    .results.filter(({ verdict }) => verdict !== 'holds')
    .map(({ claim }) => claim.name);
}
function replicated(setting: PipelineSetting): string[] {
  const options = topicOptions(pipelineOptions(setting));
  return explore(kafka(options), kafkaClaims(topicSubject(options)))
    .results.filter(({ verdict }) => verdict !== 'holds')
    .map(({ claim }) => claim.name);
}

/** What follows from the composed model without a lag and from replication with one. */
function derived(setting: PipelineSetting): Record<string, Verdict> {
  const whole = composed({ ...setting, bounds: { ...bounds, lags: 0 } });
  const part = replicated({ ...setting, bounds: { ...bounds, lags: 1 } });
  return Object.fromEntries(
    guarantees.map(({ name, claims }): [string, Verdict] => {
      const isBroken =
        claims.some((claim) => whole.includes(claim)) ||
        restsOn[name]!.some((claim) => part.includes(claim));
      const isOpen = assumes[name]!.some((claim) => part.includes(claim));
      return [name, isBroken ? 'broken' : isOpen ? 'undecided' : 'holds'];
    }),
  );
}
function seen(setting: PipelineSetting): Record<string, Verdict> {
  const broken = composed({ ...setting, bounds: { ...bounds, lags: 1 } });
  return Object.fromEntries(
    guarantees.map(({ name, claims }): [string, Verdict] => [
      name,
      claims.some((claim) => broken.includes(claim)) ? 'broken' : 'holds',
    ]),
  );
}

const two = { replicas: 2, minInsyncReplicas: 1 } as const;
const deployments: Record<string, PipelineSetting> = {
  'acks=all, min 1': { topic: two, stream },
  'acks=all, min 2': { topic: { ...two, minInsyncReplicas: 2 }, stream },
  'acks=1': { topic: { ...two, acks: 1 }, stream },
  'unclean elections': { topic: { ...two, uncleanLeaderElection: true }, stream },
  'unclean elections, failOnDataLoss=false': {
    topic: { ...two, uncleanLeaderElection: true },
    stream: { ...stream, failOnDataLoss: false },
  },
  'a sink without a key': { topic: two, stream: { sink: 'kafka' } },
  windows: { topic: two, stream: { ...stream, operator: 'aggregate' } },
  'windows, unclean elections, availableNow': {
    topic: { ...two, uncleanLeaderElection: true },
    stream: { ...stream, operator: 'aggregate', mode: 'availableNow' },
  },
};
const budgets = [{ brokerCrash: 1 }, { powerLoss: 1 }, { partition: 1, driverCrash: 1 }];

test('the parts leave nothing open where replication keeps what readers saw', () => {
  const setting = { topic: { ...two, minInsyncReplicas: 2 }, stream, faults: { brokerCrash: 1 } };
  expect(derived(setting)).toEqual({
    'end-to-end-exactly-once': 'holds',
    'no-silent-loss': 'holds',
    'no-phantom-output': 'holds',
    'recovers-end-to-end': 'holds',
  });
});

describe.each(budgets)('with %o', (faults) => {
  it.each(Object.entries(deployments))(
    '%s: the parts say what the whole shows, or nothing',
    (_, given) => {
      const setting = { ...given, faults };
      const [parts, whole] = [derived(setting), seen(setting)];
      const differing = guarantees
        .map(({ name }) => name)
        .filter((name) => parts[name] !== 'undecided' && parts[name] !== whole[name])
        .map((name) => `${name}: ${parts[name]} by the parts, ${whole[name]} by the whole`);
      expect(differing).toEqual([]);
    },
  );
});

/** What the producer's own model breaks the composed one, which has one retry and no more, breaks as well. */
describe('the producer as a part', () => {
  type Retries = NonNullable<PipelineSetting['topic']>['retries'];
  const producers: readonly (readonly [string, IdempotenceSetting, Retries])[] = [
    ['idempotent', {}, { most: 1, idempotent: true }],
    ['with retries alone', { enableIdempotence: false }, { most: 1, idempotent: false }],
    ['without retries', { enableIdempotence: false, retries: 0 }, undefined],
  ];
  function twiceInTheLog(setting: IdempotenceSetting): Verdict {
    const { results } = explore(idempotence(setting), guaranteeClaims(idempotenceOptions(setting)));
    return results.find(({ claim }) => claim.name === 'noRecordIsWrittenTwice')!.verdict;
  }
  it('writes twice, by itself or in the whole, only where it sends again what the leader does not know', () => {
    const found = producers.flatMap(([name, own, retries]) =>
      [{}, { lostMessage: 1 }, { brokerCrash: 1 }].map((faults) => {
        const topic = { ...two, ...(retries && { retries }) };
        const whole = composed({ topic, stream, faults, bounds: { ...bounds, lags: 0 } });
        const inTheSink = whole.includes('noRecordIsInTheSinkTwice') ? 'broken' : 'holds';
        const [fault = 'no fault'] = Object.keys(faults);
        return `${name}, ${fault}: ${twiceInTheLog({ ...own, faults })}, ${inTheSink}`;
      }),
    );
    expect(found).toEqual([
      'idempotent, no fault: holds, holds',
      'idempotent, lostMessage: holds, holds',
      'idempotent, brokerCrash: holds, holds',
      'with retries alone, no fault: holds, broken',
      'with retries alone, lostMessage: broken, broken',
      'with retries alone, brokerCrash: broken, broken',
      'without retries, no fault: holds, holds',
      'without retries, lostMessage: holds, holds',
      'without retries, brokerCrash: holds, holds',
    ]);
  });
});
