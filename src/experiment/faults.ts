/** What goes wrong, when: each kind of fault as what it does to the machines, and when that is over. */
import { CHECKS, type CheckName } from './durations.ts';
import type { Cluster } from './kafka/cluster.ts';
import type { Side } from './kafka/hosts.ts';
import type { Fault, FaultKind } from './setting.ts';
import type { Query } from './spark/query.ts';
import { Chance, type World } from './world.ts';

/** A fault as it struck. */
export interface Struck {
  readonly kind: FaultKind;
  /** Milliseconds of the run. */
  at: number;
  until: number;
  /** Had the query a batch in hand, of which something was lost? */
  hitBatch: boolean;
  /** When whoever has to do something about it knew. */
  noticedAt: number | null;
  /** When what was lost ran again: a leader, an executor, a driver. */
  replacedAt: number | null;
}

interface Scene {
  readonly world: World;
  readonly cluster: Cluster;
  readonly query: Query;
  readonly chance: Chance;
  readonly struck: Struck;
  readonly fault: Fault;
}

/** How leadership stands before a fault that needs it so. */
export const placementFor = (kinds: readonly FaultKind[]): 'leads' | 'follows' | 'movedAway' => {
  if (kinds.includes('followerKilled')) return 'follows';
  return kinds.includes('leadershipMoved') ? 'movedAway' : 'leads';
};

/** Sets up that `fault` strikes. @returns what it will have been. */
export function strike(world: World, cluster: Cluster, query: Query, fault: Fault): Struck {
  const at = fault.at! * 1000;
  const until = at + fault.seconds * 1000;
  const struck: Struck = {
    kind: fault.kind,
    at,
    until,
    noticedAt: null,
    replacedAt: null,
    hitBatch: false,
  };
  const chance = new Chance(world, `fault ${fault.kind}`);
  const scene: Scene = { world, cluster, query, chance, struck, fault };
  const begin = (): void => BEGIN[fault.kind](scene);
  if (fault.during === 'any') world.clock.at(at - (EARLIER[fault.kind] ?? 0), begin);
  else
    world.clock.at(at, () => query.stage.onceRunning((takes) => duringBatch(scene, takes, begin)));
  return struck;
}

/** Somewhere in the tasks of the worker that is struck; they will take `takes` milliseconds. */
function duringBatch(
  { world, chance, struck, fault }: Scene,
  takes: number,
  begin: () => void,
): void {
  world.clock.after(chance.share('during') * takes, () => {
    struck.at = world.clock.now;
    struck.until = struck.at + fault.seconds * 1000;
    begin();
  });
}

const victim = ({ cluster }: Scene) => cluster.hosts[0]!;
const later = ({ world, struck }: Scene, action: () => void): void => {
  world.clock.at(struck.until, action);
};

function killBroker(scene: Scene): void {
  const { cluster } = scene;
  cluster.kill(victim(scene));
  later(scene, () => cluster.start(victim(scene)));
}

const cutOff =
  (...sides: Side[]) =>
  (scene: Scene): void => {
    scene.cluster.cut(victim(scene), sides);
    later(scene, () =>
      scene.cluster.heal(victim(scene), ({ cut }) => {
        for (const side of sides) cut.delete(side);
      }),
    );
  };

const slow =
  (what: 'slowDisk' | 'slowNetwork') =>
  (scene: Scene): void => {
    victim(scene)[what] = scene.fault.factor;
    later(scene, () =>
      scene.cluster.heal(victim(scene), (host) => {
        host[what] = 1;
      }),
    );
  };

/** One broker after the other, each when all replicas are in sync again. */
function rollingRestart({ cluster, world }: Scene): void {
  const restart = (id: number): void => {
    const host = cluster.hosts[id];
    if (!host) return;
    if (!cluster.isWhole()) world.clock.after(LOOK_AGAIN, () => restart(id));
    else {
      cluster.shutDown(host, () => {
        cluster.start(host);
        world.clock.after(LOOK_AGAIN, () => restart(id + 1));
      });
    }
  };
  restart(0);
}
/** How often an operator looks for under-replicated partitions, in milliseconds. */
const LOOK_AGAIN = 1_000;

