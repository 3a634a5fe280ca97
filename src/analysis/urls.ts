import { possibilities, type Provenance, type Value } from './value.ts';

/** A URL in the source that is plain http to a host other than this machine. */
export interface PlainUrl extends Provenance {
  /** With its port, where there is one. */
  readonly host: string;
  readonly url: string;
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/i;

/** The plain http URLs that a value may be. One whose host is not known, or is this machine, is none. */
export function plainUrls(value: Value): readonly PlainUrl[] {
  return possibilities(value).flatMap((one) => {
    if (one.kind === 'array') return one.elements.flatMap(plainUrls);
    const [start] = one.kind === 'text' ? one.parts : [one];
    if (start?.kind !== 'primitive' || typeof start.value !== 'string') return [];
    const host = plainHost(start.value, one.kind === 'text');
    return host === undefined ? [] : [{ node: one.node, file: one.file, host, url: start.value }];
  });
}

/** Host of a text that is a plain http URL; undefined for https, for this machine, and where the host goes on in a part that is not known. */
export function plainHost(text: string, goesOn = false): string | undefined {
  const [, host, end] = /^http:\/\/(?:[^/@\s]*@)?(\[[^\]]*\](?::\d+)?|[^/?#\s[\]]+)(.?)/i.exec(text) ?? [];
  if (host === undefined || host === '' || (goesOn && end === '')) return undefined;
  return isLoopback(host) ? undefined : host;
}

/** Whether a host, perhaps with its port, is this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.replace(/:\d+$/, ''));
}
