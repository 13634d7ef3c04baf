/**
 * The evidence of a run: what became of the records it is about, copy by copy, and how the cluster
 * stands at its end.
 */
import type { Plain } from '../../src/model/index.ts';
import { list, set } from './phrases.ts';
import { type Scene, scenesOf, type ToldRun } from './scene.ts';

/**
 * The life of each record that matters, one line a copy, and the cluster's state at the end. Steps
 * are counted from one, as they are told.
 *
 * @param witness what the violated claim shows: a `record` in it is the one that is told of;
 *   without one, every record that was acknowledged or that readers were shown.
 */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const scenes = scenesOf(run);
  const last = scenes.at(-1);
  if (!last) return [];
  return [...recordsIn(last, witness).flatMap((record) => lifeOf(record, scenes)), atEnd(last)];
}

function recordsIn(last: Scene, witness: Plain): number[] {
  const named = (witness as { record?: Plain } | null)?.record;
  if (typeof named === 'number') return [named];
  const shown = last.ledger.now.exposed.map(({ value }) => value);
  return last.producer.now.outcomes.flatMap((outcome, record) =>
    outcome === 'acknowledged' || shown.includes(record) ? [record] : [],
  );
}

function lifeOf(record: number, scenes: readonly Scene[]): string[] {
  const first = (happens: (scene: Scene) => boolean): number => scenes.findIndex(happens) + 1;
  const acknowledged = first((s) => s.producer.now.outcomes[record] === 'acknowledged');
  const shown = first((s) => s.ledger.now.exposed.some(({ value }) => value === record));
  const facts = [
    ...(acknowledged > 0 ? [`acknowledged in step ${acknowledged}`] : []),
    ...(shown > 0 ? [`readable from step ${shown} on`] : []),
  ];
  return [
    `Record ${record}: ${facts.length > 0 ? facts.join(', ') : 'never acknowledged'}.`,
    ...copiesOf(record, scenes),
  ];
}

/** A line a broker: when its copy of the record came and went. */
export const copiesOf = (record: number, scenes: readonly Scene[]): string[] =>
  scenes[0]!.brokers.map((id) => `${id}: ${copyOn(id, record, scenes)}`);

/** When the copy on one broker came and went. */
function copyOn(id: string, record: number, scenes: readonly Scene[]): string {
  const spans: string[] = [];
  let since = 0;
  scenes.forEach((scene, i) => {
    const { entries } = scene.replica(id).now.log;
    const offset = entries.findIndex(({ value }) => value === record);
    if (offset >= 0 && since === 0) {
      since = i + 1;
      spans.push(`at offset ${offset} (epoch ${entries[offset]!.epoch}) from step ${since} on`);
    } else if (offset < 0 && since > 0) {
      since = 0;
      spans.push(`${spans.pop()}, ${causeOf(scene)} in step ${i + 1}`);
    }
  });
  return spans.length > 0 ? spans.join('; ') : 'never had it';
}

const causes: Readonly<Record<string, string>> = {
  LOSE_POWER: 'lost with the power',
  LOSE_DISK: 'lost with the disk',
};
const causeOf = ({ step }: Scene): string => causes[step.stimulus.type] ?? 'cut off';

/** How the cluster stands after a step. */
export function atEnd({ controller, brokers }: Scene): string {
  const { partition, brokers: registered } = controller.now;
  const { leader, leaderEpoch, isr, elr } = partition;
  const led = leader === null ? 'nobody leads' : `${leader} is the leader of epoch ${leaderEpoch}`;
  const kept = elr.length > 0 ? `, ELR ${set(elr)}` : '';
  const those = (status: string, how: string): string => {
    const ids = brokers.filter((id) => registered[id]!.status === status);
    return ids.length > 0 ? `; ${list(ids)} ${ids.length === 1 ? 'is' : 'are'} ${how}` : '';
  };
  const out = those('fenced', 'fenced') + those('stopping', 'being shut down');
  return `At the end ${led}, ISR ${set(isr)}${kept}${out}.`;
}
