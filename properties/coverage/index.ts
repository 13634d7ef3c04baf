/** All suites that coverage is measured in: a model hangs in here. */
import type { Suite } from '../../src/coverage/suite.ts';
import { replication } from './kafka.ts';
import { sparkSuites } from './spark.ts';
import { structuredSuites } from './structured.ts';

export const suites: readonly Suite[] = [replication, ...structuredSuites, ...sparkSuites];
