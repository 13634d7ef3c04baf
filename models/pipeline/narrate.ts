/** A run of a pipeline, told by the narrators of its halves, step by step. */
import type { Plain, ToldRun } from '../../src/model/index.ts';
import * as cluster from '../kafka/evidence.ts';
import { tell as tellOfKafka } from '../kafka/narrate.ts';
import { scenesOf as scenesOfKafka } from '../kafka/scene.ts';
import * as query from '../spark/streaming/evidence.ts';
import { tell as tellOfSpark } from '../spark/streaming/narrate.ts';
import { scenesOf as scenesOfSpark } from '../spark/streaming/scene.ts';

/** Components of the query's half that are given stimuli. */
const OF_THE_QUERY = /^(driver|checkpoint)/;

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export function narrate(run: ToldRun): string[][] {
  const ofSpark = scenesOfSpark(run);
  return scenesOfKafka(run).map((scene, step) =>
    OF_THE_QUERY.test(scene.step.stimulus.component)
      ? tellOfSpark(ofSpark[step]!)
      : tellOfKafka(scene),
  );
}

/**
 * The life of each record that matters from producer to sink, and how cluster and query stand at the
 * end. Steps are counted from one, as they are told.
 *
 * @param witness what the violated claim shows: a `record` (or `key`, `phantom`) in it is the one that
 *   is told of; without one, every record that was acknowledged or is in the sink.
 */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const ofKafka = scenesOfKafka(run);
  const ofSpark = scenesOfSpark(run);
  const [clusterEnd, queryEnd] = [ofKafka.at(-1), ofSpark.at(-1)];
  if (!clusterEnd || !queryEnd) return [];
  const isAcknowledged = (record: number, step: number): boolean =>
    ofKafka[step]!.producer.now.outcomes[record] === 'acknowledged';
  const copies = (record: number, step: number): number => ofSpark[step]!.sink.now.seen[record]!;
  const steps = [...ofKafka.keys()];
  const last = steps.length - 1;

  function lifeOf(record: number): string[] {
    const first = (fact: string, happens: (step: number) => boolean): string[] => {
      const step = steps.findIndex(happens);
      return step < 0 ? [] : [`${fact} in step ${step + 1}`];
    };
    const facts = [
      ...first('acknowledged', (step) => isAcknowledged(record, step)),
      ...first('seen by readers of the sink', (step) => copies(record, step) > 0),
      ...first('seen twice', (step) => copies(record, step) > 1),
      copies(record, last) > 0 ? 'at the end in the sink' : 'at the end not in the sink',
    ];
    return [`Record ${record}: ${facts.join(', ')}.`, ...cluster.copiesOf(record, ofKafka)];
  }
  const told = witness as { record?: number; key?: number; phantom?: number } | null;
  const named = told?.record ?? told?.phantom ?? told?.key;
  const all = [...clusterEnd.producer.now.outcomes.keys()].filter(
    (record) => isAcknowledged(record, last) || copies(record, last) > 0,
  );
  const records = named === undefined ? all : [named];
  return [...records.flatMap(lifeOf), cluster.atEnd(clusterEnd), query.atEnd(queryEnd)];
}
