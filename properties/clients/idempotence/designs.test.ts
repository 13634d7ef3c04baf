/** Known-bad designs: each is caught by the claim it names, and Kafka passes in the same setting. */
import { describe, expect, it } from 'vitest';
import {
  type Design,
  idempotenceDesigns,
} from '../../../models/clients/idempotence/designs/index.ts';
import { defaults, findings, kafka } from '../../../models/clients/idempotence/index.ts';
import { outcome } from './explored.ts';
import { idempotenceClaims } from './index.ts';

const soundOf = ({ setting, soundSetting }: Design) =>
  outcome({ ...setting, ...soundSetting, rules: kafka });

describe('known-bad designs of the idempotent producer', () => {
  it.each(idempotenceDesigns)('$id is caught by $breaks in $shortest moves', (design) => {
    const { broken } = outcome({ ...design.setting, rules: { ...kafka, ...design.rules } });
    expect(broken[design.breaks]).toBe(design.shortest);
  });

  it.each(idempotenceDesigns)(
    'Kafka passes every claim where $id is caught, but those given up',
    (design) => {
      expect(Object.keys(soundOf(design).broken).sort()).toEqual(
        [...(design.givesUp ?? [])].sort(),
      );
    },
  );

  it('names every claim by some design', () => {
    const named = new Set(idempotenceDesigns.map(({ breaks }) => breaks));
    const claims = idempotenceClaims(defaults).map(({ name }) => name);
    expect(claims.filter((name) => !named.has(name))).toEqual([]);
  });

  it('replaces every rule by some design or finding', () => {
    const replaced = new Set([
      ...idempotenceDesigns.flatMap(({ rules }) => Object.keys(rules)),
      ...findings.flatMap(({ repair }) => Object.keys(repair)),
    ]);
    expect(Object.keys(kafka).filter((rule) => !replaced.has(rule))).toEqual([]);
  });

  it('gives every design a number of its own', () => {
    const ids = idempotenceDesigns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
