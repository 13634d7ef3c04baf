/** The brokers' machines: which run, who reaches whom, and how slow they are. */

/** From whom a broker is cut off. */
export type Side = 'brokers' | 'controller' | 'clients';

export class Host {
  readonly id: number;
  running = true;
  /** Stopped by the system or a long garbage collection: it does nothing, and nothing is refused. */
  paused = false;
  readonly cut = new Set<Side>();
  /** How many times slower than usual. */
  slowDisk = 1;
  slowNetwork = 1;
  /** Its session at the controller, as the controller has it. */
  expired = false;

  constructor(id: number) {
    this.id = id;
  }

  get acts(): boolean {
    return this.running && !this.paused;
  }

  /** Do the two exchange messages, as followers and leaders do? */
  reaches(other: Host): boolean {
    return this.acts && other.acts && !this.cut.has('brokers') && !other.cut.has('brokers');
  }

  get reachesController(): boolean {
    return this.acts && !this.cut.has('controller');
  }

  /** Is it answering clients? One that is paused takes requests and answers none. */
  get answersClients(): boolean {
    return this.acts && !this.cut.has('clients');
  }
}
