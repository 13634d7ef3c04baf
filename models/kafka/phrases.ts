/** Phrases of the narrator: what a step brought about, told from the difference it made. */
import { endOffset } from './log.ts';
import type { Fetch } from './messages.ts';
import type { Replica } from './replica.ts';
import type { Scene, ToldMessage } from './scene.ts';

/** `{b1, b2}` */
export const set = (members: readonly string[]): string => `{${[...members].sort().join(', ')}}`;

/** `b1`, `b1 and b2`, `b1, b2 and b3` */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `record 0`, `records 0 and 1` */
export const records = (items: readonly (string | number)[]): string =>
  `${items.length === 1 ? 'record' : 'records'} ${list(items.map(String))}`;

/** The ISR a leader proposes. */
export const proposed = ({ leadership }: Replica): string =>
  set(Object.keys(leadership?.pending?.isr ?? {}));

/** The clauses that say anything, one after the other. */
export const phrase = (clauses: readonly string[]): string =>
  clauses.filter((clause) => clause !== '').join('; ');

const sentence = (clauses: readonly string[]): string => {
  const text = phrase(clauses);
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
};

/** `ISR {b1}, ELR {b2, b3}` as it is after the step; the ELR only where there is or was one. */
export function membership({ controller }: Scene): string {
  const { was, now } = { was: controller.was.partition, now: controller.now.partition };
  const elr = now.elr.length + was.elr.length > 0 ? `, ELR ${set(now.elr)}` : '';
  const lasts = now.isr.length === 1 && was.isr.join() === now.isr.join() && now.leader === null;
  const isr = lasts ? `ISR stays ${set(now.isr)}, its last member` : `ISR ${set(now.isr)}`;
  return `${isr}${elr}`;
}

/**
 * What the controller did: fencing, ISR and ELR, election. Empty if it changed nothing.
 * @param lead said where the partition changes and no broker's standing does.
 */
export function governed(scene: Scene, lead = 'the controller changes the partition'): string {
  const { was, now } = scene.controller;
  const verbs = {
    active: (id: string) => `lets ${id} take part again`,
    fenced: (id: string) => `fences ${id}`,
    stopping: (id: string) => `takes ${id} out of service`,
  };
  const standings = Object.entries(now.brokers).flatMap(([id, { status }]) =>
    was.brokers[id]!.status === status ? [] : [`the controller ${verbs[status](id)}`],
  );
  const moved = was.partition.partitionEpoch !== now.partition.partitionEpoch;
  return sentence([
    ...standings,
    moved && standings.length === 0 ? lead : '',
    moved ? membership(scene) : '',
    elected(scene),
  ]);
}

/** Whom the controller elected, and whether as it should be; empty if nobody. */
export function elected({ controller: { was, now } }: Scene): string {
  const [before, after] = [was.partition, now.partition];
  if (before.leader === after.leader) {
    return before.leaderEpoch === after.leaderEpoch
      ? ''
      : `${after.leader ?? 'nobody'} leads, now in epoch ${after.leaderEpoch}`;
  }
  if (after.leader === null) return 'nobody is left to be elected';
  const clean = before.isr.includes(after.leader) || before.elr.includes(after.leader);
  const last = before.lastKnownLeader === after.leader;
  const how = clean ? '' : last ? ' as the last known leader' : ' though not in sync (unclean)';
  return `${after.leader} is elected for epoch ${after.leaderEpoch}${how}`;
}

/** What a step moved at leaders: high watermarks, and proposals to take a replica back. */
export function leaderNews(scene: Scene): string[] {
  return scene.brokers.flatMap((id) => {
    const { was, now } = scene.replica(id);
    if (!now.leadership) return [];
    const rises = now.highWatermark > was.highWatermark;
    const isNew = now.leadership.pending && !was.leadership?.pending;
    const joins = isNew && !scene.step.stimulus.type.startsWith('REPLICAS_LAG');
    return [
      ...(rises ? [`${id} moves its high watermark to ${now.highWatermark}.`] : []),
      ...(joins ? [`${id} finds it caught up and proposes ISR ${proposed(now)}.`] : []),
    ];
  });
}

/** What the producer learnt of its records. */
export function outcomes(scene: Scene): string[] {
  const { was, now } = scene.producer;
  const settled = (outcome: string): number[] =>
    now.outcomes.flatMap((known, value) =>
      known === outcome && was.outcomes[value] !== outcome ? [value] : [],
    );
  const [acknowledged, unknown] = [settled('acknowledged'), settled('unknown')];
  const reply = scene.message('PRODUCE_RESPONSE');
  const unasked = now.acks === 0 ? ' as soon as it is sent (acks=0)' : '';
  return [
    ...(acknowledged.length > 0 ? [`${subject(acknowledged)} acknowledged${unasked}.`] : []),
    ...(unknown.length > 0 ? [`The producer cannot tell what became of ${records(unknown)}.`] : []),
    ...(reply?.fate === 'lost' ? ["The broker's answer to the producer is lost."] : []),
  ];
}

const subject = (values: readonly number[]): string => {
  const text = records(values);
  return `${text[0]!.toUpperCase()}${text.slice(1)} ${values.length === 1 ? 'is' : 'are'}`;
};

/** What a fault took from the log of `id`. */
export function loss(scene: Scene, id: string): string {
  const gone = taken(scene, id);
  if (gone === '') return 'nothing of its log is lost';
  const power = scene.step.stimulus.type === 'LOSE_POWER';
  return power ? `its unflushed tail is gone: ${gone}` : `its log is gone: ${gone}`;
}

/** `record 0 at offset 0`: what the step took away from the end of the log of `id`. */
function taken(scene: Scene, id: string): string {
  const { was, now } = scene.replica(id);
  const end = endOffset(now.log);
  const lost = was.log.entries.slice(end).map(({ value }) => value);
  if (lost.length === 0) return '';
  return `${records(lost)} at ${lost.length === 1 ? `offset ${end}` : `offsets from ${end} on`}`;
}

/** `1 record`, `2 records` */
export const size = (log: Replica['log']): string =>
  `${endOffset(log)} ${endOffset(log) === 1 ? 'record' : 'records'}`;

/** ` and cuts its log there ...` */
export function cutBack(scene: Scene, id: string): string {
  const gone = taken(scene, id);
  return gone === '' ? ' and finds nothing to cut' : ` and cuts its log there: ${gone} is gone`;
}

/** What a fetch without records tells the leader. */
export function reached(scene: Scene, id: string): string {
  const leader = scene.replica(String(scene.message('FETCH')?.to ?? scene.replica(id).now.leader));
  const { was, now } = { was: leader.was.leadership, now: leader.now.leadership };
  const end = now?.followers[id]?.endOffset ?? 0;
  const news = end > (was?.followers[id]?.endOffset ?? 0);
  const held = leader.now.log.entries.slice(0, end).map(({ value }) => value);
  if (!news) return '; there is nothing new';
  return held.length > 0
    ? `: the leader now knows that it has ${records(held)}`
    : ': the leader now knows how far it has come';
}

/** Why a leader refuses a fetch. */
export function whyRefused(scene: Scene, request: ToldMessage): string {
  const leader = scene.replica(request.to).now;
  const { leaderEpoch } = request.payload as unknown as Fetch;
  if (!leader.leadership) return `${request.to} does not lead`;
  if (leaderEpoch !== leader.leaderEpoch) {
    return `it asks in epoch ${leaderEpoch}, ${request.to} leads in epoch ${leader.leaderEpoch}`;
  }
  return 'it asks as an earlier incarnation';
}
