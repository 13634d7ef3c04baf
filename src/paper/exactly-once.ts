/**
 * The paper's claim that Kafka's transactions and idempotent producers and Spark's atomic writes together
 * give exactly-once, judged for every sink, isolation level and checkpoint storage that the models know.
 *
 * The verdicts are those of `holdfast check`: the same aspect, the same plan, the same cells. Only the
 * three settings of the grid are put in place of what the files say, because files cannot name every
 * sink.
 */
import {
  type SinkKind,
  type Storage,
  type StreamingOptions,
  sinkTraits,
} from '../../models/spark/streaming/index.ts';
import type { Subject } from '../check/aspects/aspect.ts';
import { pipeline } from '../check/aspects/pipeline.ts';
import type { PipelineBase } from '../check/aspects/pipeline-settings.ts';
import { cellsOf } from '../check/cells.ts';
import { explored, type Onlooker } from '../check/check.ts';
import { type Cell, faultsText, type JobResult, type Scope, type Verdict } from '../check/index.ts';
import { planFor } from '../check/plan.ts';
import { type Deployment, memoryFiles, readDeploymentFrom } from '../config/index.ts';
import type { Budget } from '../model/index.ts';

/** What the paper tells one to deploy, with what it leaves open as Kafka and Spark have it by default. */
export const FILES: Readonly<Record<string, string>> = {
  'holdfast.yaml': `kafka: { version: "4.1", brokers: 3, storage: persistent, eligibleLeaderReplicas: true }
topics: [{ name: orders, replicationFactor: 3, config: { min.insync.replicas: 2 } }]
stream:
  spark: "4.1"
  source: { topic: orders, startingOffsets: earliest }
  stateful: false
  sink: { kind: file }
  checkpoint: hdfs://namenode/checkpoints/orders
`,
  'producer.properties': `acks=all
enable.idempotence=true
transactional.id=orders
`,
};

export const ISOLATIONS = ['read_committed', 'read_uncommitted'] as const;
export const STORAGES: readonly Storage[] = ['hdfs', 'fsRename', 's3abort'];
export const SINKS = Object.keys(sinkTraits) as SinkKind[];

/** Each fault class once; that a producer sends again what it has no answer for is no fault. */
export const BUDGETS: readonly Budget[] = [
  {},
  { driverCrash: 1 },
  { executorLoss: 1 },
  { zombieWrite: 1 },
  { secondDriver: 1 },
  { lostMessage: 1 },
  { brokerCrash: 1 },
];

/** A point of the grid. */
export interface Point {
  readonly sink: SinkKind;
  readonly isolation: StreamingOptions['isolation'];
  readonly storage: Storage;
}
export const POINTS: readonly Point[] = ISOLATIONS.flatMap((isolation) =>
  SINKS.flatMap((sink) => STORAGES.map((storage) => ({ sink, isolation, storage }))),
);

/** What one guarantee came to under one budget. */
export interface Found {
  readonly guarantee: string;
  readonly faults: Budget;
  readonly verdict: Verdict;
  /** The claim that is broken in the fewest moves, and in how many; null where none is. */
  readonly breaks: { readonly claim: string; readonly length: number } | null;
  /** What the verdict assumes and is not borne out, or what never happened. */
  readonly doubts: readonly string[];
  readonly scope: Scope;
}

/** A point, judged as the systems are written and with the findings about them repaired. */
export interface JudgedPoint extends Point {
  readonly written: readonly Found[];
  readonly repaired: readonly Found[];
}

const deployment = (): Deployment => readDeploymentFrom(memoryFiles({ ...FILES }), ['/']);
const FINDINGS = pipeline.findings!.list.map(({ id }) => id);

/** The stream of the deployment, set as the point says. */
function subjectOf(point: Point): Subject<PipelineBase> {
  const [stream] = pipeline.subjectsOf(deployment()) as Subject<PipelineBase>[];
  const { base } = stream!;
  return { ...stream!, name: nameOf(point), base: { ...base, query: { ...base.query, ...point } } };
}
const nameOf = ({ sink, isolation, storage }: Point): string =>
  [sink, isolation, storage].join(', ');

/** The first sink that is to the model what this one is: they are judged once. */
function standIn({ sink, ...rest }: Point): Point {
  const traits = (kind: SinkKind): string => JSON.stringify(sinkTraits[kind]);
  return { ...rest, sink: SINKS.find((kind) => traits(kind) === traits(sink))! };
}

/** Judges `points` under `budgets`. */
export async function judgePoints(
  points: readonly Point[],
  budgets: readonly Budget[],
  onlooker: Onlooker = {},
): Promise<JudgedPoint[]> {
  const unlike = [
    ...new Map(points.map(standIn).map((point) => [nameOf(point), point] as const)).values(),
  ];
  const written = await found(unlike, budgets, [], onlooker);
  const repaired = await found(unlike, budgets, FINDINGS, onlooker);
  return points.map((point) => ({
    ...point,
    written: written.get(nameOf(standIn(point)))!,
    repaired: repaired.get(nameOf(standIn(point)))!,
  }));
}

async function found(
  points: readonly Point[],
  budgets: readonly Budget[],
  accept: readonly string[],
  onlooker: Onlooker,
): Promise<Map<string, Found[]>> {
  const rows = points.flatMap((point) => {
    const group = { aspect: pipeline, subjects: [subjectOf(point)] };
    return budgets.map((faults) => ({ group, row: { faults, required: false } }));
  });
  const plan = planFor(rows, deployment(), { accept });
  const only = pipeline.guarantees.flatMap(({ claims }) => claims);
  // How a claim fails is told by `check`; here it is the length that counts.
  const jobs = plan.jobs.map((job) => ({ ...job, only }));
  const { results } = await explored(jobs, onlooker, 'Row');
  const byPoint = new Map<string, Found[]>(points.map((point) => [nameOf(point), []]));
  for (const cell of cellsOf(plan, results)) {
    const [name] = cell.subjects;
    const row = plan.rows.find(
      ({ group, row: { faults } }) =>
        group.subjects[0]!.name === name && faultsText(faults) === faultsText(cell.faults),
    )!;
    byPoint.get(name!)!.push(foundIn(cell, results[row.job]!));
  }
  return byPoint;
}

function foundIn({ guarantee, faults, verdict, scope, warnings }: Cell, result: JobResult): Found {
  const { claims } = pipeline.guarantees.find(({ name }) => name === guarantee)!;
  const broken = result.claims
    .filter((each) => each.verdict === 'broken' && claims.includes(each.claim))
    .map(({ claim, length }) => ({ claim, length: length! }))
    .sort((a, b) => a.length - b.length);
  const doubts = warnings.filter(({ kind }) => kind !== 'explored-as').map(({ text }) => text);
  return { guarantee, faults, verdict, breaks: broken[0] ?? null, doubts, scope };
}
