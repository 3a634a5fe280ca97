import { satisfies } from 'semver';

/** Whether a statement with this range is about a version. */
export const holds = (version: string, range: string | undefined): boolean => range === undefined || satisfies(version, range);