/** Leadership is moved, and only then the broker dies. */
function moveLeadership(scene: Scene): void {
  scene.cluster.electPreferred();
  scene.world.clock.after(AHEAD, () => killBroker(scene));
}
/** How long before the failure a warning comes, in milliseconds. */
const AHEAD = 10_000;
const EARLIER: Partial<Record<FaultKind, number>> = { leadershipMoved: AHEAD };

function loseWorker(scene: Scene, noticed: number): void {
  const { query, world, chance, struck } = scene;
  struck.hitBatch = query.stage.runs(query.workers.all[0]!);
  query.workerGone(0, scene.fault.kind === 'workerLost');
  const notice = (): void => {
    struck.noticedAt ??= world.clock.now;
  };
  const back = (): void => {
    // Who comes back unmissed opens new connections, and by that is known to have been away.
    notice();
    query.workerBack(0);
  };
  world.clock.after(noticed, () => {
    if (query.workers.all[0]!.alive) return;
    notice();
    query.workerMissed(0);
  });
  if (scene.fault.kind === 'workerLost') later(scene, back);
  else world.clock.after(noticed + chance.of('executorStart'), back);
}

/** The driver hears of a lost machine by the first of two timeouts; heartbeats were some time ago. */
function silenceOfWorker({ world, chance }: Scene): number {
  const { networkTimeoutMs, heartbeatIntervalMs, workerTimeoutMs } = world.setting.spark;
  const seen = (timeout: number, interval: number, check: CheckName): number => {
    const silent = timeout - chance.share(`${check} last`) * interval;
    return silent + chance.share(check) * CHECKS[check].every(world.setting);
  };
  return Math.min(
    seen(networkTimeoutMs, heartbeatIntervalMs, 'executorHeartbeat'),
    // A worker says four times in spark.worker.timeout that it is there.
    seen(workerTimeoutMs, workerTimeoutMs / 4, 'workerHeartbeat'),
  );
}

function killDriver({ query, world, chance, struck }: Scene): void {
  struck.hitBatch = query.state !== 'idle';
  query.kill();
  const noticed = chance.of('driverExitNoticed');
  world.clock.after(noticed, () => {
    struck.noticedAt = world.clock.now;
  });
  world.clock.after(noticed + chance.of('driverStart'), () => {
    struck.replacedAt = world.clock.now;
    query.restart();
  });
}

/** Its tasks and their state go elsewhere first. */
function decommission(scene: Scene): void {
  const { query, world, struck } = scene;
  struck.noticedAt = world.clock.now;
  query.workerLeaves(0);
  later(scene, () => query.workerBack(0));
}

const BEGIN: Readonly<Record<FaultKind, (scene: Scene) => void>> = {
  leaderKilled: killBroker,
  followerKilled: killBroker,
  controllerKilled: ({ cluster }) => cluster.killController(),
  leaderCutFromBrokers: cutOff('brokers', 'controller'),
  leaderCutFromReplicas: cutOff('brokers'),
  leaderCutFromController: cutOff('controller'),
  leaderCutFromClients: cutOff('clients'),
  leaderSlowDisk: slow('slowDisk'),
  leaderSlowNetwork: slow('slowNetwork'),
  leaderPaused: (scene) => {
    scene.cluster.pause(victim(scene));
    later(scene, () =>
      scene.cluster.heal(victim(scene), (host) => {
        host.paused = false;
      }),
    );
  },
  rollingRestart,
  leaderRejuvenated: (scene) => {
    const { cluster } = scene;
    cluster.shutDown(victim(scene), () => cluster.start(victim(scene)));
  },
  leadershipMoved: moveLeadership,
  workerKilled: (scene) => loseWorker(scene, scene.chance.of('processExitNoticed')),
  workerLost: (scene) => loseWorker(scene, silenceOfWorker(scene)),
  driverKilled: killDriver,
  workerDecommissioned: decommission,
};
