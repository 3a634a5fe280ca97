/** What can be checked about the descriptors without running a library. */
import { validRange } from 'semver';
import { describe, expect, it } from 'vitest';
import type { LibraryDescriptor, OperationModel, OptionNames, Place } from '../../src/libraries/descriptor.ts';
import { libraries } from '../../src/libraries/index.ts';
import { stepsOf } from './call.ts';
import { loader } from './adapters/installed.ts';

const placesIn = (operation: OperationModel): readonly Place[] => Object.values(operation.settings).flat();

/** Versions under which the packages are installed, by their own name. */
const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  jose: ['jose-4', 'jose-5', 'jose-6'], hono: ['hono-4'], '@fastify/jwt': ['fastify-jwt-10'], '@nestjs/jwt': ['nestjs-jwt-11'], 'express-jwt': ['express-jwt-8'],
  'fast-jwt': ['fast-jwt-6'], jsonwebtoken: ['jsonwebtoken-9'], 'jwks-rsa': ['jwks-rsa-4'], jws: ['jws-4'], 'jwt-decode': ['jwt-decode-4'], 'koa-jwt': ['koa-jwt-4'],
  'next-auth': ['next-auth-4'], 'passport-jwt': ['passport-jwt-4'], '@tsndr/cloudflare-worker-jwt': ['cloudflare-worker-jwt-3'],
};

/** Specifiers that are not of this registry or not installed. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm:jose': 'a specifier of Deno', '@hono/hono/jwt': 'the name at another registry', '@hono/hono/jwk': 'the name at another registry',
  'jose/util/decode_jwt': 'of version 3', 'jose/util/decode_protected_header': 'of version 3', 'jose/util/base64url': 'of version 3',
  'fastify-jwt': 'the former name of the same plugin', '@auth0/angular-jwt': 'it needs Angular',
};

/** Whether one of the installed versions has the subpath; some came and some went. */
const resolvable = async (library: LibraryDescriptor, specifier: string): Promise<boolean> => {
  for (const alias of INSTALLED[library.name] ?? [library.name]) {
    const found = await loader(library.name, alias)(specifier).then(() => true, () => false);
    if (found) return true;
  }
  return false;
};

describe('the descriptors', () => {
  it('have names of their own', () => {
    const names = libraries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
  for (const library of libraries) {
    describe(library.name, () => {
      for (const specifier of Object.keys(library.modules)) {
        if (ELSEWHERE[specifier] !== undefined) continue;
        it(`${specifier} can be imported`, async () => {
          expect(await resolvable(library, specifier)).toBe(true);
        });
      }
      it('has ranges that semver understands', () => {
        const ranges: (string | undefined)[] = [library.confusable];
        for (const { versions, absent, settings, options } of library.operations) {
          ranges.push(versions, ...Object.values(absent ?? {}).flat().map((one) => one.versions), ...(options?.misplaced ?? []).map((one) => one.versions));
          for (const place of Object.values(settings).flat()) ranges.push(place.versions, ...(place.misread ?? []).map((one) => one.versions));
        }
        for (const range of ranges) if (range !== undefined) expect(validRange(range), range).not.toBeNull();
      });
      it('places settings in arguments that the calls have', () => {
        for (const operation of library.operations) {
          const roles = [operation.arguments].flat().flatMap((places) => Object.keys(places));
          for (const { at } of placesIn(operation)) {
            const [role = ''] = at.split('.');
            if (role === '' || role === 'configuration' || /^new\(\d\)/.test(at)) continue;
            expect(roles, `${operation.calls.join(', ')}: ${at}`).toContain(role);
          }
        }
      });
      it('lists every option that a setting reads', () => {
        const read = (names: OptionNames, path: readonly string[]): boolean => {
          const [name = '', ...rest] = path;
          if (!names.known.includes(name) && names.nested?.[name] === undefined) return false;
          const nested = names.nested?.[name];
          return rest.length === 0 || nested === undefined || read(nested, rest);
        };
        for (const operation of library.operations) {
          if (!operation.options) continue;
          for (const { at } of placesIn(operation)) {
            if (at.startsWith('options.')) expect(read(operation.options, at.split('.').slice(1)), `${operation.calls.join(', ')}: ${at}`).toBe(true);
          }
        }
      });
      it('does not say of an unread name that it is read', () => {
        for (const { options } of library.operations) {
          for (const { at } of options?.misplaced ?? []) expect(options?.known, at).not.toContain(at);
        }
      });
      it('has a configuration behind every place in it', () => {
        const configured = library.operations.filter(({ kind }) => kind === 'configure').flatMap(({ options }) => options?.known ?? []);
        for (const operation of library.operations) {
          for (const { at } of placesIn(operation)) {
            const [role, name] = at.split('.');
            if (role === 'configuration') expect(configured, at).toContain(name);
          }
        }
      });
      it('judges what is missing from a configuration only where the configuration is read', () => {
        for (const { ambient, settings } of library.operations) {
          if (ambient) expect(Object.values(settings).flat().some(({ at }) => at.startsWith('configuration.'))).toBe(true);
        }
      });
      it('writes access paths that can be taken apart', () => {
        for (const { calls } of library.operations) {
          for (const path of calls) {
            const { prefix, steps } = stepsOf(path);
            const written = steps.map((step, index) => (step.kind === 'call' ? '()' : `${step.kind === 'instance' ? '#' : index === 0 ? '' : '.'}${step.name}`)).join('');
            expect(`${prefix === undefined ? '' : `${prefix} `}${written}`).toBe(path);
          }
        }
      });
      it('says something about what cannot be told in data', () => {
        expect(library.notes.length).toBeGreaterThan(0);
        for (const note of library.notes) expect(note).toMatch(/\.$/);
      });
    });
  }
});
