/** A counterexample from its token: the system is built anew, the moves are taken one by one. */
import { z } from 'zod';
import { evidence, findings, kafka, narrate } from '../../models/kafka/index.ts';
import { FAULTS } from '../config/index.ts';
import { replay } from '../schedulers/replay.ts';
import { decodeToken, movesOfToken, TokenError } from '../schedulers/token.ts';
import { MODEL } from './job.ts';
import { faultsText } from './rows.ts';
import { type KafkaInput, MOST_REPLICAS, optionsOf, summaryOf } from './subject.ts';

const small = z.int().min(0).max(99);

const inputSchema: z.ZodType<KafkaInput> = z.strictObject({
  replicas: z.int().min(1).max(MOST_REPLICAS),
  minInsyncReplicas: z.int().min(1),
  acks: z.enum(['0', '1', 'all']),
  uncleanLeaderElection: z.boolean(),
  flushEveryMessage: z.boolean(),
  eligibleLeaderReplicas: z.boolean(),
  behaviour: z.enum(['3.5', '3.9', '4.0', '4.1']),
  bounds: z.strictObject({
    records: small,
    lags: small,
    partitionEpochs: small,
    leaderEpochs: small,
    metadataLag: small,
  }),
  repairs: z.array(z.enum(findings.map(({ id }) => id))),
  faults: z.partialRecord(z.enum(FAULTS), small) as z.ZodType<KafkaInput['faults']>,
});

/** A run told: the settings it happened under, its steps, and what became of the records. */
export interface Retold {
  readonly settings: string;
  readonly steps: readonly (readonly string[])[];
  readonly evidence: readonly string[];
}

/**
 * Replays the run of a token through plain XState.
 * @throws TokenError if the token is damaged, or of another model or version.
 */
export function replayToken(text: string): Retold {
  const token = decodeToken(text);
  if (token.model !== MODEL) {
    throw new TokenError(`The replay token is of the model '${token.model}'; known is '${MODEL}'.`);
  }
  const input = inputSchema.safeParse(token.options);
  if (!input.success) {
    throw new TokenError('The replay token is of another version: its settings are not known.');
  }
  const system = kafka(optionsOf(input.data));
  const trace = replay(system, movesOfToken(system, token));
  const { behaviour, faults, repairs } = input.data;
  const assuming = repairs.length > 0 ? `; ${repairs.join(', ')} repaired` : '';
  const summary = summaryOf({ ...input.data, storage: 'persistent' });
  return {
    settings: `Kafka ${behaviour}: ${summary}; ${faultsText(faults)}${assuming}`,
    steps: narrate(trace),
    evidence: evidence(trace),
  };
}
